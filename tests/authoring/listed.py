"""The sample with a list: stories have steps."""

from __future__ import annotations

from collections.abc import Mapping

from tests.authoring.check.cases import Edit

__all__ = ["AWAY", "AWAY_FR", "FRENCH", "STEPS", "TYPE", "listed", "typed"]

TYPE, AWAY, AWAY_FR = (f"components/story/{name}" for name in ("_type.yaml", "away.md", "away.fr.md"))

STEPS = """\
steps:
  - title: Boil the kettle
    body: Fresh water, *every* time
    url: https://www.sample.example/kettle
    picture: {file: shop.png, alt: A kettle}
  - title: Warm the pot
  - title: Wait
    body: "For {{ first_name | default: \\"you\\" }}, four minutes"
"""
FRENCH = """\
steps:
  - title: Faites bouillir
    body: Une eau fraîche, *toujours*
    picture: {alt: Une bouilloire}
  - title: Chauffez la théière
  - title: Attendez
    body: "Pour {{ first_name | default: \\"vous\\" }}, quatre minutes"
"""
_FIELDS = """\
  steps:
    kind: list
    most: 4
    of:
      title: {kind: text, required: true, max_length: 40}
      body: {kind: markdown, max_length: 60}
      url: {kind: url}
      picture: {kind: asset}
      day: {kind: date}
"""
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


def typed(fields: str = _FIELDS) -> dict[str, Edit]:
    """The edits that give stories these fields beside their own."""
    return {TYPE: ("  url: {kind: url}\n", f"  url: {{kind: url}}\n{fields}")}


def listed(
    steps: str = STEPS,
    french: str = FRENCH,
    *,
    html: str = _HTML,
    text: str = _TEXT,
    fields: str = _FIELDS,
    others: Mapping[str, Edit] | None = None,
) -> dict[str, Edit]:
    """The edits that give the story `away` these steps, and the templates of stories what shows them."""
    shown = "{{ body }}{% if picture %}"
    return {
        **typed(fields),
        AWAY: f"---\ncampaigns: [back]\nstages: [away]\n{steps}---\nMuch is **new**.\n",
        AWAY_FR: f"---\n{french}---\nDu **nouveau**.\n" if french else "Du **nouveau**.\n",
        **{
            f"templates/{channel}/components/story.html.j2": (shown, html.replace("SOURCE", source) + shown)
            for channel, source in _SOURCES.items()
        },
        "templates/email/components/story.text.j2": ("{{ body | plain }}", f"{{{{ body | plain }}}}\n{text}"),
        **(others or {}),
    }
