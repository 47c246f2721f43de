"""Contexts: valid ones, changed in all that a caller may get wrong, against the compiled starter.

Whatever is told about a person, the answer is a complete variant that says why, of the same structure as for everybody
else, and the same for the same facts told otherwise.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from assembler import Decision, Library, Variant
from assembler.authoring import Project
from assembler.authoring.load.files import PLACES
from assembler.library.records import Signal
from assembler.runtime.moment import moment_of
from tests.fuzz.recipes import Recipe, build, kinds

CORPUS = Path(__file__).parent / "corpus" / "contexts"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHANGES = ("2026-03-29T01:00:00", "2026-10-25T01:00:00", "2026-11-01T06:00:00", "2026-04-05T14:59:59.999999")
"""Moments in UTC at which clocks change, in London, New York and on Lord Howe Island."""

ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "0",
    "840",
    "-720",
    "330",
    None,
    "raise",
    "nonsense",
)
TEXTS = (
    "", " ", "\t\n", "\u200b", "\xa0", "\u3164", "\u0301", "\ufff0", "\U0001f9ed", "\ud800", "\0", "a\0b", "Ma\nya",
    "null", "None", "NaN", "undefined", "unknown", "N/A", "Null Null", "%name%", "{name}", "{first_name}",
    "{{ first_name }}", "[FNAME]", "*|FNAME|*", "%%first%%", "{% raw %}", "${7*7}", "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "]]>", "-->", "</title></style>", "' onclick='x", "&amp;", "&#0;",
    "=?utf-8?q?x?=", "=", "?", "javascript:alert(1)", "java\tscript:alert(1)", "//evil.example",
    "https://evil.example/", "https://www.harbourandpine.example", "https://www.harbourandpine.example/u/1?a=b&c='d'",
    "https://www.harbourandpine.example@evil.example/", "HTTPS://WWW.HARBOURANDPINE.EXAMPLE/",
    "https://www.harbourandpine.example/é", "maya@people.example", "www.x.example", "\u2068Maya\u2069", "\u2066Maya",
    "\u202eMaya", "Zoë", "Zoe\u0308", "\u0645\u0627\u064a\u0627", "\u540d\u524d", "O'Neil & <Co>", "x" * 60, "x" * 61,
    "x" * 201, "x" * 513, "=HYPERLINK(1)", "true", "0", "9", "9.0", "-1", "1e9", "2026-11-20",
    "2026-11-20T08:00:00Z", "2026-11-20T08:00:00z", "2026-11-20T08:00:00", "2026-11-20T08:00:00+14:00",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "20261120T080000Z", "marketing", "mens", "jackets",
    "lapsed_loyal", "win_back", "new_friend", "en", "fr", "fr-CA", "FR_ca", "fra", "en-Latn-GB", "xx", "c-42",
    "Canary_7f3a",
)  # fmt: skip
LEAVES: tuple[Recipe, ...] = (
    None, True, False, 0, 1, 9, -1, 600, 601, 2**53, 2**53 + 1, 0.0, -0.0, 9.0, 9.5, 640.5, 2.0**53, 1e300,
    float("nan"), float("inf"), [], {}, {"value": 9}, {"observed_at": "2026-11-20T08:00:00Z"}, [["marketing"]],
    {"!": "root"}, *({"!": "object", "of": name} for name in kinds("object")),
    {"!": "integer", "sign": 1, "bits": 5_000}, {"!": "integer", "sign": -1, "bits": 3, "raising": True},
    {"!": "integer", "sign": 1, "bits": 2_000}, {"!": "integer", "sign": -1, "bits": 1_701},
    {"!": "float", "is": 9.0, "raising": True}, {"!": "float", "is": "nan", "raising": True},
    {"!": "date", "is": "2026-11-20"}, {"!": "long", "is": "x", "times": 100_000},
    {"!": "long", "is": "e\u0301", "times": 20_000}, {"!": "long", "is": "\u0327\u0301", "times": 600},
    {"!": "long", "is": " ", "times": 5_000}, {"!": "long", "is": "[null] ", "times": 9},
    {"!": "many", "keys": 1_001, "with": {}}, {"!": "many", "keys": 20, "with": {}},
    {"!": "deep", "times": 3_000, "of": 9, "key": "value"}, {"!": "deep", "times": 3_000, "of": "x", "key": None},
)  # fmt: skip
ODD_KEYS: tuple[Recipe, ...] = (
    7, None, 1.5, {"!": "object", "of": "raising"}, {"!": "object", "of": "lying"},
    {"!": "text", "of": "own", "is": "id"}, {"!": "text", "of": "raising", "is": "id"},
    {"!": "long", "is": "é", "times": 100_000},
)  # fmt: skip
MARKS = (
    "\0\t\n\x85\xa0\xad\u0301\u200b\u200d\u2028\u2066\u2069\u202e\u3000\ufeff\ufff9\ud800"
    "<>&'\"{}%[]*|=?@:/\\ -.,;#é名\U0001f9ed"
)

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}").fullmatch
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|zq[fsu]\d{6}qz|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OUTSIDE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_SIGNAL = (
    "source: what they said, max_age: 35d, consent: none, owner: crm@harbourandpine.example, review_by: 2027-12-01,"
    " response: other words, fallback: the default"
)
_TOWN = '{{ town | default: "your town" }}'
_MORE = (
    ("assembler.yaml", "\nfields:\n", "  town: {kind: text, example: Whitby}\n"),
    ("assembler.yaml", "\nsignals:\n", f"  city: {{kind: text, {_SIGNAL}}}\n  last_visit: {{kind: date, {_SIGNAL}}}\n"),
    *((f"components/subject/come_back{locale}.md", "", f" {_TOWN}\n") for locale in ("", ".fr")),
    *(
        (
            f"components/legal/house{locale}.md",
            "",
            f"\n\n{_TOWN}: [{_TOWN}](https://www.harbourandpine.example/shops?near={_TOWN})\n",
        )
        for locale in ("", ".fr")
    ),
)
"""What is added to the starter: to which file, after what (at its end, if nothing is named), and what."""

_SENDER = {
    "sender": "Harbour & Pine <hello@harbourandpine.example>",
    "to": "maya@people.example",
    "unsubscribe": "https://www.harbourandpine.example/u/1",
}


class Case:
    """One thing to try: who, asked for when. Both are recipes."""

    def __init__(self, context: Recipe, at: Recipe = None) -> None:
        self.context = context
        self.at = at

    def moment(self) -> datetime:
        """When: noon on a day in November, if nothing is said."""
        result: datetime = MOMENT if self.at is None else build(self.at)
        return result

    def to_json(self) -> str:
        return json.dumps({"context": self.context, "at": self.at}, sort_keys=True)

    @classmethod
    def of(cls, path: Path) -> Case:
        """The case in a file of the corpus."""
        case = json.loads(path.read_text(encoding="utf-8"))
        return cls(case["context"], case["at"])


def starter() -> Library:
    """The starter's library, with a field of every kind in its copy and signals of every kind."""
    root = Path(__file__).parents[2]
    files: dict[str, str | bytes] = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for place in PLACES
        for path in ((root / place).rglob("*") if (root / place).is_dir() else [root / place])
        if path.is_file()
    }
    for path, after, more in _MORE:
        data = files[path]
        text = data if isinstance(data, str) else data.decode()
        assert after in text, path
        files[path] = text.replace(after, after + more, 1) if after else text.rstrip() + more
    return Project.from_files(files).compile(MOMENT)


# --- what must hold ---------------------------------------------------------------------------------------------------


def finding(library: Library, case: Case) -> str | None:
    """What does not hold for a case, in a word or two; None if everything does."""
    try:
        return next(_findings(library, case), None)
    except Exception as error:  # noqa: BLE001  # that anything is raised is a finding
        return f"raised {type(error).__name__}"


def _findings(library: Library, case: Case) -> Iterator[str]:
    context, at = build(case.context), case.moment()
    if moment_of(at) is None:
        yield from _of_no_moment(library, context, at)
        return
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            variant = library.assemble(campaign, channel=channel, context=context, at=at)
            decision = library.decide(campaign, channel=channel, context=context, at=at)
            explained = library.explain(campaign, channel=channel, context=context, at=at)
            if not variant.decision.to_dict() == decision.to_dict() == explained.to_dict()["decision"]:
                yield "three answers"
            json.dumps(explained.to_dict(), allow_nan=False)
            yield from _of_decision(decision, case.context)
            yield from _of_variant(library, variant)
            yield from _of_message(variant, at)
    yield from _told_otherwise(library, case)


def _of_no_moment(library: Library, context: object, at: datetime) -> Iterator[str]:
    for ask in (library.assemble, library.decide, library.explain):
        try:
            ask(library.campaigns[0], channel="email", context=context, at=at)
        except TypeError:
            continue
        yield "a moment without an offset"


def _of_decision(decision: Decision, context: Recipe) -> Iterator[str]:
    is_error = decision.reason == "ERROR"
    if is_error != (decision.error_code is not None):
        yield "error without a code"
    if is_error == _may_be_read(context) and not _holds(context, "raising mapping", "raising", "asked"):
        yield "error" if is_error else "no error"
    if not all(note.name is None or _NAME(note.name) for note in decision.notes):
        yield "a value in a note"
    if "Canary" in json.dumps({**decision.to_dict(), "notes": []}):
        yield "a value in a decision"


def _may_be_read(context: Recipe) -> bool:
    if isinstance(context, dict) and context.get("!") not in (None, "mapping", "many", "deep", "root"):
        return False
    return context is None or (
        isinstance(context, dict) and not (context.get("!") == "deep" and context["key"] is None)
    )


def _holds(recipe: Recipe, *of: str) -> bool:
    if isinstance(recipe, dict):
        return recipe.get("of") in of or any(_holds(part, *of) for part in recipe.values())
    return isinstance(recipe, list) and any(_holds(part, *of) for part in recipe)


def _of_variant(library: Library, variant: Variant) -> Iterator[str]:
    decision = variant.decision
    campaign = library.content.campaigns[decision.campaign]
    here = campaign.channels[decision.channel]
    required = {slot.name for slot in campaign.slots if slot.default is not None} & set(here.slots)
    if not required <= {choice.slot for choice in decision.choices if choice.component is not None}:
        yield "an empty required slot"
    if set(variant.encoded) != set(here.documents[decision.locale]):
        yield "a missing part"
    plain = library.join(
        library.plan(decision.campaign, channel=decision.channel, locale=decision.locale), decision.choices
    )
    for part, text in variant.parts.items():
        bare = _OUTSIDE.sub("", text) if part == "html" else text
        if not bare.strip():
            yield "an empty part"
        if _LEFTOVER.search(bare):
            yield "a leftover"
        if part != "html" and len(text.splitlines()) != len(plain[part].decode().splitlines()):
            yield "another structure"
    if variant.html is not None:
        yield from _of_html(variant.html, plain["html"].decode(), library.content.link_hosts)


def _of_html(html: str, plain: str, hosts: Sequence[str]) -> Iterator[str]:
    (tree, links), (plain_tree, plain_links) = _read(html), _read(plain)
    if tree != plain_tree:
        yield "another structure"
    if not all(link.strip() for link in links):
        yield "an empty link"
    ours = tuple(f"https://{host}" for host in hosts)
    if not all(link == other or link.lower().startswith(ours) for link, other in zip(links, plain_links, strict=False)):
        yield "a link to elsewhere"


def _read(html: str) -> tuple[list[object], list[str]]:
    """Of each node its tag and the names of its attributes; and all links."""
    root = LexborHTMLParser(html).root
    assert root is not None
    nodes = [(node.tag, node.attributes) for node in root.traverse()]
    links = [value or "" for _, attributes in nodes for name, value in attributes.items() if name in ("href", "src")]
    return [(tag, tuple(attributes)) for tag, attributes in nodes], links


def _of_message(variant: Variant, at: datetime) -> Iterator[str]:
    if variant.subject is None:
        return
    try:
        variant.message(**_SENDER, date=at if variant.moment is None else None)
    except ValueError as error:
        if "the year" not in str(error):
            yield "no message"


# --- the same, told otherwise -----------------------------------------------------------------------------------------


def _told_otherwise(library: Library, case: Case) -> Iterator[str]:
    """The answer does not depend on the order of keys, on classes, or on how a number or an instant is written."""
    if _holds(case.context, *kinds("mapping"), *kinds("members"), *kinds("object")) or not isinstance(
        case.context, dict
    ):
        return
    context = build(case.context)
    campaign = library.campaigns[0]
    for channel in library.channels(campaign):
        told = library.assemble(campaign, channel=channel, context=context, at=case.moment())
        for way in (_reversed, _in_classes, _in_utc):
            other = Case(way(case.context), _in_utc(case.at))
            again = library.assemble(campaign, channel=channel, context=build(other.context), at=other.moment())
            if told.decision.to_dict() != again.decision.to_dict() or told.encoded != again.encoded:
                yield f"another answer {way.__name__[1:]}"


def _reversed(recipe: Recipe) -> Recipe:
    if isinstance(recipe, dict) and "!" not in recipe:
        return {key: _reversed(part) for key, part in reversed(recipe.items())}
    return recipe


def _in_classes(recipe: Recipe) -> Recipe:
    """Of classes of their own, of which the methods raise."""
    if isinstance(recipe, dict) and "!" not in recipe:
        return {"!": "mapping", "of": "raising", "items": [[key, _in_classes(part)] for key, part in recipe.items()]}
    if isinstance(recipe, str):
        return {"!": "text", "of": "raising", "is": recipe}
    if isinstance(recipe, list):
        return {"!": "members", "of": "raising list", "items": [*map(_in_classes, recipe)]}
    if isinstance(recipe, float):
        return {"!": "float", "is": recipe, "raising": True}
    return recipe


def _in_utc(recipe: Recipe) -> Recipe:
    """Every instant that can be told on a clock in UTC is told on that."""
    if isinstance(recipe, list):
        return [*map(_in_utc, recipe)]
    if not isinstance(recipe, dict) or recipe.get("!") not in (None, "datetime"):
        return recipe
    if "!" not in recipe:
        return {key: _in_utc(part) for key, part in recipe.items()}
    moment = moment_of(build(recipe))
    if moment is None or abs(moment.since) > timedelta(days=700_000):
        return recipe
    return {"!": "datetime", "is": moment.utc.replace(tzinfo=None).isoformat(), "zone": "0"}


# --- what to try ------------------------------------------------------------------------------------------------------


class Attack:
    """Makes cases out of valid contexts; the same ones for the same chance."""

    def __init__(self, library: Library, chance: random.Random) -> None:
        self._content = library.content
        self._chance = chance

    def case(self) -> Case:
        """A valid context, in which some things were changed."""
        context: Recipe = self._valid()
        for _ in range(self._chance.choice((0, 1, 1, 2, 3, 5, 9))):
            context = self._changed(context)
        return Case(context, self._moment() if self._chance.random() < 0.2 else None)

    def _valid(self) -> dict[str, Recipe]:
        pick = self._chance.choice
        signals = {name: self._signal(signal) for name, signal in self._content.signals.items() if pick((1, 1, 0))}
        fields = {
            name: pick(("https://www.harbourandpine.example/u/1", "https://www.harbourandpine.example/u/1?a=1&b=2"))
            if field.kind == "url"
            else pick(("Maya", "Jon Arne", "Zoë", "O'Neil", "\u540d\u524d", "Canary_7f3a"))
            for name, field in self._content.fields.items()
            if pick((1, 1, 0))
        }
        context = {
            "id": pick(("c-42", 42, "Canary_7f3a", 9.0)), "locale": pick((*self._content.locales, "fr-CA", "xx")),
            "consent": ["marketing"], "signals": signals, "fields": fields,
            "segment": pick((None, *(segment.id for segment in self._content.segments))),
            "stage": pick((None, *(stage.id for stage in self._content.stages))),
        }  # fmt: skip
        return {key: value for key, value in context.items() if pick((1, 1, 1, key not in ("segment", "stage")))}

    def _signal(self, signal: Signal) -> Recipe:
        pick = self._chance.choice
        value: Recipe = {
            "integer": pick((0, 2, 7, 9, 9.0, 600)), "number": pick((0, 120.5, 640.5, 500)),
            "boolean": pick((True, False)), "choice": pick(signal.values or ("x",)), "text": "x",
            "date": "2026-11-20",
        }[signal.kind]  # fmt: skip
        return value if pick((1, 0)) else {"value": value, "observed_at": self._instant()}

    def _instant(self) -> Recipe:
        """An instant close to now, or to where clocks change, as text or as a datetime."""
        pick = self._chance.choice
        at = (
            MOMENT
            - timedelta(days=pick((0, 1, 2, 34, 35, 36)), microseconds=pick((-1, 0, 1)))
            + timedelta(minutes=pick((0, 5, -5)))
        )
        if pick((1, 0)):
            return at.isoformat() if pick((1, 1, 0)) else at.isoformat().replace("+00:00", pick(("Z", "z", "")))
        return self._moment()

    def _moment(self) -> Recipe:
        pick = self._chance.choice
        base = pick(
            (*CHANGES, MOMENT.replace(tzinfo=None).isoformat(), "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999")
        )
        return {
            "!": "datetime",
            "is": base,
            "zone": pick(ZONES),
            "fold": pick((0, 1)),
            "raising": pick((True, False, False)),
        }

    def _changed(self, recipe: Recipe) -> Recipe:
        """The recipe with one change somewhere."""
        recipe = copy.deepcopy(recipe)
        places = list(_places(recipe))
        if not places or self._chance.random() < 0.02:
            return self._other(recipe)
        holder, key = self._chance.choice(places)
        change = self._chance.random()
        if isinstance(holder, dict) and change < 0.1:
            del holder[key]
        elif isinstance(holder, dict) and change < 0.2:
            holder[self._key(str(key))] = holder.pop(key) if change < 0.15 else self._leaf()
        else:
            holder[key] = self._other(holder[key])
        return recipe

    def _key(self, key: str) -> str:
        pick = self._chance.choice
        return pick(
            (
                key + "s",
                key[1:],
                key.upper(),
                key[::-1],
                pick(TEXTS),
                "k" * pick((40, 41)),
                unicodedata.normalize("NFD", key + "é"),
            )
        )

    def _other(self, recipe: Recipe) -> Recipe:
        """Something else instead of a value, or the same in another guise."""
        pick = self._chance.choice
        change = self._chance.random()
        if change < 0.35:
            return self._leaf()
        if isinstance(recipe, str) and change < 0.75:
            return self._text(recipe)
        if isinstance(recipe, dict) and "!" not in recipe and change < 0.75:
            items: list[Recipe] = [[key, part] for key, part in recipe.items()]
            items += [[pick(ODD_KEYS), 1]] * pick((1, 0, 0))
            return {"!": "mapping", "of": pick(kinds("mapping")), "items": items}
        if isinstance(recipe, list) and change < 0.75:
            items = [*recipe, *(self._leaf() for _ in range(pick((0, 1, 3)))), *(["x"] * pick((0, 0, 255, 256)))]
            self._chance.shuffle(items)
            return {"!": "members", "of": pick(kinds("members")), "items": items} if pick((1, 1, 0)) else items
        if isinstance(recipe, int | float) and not isinstance(recipe, bool) and change < 0.75:
            return pick((recipe + 1, -recipe, float(recipe), recipe * 1e3, str(recipe), [recipe]))
        return pick(([recipe], {"value": recipe, "observed_at": self._instant()}, {"value": recipe}, self._instant()))

    def _text(self, text: str) -> Recipe:
        pick = self._chance.choice
        at = self._chance.randrange(len(text) + 1)
        return pick(
            (
                text[:at] + pick(MARKS) + text[at:], text[:at] + text[at + 1 :], text * 2, f"{text} {text}",
                f" {text} ", text.upper(), unicodedata.normalize("NFD", text + "é"), f"[{text}]", f"{{{text}}}",
                f"%{text}%", f"{{{{{text}}}}} x", f"<b>{text}</b> x", f"x {text}",
                f"{text}{pick(TEXTS)}", {"!": "text", "of": pick(kinds("text")), "is": text},
                {"!": "long", "is": text, "times": pick((2, 20, 2_000))},
            )
        )  # fmt: skip

    def _leaf(self) -> Recipe:
        pick = self._chance.choice
        return copy.deepcopy(pick((pick(TEXTS), pick(TEXTS), pick(LEAVES), self._instant(), "Canary_7f3a")))


def _places(recipe: Recipe) -> Iterator[tuple[Any, Any]]:
    """Every place of a value in a recipe: what holds it, and where."""
    if isinstance(recipe, dict) and "!" in recipe:
        for number, item in enumerate(recipe.get("items", ())):
            holder, key = (item, 1) if recipe["!"] == "mapping" else (recipe["items"], number)
            yield holder, key
            yield from _places(holder[key])
        yield from _places(recipe.get("with"))
    elif isinstance(recipe, dict | list):
        for key in recipe if isinstance(recipe, dict) else range(len(recipe)):
            yield recipe, key
            yield from _places(recipe[key])


# --- cutting down -----------------------------------------------------------------------------------------------------


def shrunk(case: Case, is_found: Callable[[Case], bool]) -> Case:
    """The smallest case, as far as leaving things out leads, for which the same is found."""
    while True:
        smaller = next((simpler for simpler in _smaller(case) if is_found(simpler)), None)
        if smaller is None:
            return case
        case = smaller


def _smaller(case: Case) -> Iterator[Case]:
    if case.at is not None:
        yield Case(case.context)
    for context in _parts(case.context):
        yield Case(context, case.at)


def _parts(recipe: Recipe) -> Iterator[Recipe]:
    """What a recipe is without one of its pieces, or with a smaller one."""
    if isinstance(recipe, str):
        half = len(recipe) // 2
        yield from (part for part in (recipe[:half], recipe[half:], recipe[1:], recipe[:-1]) if part != recipe)
    elif isinstance(recipe, list):
        yield from (recipe[:number] + recipe[number + 1 :] for number in range(len(recipe)))
        for number, item in enumerate(recipe):
            yield from ([*recipe[:number], part, *recipe[number + 1 :]] for part in _parts(item))
    elif isinstance(recipe, dict):
        if "!" not in recipe:
            yield from ({key: part for key, part in recipe.items() if key != left} for left in recipe)
        for key in recipe.keys() & {"items", "with", "is", "of"} if "!" in recipe else recipe:
            if not (key == "of" and isinstance(recipe[key], str)):
                yield from ({**recipe, key: part} for part in _parts(recipe[key]) if not _is_broken(recipe, key, part))


def _is_broken(recipe: Mapping[str, Recipe], key: str, part: Recipe) -> bool:
    """Whether this makes no recipe: a pair of a mapping that is none, a datetime that cannot be read."""
    if recipe.get("!") == "mapping":
        return any(not isinstance(pair, list) or len(pair) != 2 for pair in part)
    return recipe.get("!") in ("datetime", "date", "float") and key == "is"


# --- running ----------------------------------------------------------------------------------------------------------


def attack(library: Library, chance: random.Random, goes_on: Callable[[], bool]) -> Iterator[tuple[str, Case]]:
    """Try cases for as long as it goes on. What is found, once each, with its case, cut down."""
    makes, kinds = Attack(library, chance), set[str]()
    while goes_on():
        case = makes.case()
        fault = finding(library, case)
        if fault is not None and fault not in kinds:
            kinds.add(fault)
            yield fault, shrunk(case, lambda smaller, fault=fault: finding(library, smaller) == fault)  # type: ignore[misc]


def run(seconds: float, seed: int) -> int:
    """Attack for so long, keep what is found in the corpus, and return how much that is."""
    library, tried = starter(), 0
    until = time.monotonic() + seconds

    def goes_on() -> bool:
        nonlocal tried
        tried += 1
        if tried % 1_000 == 0:
            print(f"contexts: {tried} tried", flush=True)
        return time.monotonic() < until

    count = 0
    for fault, case in attack(library, random.Random(seed), goes_on):
        count += 1
        CORPUS.mkdir(parents=True, exist_ok=True)
        text = case.to_json()
        path = CORPUS / f"{re.sub('[^a-z]+', '_', fault.lower())}_{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
        path.write_text(text + "\n", encoding="utf-8")
        print(f"contexts: {fault}: {path.name}: {text[:500]}")
    print(f"contexts: {tried} tried in {seconds:g} seconds")
    return count
