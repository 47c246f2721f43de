"""The clean project with a list: stories have steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from tests.authoring.builders import File, Files, changed, component_type, lines, rendition
from tests.authoring.clean import Value

TYPE, AWAY, AWAY_FR = (f"components/story/{name}" for name in ("_type.yaml", "away.md", "away.fr.md"))

Record: TypeAlias = Mapping[str, Value]
_ENGLISH: tuple[Record, ...] = (
    {
        "title": "Boil the kettle",
        "body": "Fresh water, *every* time",
        "url": "https://www.sample.example/kettle",
        "picture": {"file": "shop.png", "alt": "A kettle"},
    },
    {"title": "Warm the pot"},
    {"title": "Wait", "body": '"For {{ first_name | default: \\"you\\" }}, four minutes"'},
)
_FRENCH: tuple[Record, ...] = (
    {"title": "Faites bouillir", "body": "Une eau fraîche, *toujours*", "picture": {"alt": "Une bouilloire"}},
    {"title": "Chauffez la théière"},
    {"title": "Attendez", "body": '"Pour {{ first_name | default: \\"vous\\" }}, quatre minutes"'},
)


def steps(*changes: Record | str, default: tuple[Record, ...] = _ENGLISH) -> str:
    """The front matter of three steps, each after its change; a text stands in the place of its record."""
    written = "steps:\n"
    for record, change in zip(default, (*changes, {}, {}, {})[:3], strict=True):
        text = change if isinstance(change, str) else lines(changed(record, change), indent="    ")[4:]
        written += f"  - {text.removesuffix(chr(10))}\n"
    return written


def french(*changes: Record | str) -> str:
    """The front matter of the three steps in French, each after its change."""
    return steps(*changes, default=_FRENCH)


STEPS, FRENCH = steps(), french()
_FIELD = """
    kind: list
    most: 4
    of:
      title: {kind: text, required: true, max_length: 40}
      body: {kind: markdown, max_length: 60}
      url: {kind: url}
      picture: {kind: asset}
      day: {kind: date}"""
_HTML = (
    "{% for step in steps %}<p>{{ loop.index }}. {{ step.title }}</p>{{ step.body }}"
    '{% if step.picture %}<img SOURCE alt="{{ step.picture.alt }}"'
    ' width="{{ step.picture.width }}" height="{{ step.picture.height }}">{% endif %}'
    '{% if step.url %}<a href="{{ step.url }}">More on: {{ step.title }}</a>{% endif %}{{ step.day }}{% endfor %}\n'
)
_SOURCES = {
    "email": 'src="{{ step.picture.url_2x }}"',
    "page": 'src="{{ step.picture.url }}" srcset="{{ step.picture.url }} 1x, {{ step.picture.url_2x }} 2x"',
}
_TEXT = (
    "{% for step in steps %}\n{{ loop.index }}. {{ step.title }}\n"
    "{{ step.body | plain }} {{ step.url }} {{ step.day }}\n"
    "{% endfor %}\n"
)


def typed(field: str = _FIELD) -> Files:
    """The type of stories, which have such steps beside their own fields."""
    return component_type("story", fields={"steps": field})


def listed(
    steps: str = STEPS,
    french: str = FRENCH,
    *,
    html: str = _HTML,
    text: str = _TEXT,
    field: str = _FIELD,
    others: Mapping[str, File] | None = None,
) -> Files:
    """The files in which the story `away` has these steps, and the templates of stories what shows them."""
    return {
        **typed(field),
        AWAY: f"---\ncampaigns: [back]\nstages: [away]\n{steps}---\nMuch is **new**.\n",
        AWAY_FR: f"---\n{french}---\nDu **nouveau**.\n" if french else "Du **nouveau**.\n",
        **rendition("email/story.html", before=html.replace("SOURCE", _SOURCES["email"])),
        **rendition("page/story.html", before=html.replace("SOURCE", _SOURCES["page"])),
        **rendition("email/story.text", body=f"{{{{ body | plain }}}}\n{text}"),
        **(others or {}),
    }
