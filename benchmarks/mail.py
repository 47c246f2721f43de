"""The e-mail that decisions and assembly are measured on, and the people it is for.

22 kB in four parts, 7 slots, 12 merge fields, 8 segments over 5 signals, a control group. Templates, styles and images
are the starter's. Two of the signals say when they were observed; all but one want consent.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assembler import Library
from assembler.authoring import Project

__all__ = ["CAMPAIGN", "CHANNEL", "FIELDS", "MOMENT", "SEGMENTS", "Condition", "Person", "mail", "people"]

Person = dict[str, Any]
"""A context."""

CAMPAIGN, CHANNEL = "come_back", "email"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIELDS = (
    "first_name", "city", "club_level", "points", "points_end", "last_order", "last_size", "store", "store_hours",
    "saved", "adviser", "unsubscribe_url",
)  # fmt: skip
Condition = tuple[str, str, Any]
"""A signal, `==`, `<`, `<=`, `>=` or `in`, and a literal or a list of them."""

SEGMENTS: Mapping[str, tuple[Condition, ...]] = {
    "lapsed_loyal": (("months_since_purchase", ">=", 7), ("spend_last_year", ">=", 500)),
    "lapsed_walker": (("months_since_purchase", ">=", 7), ("looking_for", "in", ["boots", "packs"])),
    "lapsed": (("months_since_purchase", ">=", 7),),
    "new_friend": (("new_customer", "==", True), ("months_since_purchase", "<=", 3)),
    "big_spender": (("spend_last_year", ">=", 500),),
    "walker": (("looking_for", "==", "boots"),),
    "womens": (("favours", "==", "womens"),),
    "mens": (("favours", "==", "mens"), ("new_customer", "==", False)),
}
"""In priority order; a person is in the first of which all conditions hold."""

_STARTER = Path(__file__).parents[1]
_TYPES = ("offer", "subject", "headline", "image", "body", "cta", "legal")
_CONSTANT = ("image", "legal")
_DAY = "2098-12-31"
_SITE = "https://www.harbourandpine.example"
_WORDS = (
    "A good jacket is not finished when it leaves the workroom. It learns the weather of the place where it is worn,"
    " and the shape of the shoulders that carry it; that is why we would rather mend one than sell one. "
) * 6
_BODY = f"""Hello {{{{ first_name | default: "there" }}}}, {{segment}}.

{_WORDS}
Yours has seen {{{{ city | default: "your town" }}}}; the order {{{{ last_order | default: "you placed" }}}}
in size {{{{ last_size | default: "of yours" }}}} is still on our books.

{_WORDS}
As a {{{{ club_level | default: "member" }}}} you have {{{{ points | default: "some" }}}} points, good until
{{{{ points_end | default: "the end of the season" }}}}.

{_WORDS}
{{{{ adviser | default: "Somebody" }}}} is in {{{{ store | default: "the shop" }}}},
{{{{ store_hours | default: "every day" }}}}, and has put {{{{ saved | default: "something" }}}} aside.

- mended seams, and a dry walk home
- [what a repair costs]({_SITE}/repairs)
- a cup of tea while you wait
"""


def mail() -> Library:
    """The library."""
    return Project.from_files(dict(_files())).compile(MOMENT)


def people(count: int) -> list[Person]:
    """People of every segment and none; the same each time."""
    chance = random.Random(7)
    return [_person(chance, number) for number in range(count)]


def _person(chance: random.Random, number: int) -> Person:
    signals: dict[str, object] = {
        "months_since_purchase": chance.choice((0, 2, 5, 7, 9, 14)),
        "spend_last_year": {"value": chance.choice((0, 120.5, 640.5)), "observed_at": "2026-11-20T08:00:00Z"},
        "favours": {"value": chance.choice(("mens", "womens", "both")), "observed_at": "2026-11-02T21:30:00Z"},
        "new_customer": chance.random() < 0.3,
        "looking_for": chance.choice(("jackets", "boots", "packs", "layers")),
    }
    fields = {
        "first_name": chance.choice(("Maya", "Jon Arne", "Zoë", "Anne-Marie", "Nell", "Tom")),
        "city": chance.choice(("Whitby", "Fort William", "Llanberis")),
        "club_level": "Ridge member",
        "points": str(chance.randrange(100, 9000)),
        "points_end": "28 February",
        "last_order": f"HP {chance.randrange(10_000, 99_999)}",
        "last_size": "M long",
        "store": "Quay Street",
        "store_hours": "10 to 6, Monday to Saturday",
        "saved": "the grey fleece",
        "adviser": chance.choice(("Ines", "Callum", "Ines & Callum")),
        "unsubscribe_url": f"{_SITE}/u/{number:08}",
    }
    return {"id": f"c-{number}", "locale": "en", "consent": ["marketing"], "signals": signals, "fields": fields}


def _files() -> Iterator[tuple[str, str | bytes]]:
    yield "assembler.yaml", _settings()
    yield f"campaigns/{CAMPAIGN}.yaml", _campaign()
    for path in sorted((_STARTER / "templates/email").rglob("*.*")):
        if not path.name.startswith(("letter.", "proof.")):
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(_STARTER).as_posix(), text.replace('{{ slot("proof") }}\n', "")
    words = (_STARTER / "templates/strings.yaml").read_text(encoding="utf-8")
    yield "templates/strings.yaml", words.partition("\nfr:")[0]
    for file in ("logo.png", "og.jpg", "copse.png", "layers_line.jpg"):
        yield f"assets/{file}", (_STARTER / "assets" / file).read_bytes()
    for type_ in _TYPES:
        text = (_STARTER / f"components/{type_}/_type.yaml").read_text(encoding="utf-8")
        yield f"components/{type_}/_type.yaml", text.replace("max_length: 700", "max_length: 6000")
        yield f"components/{type_}/house.md", _component(type_, "house", "campaigns: all\n")
    for segment in SEGMENTS:
        for type_ in _TYPES:
            if type_ not in _CONSTANT:
                tags = f"campaigns: [{CAMPAIGN}]\nsegments: [{segment}]\n"
                yield f"components/{type_}/{segment}.md", _component(type_, segment, tags)


def _component(type_: str, id_: str, tags: str) -> str:
    for_whom = id_.replace("_", " ")
    fields, body = {
        "offer": ("terms: one for each member, until the end of the season\n", f"A repair on us for the {for_whom}"),
        "subject": (
            f"preheader: A few lines from the workroom for the {for_whom}\n",
            '{{ first_name | default: "Hello" }}, a note for you',
        ),
        "headline": ("kicker: good to see you\n", f'Still your trail, {{{{ first_name | default: "{for_whom}" }}}}'),
        "image": ("picture: {file: layers_line.jpg, alt: Coats on a line}\n", "Line drying, Whitby"),
        "body": ("", _BODY.replace("{segment}", for_whom)),
        "cta": (f'url: "{_SITE}/about/{id_}"\n', f"See the {for_whom}"[:28]),
        "legal": ("", "Harbour & Pine is a workroom and four shops."),
    }[type_]
    return f"---\n{tags}{fields}---\n{body}\n"


def _settings() -> str:
    brand = (_STARTER / "assembler.yaml").read_text(encoding="utf-8")
    told = f"owner: crm@harbourandpine.example, review_by: {_DAY}"
    signal = f"source: order history, max_age: 35d, response: words of their own, fallback: the default, {told}"
    signals = {
        "months_since_purchase": "kind: integer, range: [0, 600], consent: marketing",
        "spend_last_year": "kind: number, range: [0, 100000], consent: marketing",
        "favours": "kind: choice, values: [mens, womens, both], consent: marketing",
        "new_customer": "kind: boolean, consent: marketing",
        "looking_for": "kind: choice, values: [jackets, boots, packs, layers], consent: none",
    }
    kinds = {"first_name": "name", "unsubscribe_url": f'url, example: "{_SITE}/u/1"'}
    lines = [
        "name: mail\nowner: growth@harbourandpine.example\nlocales: [en]",
        brand[brand.index("brand:") : brand.index("channels:")].rstrip(),
        "channels: {email: {envelope: email, unsubscribe: unsubscribe_url, address: 'Harbour & Pine, 4 Quay Street'}}",
        "fields:",
        *(f"  {name}: {{kind: {kinds.get(name, 'text')}}}" for name in FIELDS),
        "signals:",
        *(f"  {name}: {{{kind}, {signal}}}" for name, kind in signals.items()),
        "segments:",
        *(
            f"  - {{id: {name}, when: '{_rule(conditions)}', hypothesis: words of their own bring them back, {told}}}"
            for name, conditions in SEGMENTS.items()
        ),
        "policy: {link_hosts: [www.harbourandpine.example], max_segments: 8}",
    ]
    return "\n".join(lines) + "\n"


def _rule(conditions: tuple[Condition, ...]) -> str:
    return " and ".join(f"{signal} {operator} {json.dumps(literal)}" for signal, operator, literal in conditions)


def _campaign() -> str:
    constant = {True: ", constant: true", False: ""}
    slots = "".join(
        f"  {type_}: {{type: {type_}, default: {type_}/house{constant[type_ in _CONSTANT]}}}\n" for type_ in _TYPES
    )
    return (
        f"owner: crm@harbourandpine.example\nobjective: more people buy again\ndecide_by: {_DAY}\nreview_by: {_DAY}\n"
        "outcome: {event: purchase, within: 30d, minimum_lift: 10%}\n"
        "hypothesis: words of their own bring back more people than a discount does\n"
        f"holdout: {{share: 10%, until: {_DAY}}}\nchannels: {{{CHANNEL}: promo}}\nslots:\n{slots}"
    )
