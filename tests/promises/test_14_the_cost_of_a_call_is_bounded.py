"""The cost of one call is bounded: a value over its field's length gives the fallback, contexts of any size are read
only where a signal or field is declared. What is touched is counted; nothing is timed."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from assembler import Library, UnknownCampaign, UnknownChannel
from assembler.runtime import context as reading, signals
from tests.promises.hostile import CONTEXT_KEYS
from tests.runtime.sample import FIELDS, PERSON, SIGNALS, library

LIBRARY = library()
HUGE = 100_000_000
"""Characters of a text, of one byte each."""

MANY = 5_000_000
"""Members of a list."""


class Long(str):
    """Long text of a class of its own."""

    __slots__ = ()


def asked(context: object, library: Library = LIBRARY) -> dict[str, Any]:
    """The decision, the same whichever way it is asked for."""
    decision = library.decide("come_back", channel="page", context=context).to_dict()
    assert library.assemble("come_back", channel="page", context=context).decision.to_dict() == decision
    assert library.explain("come_back", channel="page", context=context).decision.to_dict() == decision
    return decision


# --- mappings --------------------------------------------------------------------------------------------------------


class Counting(Mapping[str, Any]):
    """An endless mapping that has every key and says which it was asked for. It cannot be gone through."""

    def __init__(self, asked: list[str], within: str = "") -> None:
        self.asked = asked
        self.within = within

    def __getitem__(self, key: str) -> Any:
        self.asked.append(f"{self.within}{key}")
        if key in ("signals", "fields") or self.within == "signals.":
            return Counting(self.asked, f"{key}." if not self.within else f"{self.within}{key}.")
        return 7

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("what is not declared was read")

    def __len__(self) -> int:
        return 10**9


DECLARED = sorted(
    [
        *CONTEXT_KEYS,
        *(f"fields.{name}" for name in FIELDS),
        *(f"signals.{name}" for name in SIGNALS),
        *(f"signals.{name}.{key}" for name in SIGNALS for key in ("observed_at", "value")),
    ]
)


def test_an_endless_context_is_asked_once_for_what_is_declared() -> None:
    context = Counting([])
    assert LIBRARY.decide("come_back", channel="email", context=context).error_code is None
    assert sorted(context.asked) == DECLARED
    context.asked.clear()
    LIBRARY.assemble("come_back", channel="email", context=context)
    assert sorted(context.asked) == DECLARED


class ClosedDict(dict[str, Any]):
    """A dictionary that cannot be gone through by its own methods."""

    def _refuse(self, *_: object) -> Any:
        raise AssertionError("what is not declared was read")

    __iter__ = keys = values = items = copy = __reversed__ = __contains__ = _refuse


@pytest.mark.parametrize("kind", [dict, ClosedDict])
@pytest.mark.parametrize("key", [None, "signals", "fields"])
def test_a_huge_dictionary_is_not_gone_through(kind: Callable[..., dict[str, Any]], key: str | None) -> None:
    """Names that nobody declared are looked for among 1,000 keys; among one more, none is."""
    most = reading.MOST_KEYS
    for size, noted in [(most, 16), (most + 1, 0)]:
        more = kind({f"k{number:05}": 1 for number in range(size)})
        decision = asked(more if key is None else {key: more})
        assert len([note for note in decision["notes"] if note["problem"] == "unknown_name"]) == noted


# --- consent ---------------------------------------------------------------------------------------------------------


def has_consent(consent: object) -> bool:
    context = {"signals": {"months": 9}, "consent": consent}
    (months, *_) = LIBRARY.explain("come_back", channel="email", context=context).signals
    decided = LIBRARY.decide("come_back", channel="email", context=context)
    noted = {"signal": "months", "problem": "consent"} in [note.to_dict() for note in decided.notes]
    assert noted is (months.problem == "consent")
    return not noted


@pytest.mark.parametrize("kind", [list, tuple])
@pytest.mark.parametrize(("before", "is_read"), [(0, True), (255, True), (256, False), (MANY, False)])
def test_consent_is_read_up_to_its_256th_entry(kind: Callable[..., object], before: int, is_read: bool) -> None:
    assert has_consent(kind([*["newsletter"] * before, "marketing"])) is is_read


@pytest.mark.parametrize("kind", [set, frozenset])
@pytest.mark.parametrize(("others", "is_read"), [(255, True), (256, False)])
def test_a_set_that_is_larger_has_no_first_entries(kind: Callable[..., object], others: int, is_read: bool) -> None:
    assert has_consent(kind([*range(others), "marketing"])) is is_read


@pytest.mark.parametrize(("length", "is_read"), [(64, True), (65, False)])
def test_a_purpose_is_read_up_to_64_characters(length: int, is_read: bool) -> None:
    purpose = "p" * length
    assert signals.granted([purpose]) == ({purpose} if is_read else set())
    assert signals.granted([Long(purpose)]) == ({purpose} if is_read else set())


def test_of_millions_of_consents_256_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is text of a class of its own, so that looking at one is a call that can be counted."""
    looked = _counted(monkeypatch, signals, "text_of")
    consents = [Long("newsletter")] * MANY
    assert signals.granted(consents) == {"newsletter"}
    assert len(looked) == signals.MOST_CONSENTS == 256


# --- texts -----------------------------------------------------------------------------------------------------------


def _counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    """What a function is called with from now on."""
    calls: list[object] = []
    original = vars(module)[name]

    def counted(*arguments: object) -> object:
        calls.append(arguments[0])
        return original(*arguments)

    monkeypatch.setattr(module, name, counted)
    return calls


def most_made(work: Callable[[], object]) -> int:
    """The most bytes that are held at once of what is made while it works."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def methods_called(text: str, work: Callable[[], object]) -> list[str]:
    """The methods of the text that are called while it works."""
    called: list[str] = []

    def look(frame: Any, kind: str, function: Any) -> None:
        if kind == "c_call" and getattr(function, "__self__", None) is text:
            called.append(function.__name__)

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


@pytest.fixture(scope="module", params=[str, Long])
def huge(request: pytest.FixtureRequest) -> str:
    """A text of 100 MB."""
    text: str = request.param("x" * HUGE)
    return text


PLACES: dict[str, Callable[[str], dict[str, object]]] = {
    "id": lambda text: {"id": text},
    "locale": lambda text: {"locale": text},
    "consent": lambda text: {"consent": text},
    "a purpose": lambda text: {"consent": [text, "marketing"]},
    "signals": lambda text: {"signals": text},
    "a signal": lambda text: {"signals": dict.fromkeys(SIGNALS, text)},
    "an observation": lambda text: {"signals": {name: {"value": text, "observed_at": text} for name in SIGNALS}},
    "fields": lambda text: {"fields": text},
    "a field": lambda text: {"fields": dict.fromkeys(FIELDS, text)},
    "a segment": lambda text: {"segment": text},
    "a stage": lambda text: {"stage": text},
    "a name": lambda text: {text: 1, "signals": {text: 1}, "fields": {text: 1}},
}
ASKS = (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain)


CONTAINERS: dict[str, Callable[[], object]] = {
    "list": lambda: ["marketing"] * MANY,
    "tuple": lambda: ("marketing",) * MANY,
    "set": lambda: set(range(MANY // 10)),
    "frozenset": lambda: frozenset(range(MANY // 10)),
    "dictionary": lambda: dict.fromkeys(range(MANY // 10)),
    "lists within each other": lambda: [["marketing"] * MANY] * 256,
}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_of_a_huge_container_nothing_large_is_made(kind: str) -> None:
    """No copy, no part of it that grows with it, wherever it stands."""
    huge = CONTAINERS[kind]()
    contexts: list[object] = [huge, *({**PERSON, key: huge} for key in CONTEXT_KEYS)]
    contexts += [{**PERSON, "signals": dict.fromkeys(SIGNALS, huge)}, {**PERSON, "fields": dict.fromkeys(FIELDS, huge)}]
    for context in contexts:
        for ask in ASKS:

            def work(ask: Callable[..., object] = ask, context: object = context) -> None:
                ask("come_back", channel="page", context=context)

            work()
            assert most_made(work) < 100_000


@pytest.mark.parametrize("place", PLACES)
def test_of_a_huge_text_nothing_large_is_made_and_no_method_is_called(place: str, huge: str) -> None:
    """No copy, no other case or form, no encoding, no part of it that grows with it, and no look at each character."""
    context = {**PERSON, **PLACES[place](huge)}
    for ask in ASKS:

        def work(ask: Callable[..., object] = ask) -> None:
            ask("come_back", channel="page", context=context)

        work()
        assert most_made(work) < 100_000
        assert methods_called(huge, work) == []


def test_a_huge_name_of_a_campaign_or_channel_is_cut(huge: str) -> None:
    for campaign, channel in ((huge, "email"), ("come_back", huge)):

        def work(campaign: str = campaign, channel: str = channel) -> None:
            with pytest.raises((UnknownCampaign, UnknownChannel)) as caught:
                LIBRARY.decide(campaign, channel=channel)
            assert len(str(caught.value)) < 1_000

        work()
        assert most_made(work) < 1_000_000
        assert methods_called(huge, work) == []


def test_a_copy_or_a_look_would_be_seen(huge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        LIBRARY.decide("come_back", channel="page", context={"segment": huge})

    monkeypatch.setattr("assembler.runtime.context.text_of", lambda value, most: value and value[1:])
    assert most_made(work) > HUGE
    monkeypatch.setattr("assembler.runtime.context.text_of", lambda value, most: value and value.isascii() and None)
    assert methods_called(huge, work) == ["isascii"]


# --- each limit: a case on it, and one past it -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "past"),
    [
        ("x" * 512, "x" * 513),
        ("\u00e9" * 512, "\u00e9" * 513),
        (" " * 511 + "x", " " * 512 + "x"),
        (Long("x" * 512), Long("x" * 513)),
        (10**511, 10**512),
        (-(10**510), -(10**511)),
    ],
    ids=["ascii", "other letters", "blanks before it", "own class", "integer", "negative integer"],
)
def test_an_id_over_512_characters_is_none(on: object, past: object) -> None:
    assert [asked({"id": person})["arm"] for person in (on, past, None)] == ["treated", "unassigned", "unassigned"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_value_over_its_fields_length_gives_the_fallback(name: str) -> None:
    start = "https://www.harbourandpine.example/" if name == "account_url" else ""
    on = start + "x" * (FIELDS[name].max_length - len(start))
    for text, problem in [(on, None), (on + "x", "length")]:
        for value in (text, Long(text)):
            variant = LIBRARY.assemble("come_back", channel="page", context={"fields": {name: value}, "segment": None})
            noted = {note.name: note.problem for note in variant.decision.notes if note.kind == "field"}
            assert noted.get(name) == problem
            assert (text in (variant.html or "")) is (problem is None)


@pytest.mark.parametrize(("length", "problem"), [(1_000, None), (1_001, "range")])
def test_a_text_signal_has_1000_characters(length: int, problem: str | None) -> None:
    for value in ("x" * length, Long("x" * length), "\u00e9" * length):
        notes = asked({"signals": {"city": value}})["notes"]
        assert [note["problem"] for note in notes if note.get("signal") == "city"] == ([problem] if problem else [])


@pytest.mark.parametrize(("length", "problem"), [(64, None), (65, "type")])
def test_a_time_has_64_characters(length: int, problem: str | None) -> None:
    time = "2026-11-22T11:00:00."
    time += "0" * (length - len(time) - 1) + "Z"
    notes = asked({"signals": {"newcomer": {"value": True, "observed_at": time}}})["notes"]
    assert [note["problem"] for note in notes if note.get("signal") == "newcomer"] == ([problem] if problem else [])


@pytest.mark.parametrize(("length", "name"), [(40, "x" * 40), (41, None)])
def test_a_name_of_40_characters_is_noted(length: int, name: str | None) -> None:
    for key in ("segment", "stage"):
        assert {key: name, "problem": "unknown_name"} in asked({key: "x" * length})["notes"]
    assert {"context": name, "problem": "unknown_name"} in asked({"x" * length: 1})["notes"]


@pytest.mark.parametrize("bits", [2_000, 2_001, 100_000_000])
def test_an_integer_of_any_size_is_compared_at_once(bits: int) -> None:
    """Beyond 2^2000 it is any other number beyond: nothing of its size is made."""
    for number in (1 << bits, -(1 << bits)):
        context = {"id": number, "signals": dict.fromkeys(SIGNALS, number), "fields": dict.fromkeys(FIELDS, number)}
        assert most_made(lambda context=context: asked(context)) < 100_000  # type: ignore[misc]
