"""What a caller says about a person, and what is taken from it."""

from __future__ import annotations

import copy
import math
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings, strategies as st

from assembler import Library
from assembler.conditions.evaluation import first_match
from assembler.library.records import Audience, Compare, Holdout, Not, OneOf, Signal
from assembler.runtime.audiences import AudienceIndex
from assembler.runtime.context import ContextReader
from assembler.runtime.moment import EPOCH, Moment
from assembler.runtime.person import Note
from assembler.runtime.reasons import Problem
from assembler.runtime.signals import SignalReader, SignalsReader
from tests.examples import examples
from tests.runtime.sample import AT, DAY, DEFAULTS, SEGMENTS, SIGNALS, STAGES, archive, library

LIBRARY = library()
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def ago(delta: timedelta) -> str:
    return (AT - delta).isoformat()


class Colour(StrEnum):
    BOOTS = "boots"


class Count(IntEnum):
    NINE = 9


class Huge(int):
    """An integer of a class of its own."""

    def __neg__(self) -> Huge:
        return Huge(int.__neg__(self))

    def __repr__(self) -> str:
        return "huge"


class Loud(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError

    def __str__(self) -> str:
        raise RuntimeError


def reading(kind: str, raw: object, **limits: Any) -> tuple[object, object, object]:
    """Value, problem and age of a signal of a kind."""
    sample = library(DEFAULTS, signals={"s": Signal(kind=kind, **limits)}, segments=(), stages=())  # type: ignore[arg-type]
    context = {"signals": {"s": raw}, "consent": ["marketing"]}
    (signal,) = sample.explain("come_back", channel="email", context=context).signals
    return signal.value, signal.problem, signal.age_seconds


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("integer", 0, 0),
        ("integer", -3, -3),
        ("integer", Count.NINE, 9),
        ("integer", 9.0, 9),
        ("integer", -0.0, 0),
        ("integer", 2.0**53, 2**53),
        ("integer", -(2.0**53), -(2**53)),
        ("number", 9.0, 9.0),
        ("number", 0, 0),
        ("number", 7, 7),
        ("number", -0.5, -0.5),
        ("boolean", False, False),
        ("boolean", True, True),
        ("text", "false", "false"),
        ("text", "0", "0"),
        ("text", " x ", " x "),
        ("text", Loud("loud"), "loud"),
        ("choice", "boots", "boots"),
        ("choice", Colour.BOOTS, "boots"),
        ("choice", Loud("boots"), "boots"),
        ("date", "2026-11-20", "2026-11-20"),
        ("date", date(2026, 11, 20), "2026-11-20"),
        ("date", "2026-11-20T23:30:00-05:00", "2026-11-21"),
        ("date", datetime(2026, 11, 20, 23, 30, tzinfo=timezone(-5 * HOUR)), "2026-11-21"),
        ("date", "2027-01-01", "2027-01-01"),
    ],
)
def test_values_that_are_known(kind: str, raw: object, value: object) -> None:
    known, problem, age = reading(kind, raw, values=("boots", "jackets") if kind == "choice" else ())
    assert (known, problem, age) == (value, None, 0)
    assert type(known) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "problem"),
    [
        *((kind, None, "missing") for kind in ("integer", "number", "boolean", "text", "choice", "date")),
        *((kind, " \u200b\t", "blank") for kind in ("integer", "number", "boolean", "text", "choice", "date")),
        *((kind, "", "blank") for kind in ("integer", "number", "boolean", "text", "choice", "date")),
        *((kind, [], "type") for kind in ("integer", "number", "boolean", "text", "choice", "date")),
        *((kind, {}, "type") for kind in ("integer", "number", "boolean", "text", "choice", "date")),
        ("integer", " " * 1_000, "blank"),
        ("integer", " " * 1_001, "type"),
        ("integer", True, "type"),
        ("integer", 7.5, "type"),
        ("integer", 2.0**53 + 2, "type"),
        ("integer", -(2.0**53) - 2, "type"),
        ("integer", 1e300, "type"),
        ("integer", "7", "type"),
        pytest.param("integer", 10**5000, "range", id="huge integer"),
        pytest.param("integer", -(10**5000), "range", id="huge negative integer"),
        ("number", False, "type"),
        ("number", float("nan"), "type"),
        ("number", float("inf"), "type"),
        ("number", -float("inf"), "type"),
        ("number", "7", "type"),
        ("boolean", 1, "type"),
        ("boolean", "true", "type"),
        ("text", 7, "type"),
        ("text", b"x", "type"),
        ("text", "x" * 1_001, "range"),
        ("choice", "sandals", "range"),
        ("choice", "x" * 1_001, "range"),
        ("choice", "Boots", "range"),
        ("choice", 1, "type"),
        ("date", "yesterday", "type"),
        ("date", "2026-13-01", "type"),
        ("date", "20261120", "type"),
        ("date", "2026-W47-5", "type"),
        ("date", "2026-11-20T08:00:00", "type"),
        ("date", datetime(2026, 11, 20, 8), "type"),
        ("date", "0001-01-01T00:00:00+14:00", "type"),
        ("date", 1_700_000_000, "type"),
    ],
)
def test_values_that_are_not_known(kind: str, raw: object, problem: str) -> None:
    assert reading(kind, raw, values=("boots",) if kind == "choice" else ())[1] == problem


@pytest.mark.parametrize(("raw", "known"), [(-1, False), (0, True), (600, True), (601, False), (0.5, True)])
def test_the_range_holds_both_its_ends(raw: float, known: bool) -> None:
    kinds = ("number",) if isinstance(raw, float) else ("integer", "number")
    for kind in kinds:
        assert reading(kind, raw, low=0, high=600)[:2] == (raw, None if known else "range")


@pytest.mark.parametrize(
    ("observed_at", "problem", "age"),
    [
        (AT, None, 0),
        (ago(HOUR), None, 3600),
        (ago(timedelta(days=35)), None, 35 * 86_400),
        (ago(timedelta(days=35, microseconds=1)), "stale", 35 * 86_400),
        (ago(timedelta(minutes=-5)), None, -300),
        (ago(timedelta(minutes=-5, microseconds=-1)), "future", -301),
        ("2026-11-22T11:00:00Z", None, 3600),
        ("2026-11-22T11:00:00z", None, 3600),
        ("2026-11-22T11:00:00" + "Z" * 2, "type", None),
        ("2026-11-22T11:00:00." + "0" * 43 + "Z", None, 3600),
        ("2026-11-22T11:00:00." + "0" * 44 + "Z", "type", None),
        ("z", "type", None),
        ("2026-11-22T13:00:00+02:00", None, 3600),
        (AT.astimezone(timezone(9 * HOUR)) - HOUR, None, 3600),
        ("2026-11-22T11:00:00", "type", None),
        (datetime(2026, 11, 22, 11), "type", None),
        ("2026-11-22", "type", None),
        ("last week", "type", None),
        (1_700_000_000, "type", None),
        (None, "type", None),
        ("", "type", None),
        ("\ud800", "type", None),
    ],
)
def test_observations_age(observed_at: object, problem: str | None, age: int | None) -> None:
    raw = {"value": 7, "observed_at": observed_at}
    assert reading("integer", raw, max_age=35 * DAY) == (7, problem, age)


def test_an_observation_without_a_maximum_age_never_gets_stale() -> None:
    assert reading("integer", {"value": 7, "observed_at": "0001-01-01T00:00:00Z"})[1] is None
    assert reading("integer", {"value": 7, "observed_at": "0001-01-01T00:00:00Z"}, max_age=10**30)[1] is None


def test_an_observation_needs_a_value_and_a_time() -> None:
    assert reading("integer", {"value": 7})[1] == "type"
    assert reading("integer", {"observed_at": ago(HOUR)})[1] == "type"
    assert reading("integer", {"value": None, "observed_at": ago(HOUR)})[1] == "missing"
    assert reading("integer", {"value": {"value": 7, "observed_at": ago(HOUR)}, "observed_at": ago(HOUR)})[1] == "type"


@pytest.mark.parametrize(
    ("raw", "observed_at", "problem"),
    [
        (None, None, "missing"),
        (" ", None, "blank"),
        ("x", "2000-01-01T00:00:00Z", "type"),
        (999, None, "type"),
        (999, "2000-01-01T00:00:00Z", "range"),
        (7, "2000-01-01T00:00:00Z", "stale"),
        (7, "2030-01-01T00:00:00Z", "future"),
        (7, "2026-11-22T11:00:00Z", "consent"),
    ],
)
def test_the_first_problem_is_the_one_that_is_said(raw: object, observed_at: object, problem: str) -> None:
    signal = {"value": raw, "observed_at": observed_at}
    assert reading("integer", signal, low=0, high=600, max_age=35 * DAY, consent="profiling")[1] == problem


@pytest.mark.parametrize(
    ("consent", "granted"),
    [
        (["marketing"], True),
        (("marketing",), True),
        ({"marketing"}, True),
        (frozenset({"marketing"}), True),
        ([None, {}, 7, Loud("x"), Loud("marketing")], True),
        (["Marketing"], False),
        ([], False),
        (None, False),
        ("marketing", False),
        ({"marketing": True}, False),
        (True, False),
        ([["marketing"]], False),
    ],
)
def test_consent_is_a_list_tuple_or_set_of_text(consent: object, granted: bool) -> None:
    context = {"signals": {"months": 9}, "consent": consent}
    (months, *_) = LIBRARY.explain("come_back", channel="email", context=context).signals
    assert months.problem == (None if granted else "consent")


@pytest.mark.parametrize(
    ("wanted", "locale"),
    [
        (None, "en"), ("en", "en"), ("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("fr_CA", "fr"),
        ("fr-Latn-CA-x", "fr"), ("fr_CA.UTF-8", "fr"), ("frisian", "en"), ("de", "en"), ("", "en"), ("-", "en"),
        ("fr" + "-x" * 100_000, "fr"),
        (7, "en"), (["fr"], "en"), (b"fr", "en"), (Loud("fr"), "fr"), ("\ud800", "en"),
    ],
)  # fmt: skip
def test_subtags_of_a_locale_fall_off_from_the_right(wanted: object, locale: str) -> None:
    assert LIBRARY.decide("welcome", channel="email", context={"locale": wanted}).locale == locale
    assert LIBRARY.default("welcome", channel="email", locale=wanted).decision.locale == locale  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "locale"),
    [("fr-ca", "fr-CA"), ("fr_CA_x", "fr-CA"), ("fr-CAx", "fr"), ("fr-C", "fr"), ("fr-CA-", "fr-CA")],
)
def test_the_longest_tag_that_the_library_has_is_taken(wanted: str, locale: str) -> None:
    content = msgspec.structs.replace(LIBRARY.content, locales=("en", "fr", "fr-CA"))
    assert ContextReader(content, "").locale(wanted) == locale


@pytest.mark.parametrize(
    ("person", "arm"),
    [
        ("c-42", "treated"), (" ", "unassigned"), ("\u200b", "unassigned"), ("", "unassigned"), (None, "unassigned"),
        (42, "treated"), (0, "treated"), (-1, "treated"), (True, "unassigned"), (4.2, "unassigned"),
        ("\ud800", "unassigned"), ("\ufff0\ufff8", "unassigned"), ([], "unassigned"), (b"c-42", "unassigned"),
        (Loud("c-42"), "treated"), (Count.NINE, "treated"), (" c-42 ", "treated"), (4.0, "treated"), (-0.0, "treated"),
        (2.0**53, "treated"), (2.0**53 + 2, "unassigned"), (math.nan, "unassigned"), (math.inf, "unassigned"),
        (1 << 4000, "unassigned"),
        (Huge(10**511), "treated"), (Huge(1 << 4000), "unassigned"), (-Huge(1 << 4000), "unassigned"),
    ],
    ids=lambda value: ascii(value)[:30] if not isinstance(value, int) else f"{value.bit_length()} bits",
)  # fmt: skip
def test_who_can_be_assigned(person: object, arm: str) -> None:
    assert LIBRARY.decide("welcome", channel="email", context={"id": person}).arm == arm


def test_an_integer_is_its_decimal_text() -> None:
    people: list[object] = [42.0, "42", Count.NINE, "9"]
    contexts = [{"id": person, "segment": "lapsed"} for person in people]
    decisions = [LIBRARY.decide("come_back", channel="email", context=context) for context in contexts]
    assert decisions[0] == decisions[1]
    assert decisions[2] == decisions[3]


@pytest.mark.parametrize(
    ("vouched", "segment", "stage", "notes"),
    [
        ({}, "lapsed", "win_back", []),
        ({"segment": None}, None, "win_back", []),
        ({"stage": None}, "lapsed", None, []),
        ({"segment": "visitor", "stage": "exploring"}, "visitor", "exploring", []),
        ({"segment": Loud("visitor")}, "visitor", "win_back", []),
        ({"segment": "typo"}, "lapsed", "win_back", [{"segment": "typo", "problem": "unknown_name"}]),
        ({"stage": "typo"}, "lapsed", "win_back", [{"stage": "typo", "problem": "unknown_name"}]),
        ({"stage": "maya@x.example"}, "lapsed", "win_back", [{"stage": None, "problem": "unknown_name"}]),
        ({"segment": 7}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
        ({"segment": ["lapsed"]}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
        ({"segment": "x" * 40}, "lapsed", "win_back", [{"segment": "x" * 40, "problem": "unknown_name"}]),
        ({"segment": "x" * 41}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
        ({"segment": "4x"}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
        ({"segment": ""}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
        ({"segment": "lapsed" + "x" * 10**6}, "lapsed", "win_back", [{"segment": None, "problem": "unknown_name"}]),
    ],
)
def test_a_service_can_vouch_for_segment_and_stage(
    vouched: dict[str, object], segment: str | None, stage: str | None, notes: list[object]
) -> None:
    signals = {"months": 9, "spend": 600, "looking_for": "x", "last_visit": None}
    context = {"signals": signals, "consent": ["marketing"], "fields": {"first_name": "Maya"}, **vouched}
    decision = LIBRARY.decide("come_back", channel="email", context=context)
    assert (decision.segment, decision.stage) == (segment, stage)
    assert [note.to_dict() for note in decision.notes if note.kind in ("segment", "stage")] == notes


def noted(context: object) -> list[dict[str, str | None]]:
    return [note.to_dict() for note in LIBRARY.decide("come_back", channel="email", context=context).notes]


def test_noted_is_what_was_supplied_or_read_in_declared_order() -> None:
    missing = [{"signal": name, "problem": "missing"} for name in ("months", "spend", "looking_for", "last_visit")]
    first_name = {"field": "first_name", "problem": "missing"}
    link = {"field": "account_url", "problem": "missing"}
    assert noted(None) == [*missing, first_name, link]
    assert noted({"segment": None}) == [missing[0], missing[2], first_name, link]
    assert noted({"stage": None}) == [*missing, first_name, link]
    assert noted({"segment": None, "stage": None}) == [first_name, link]
    supplied = {"fields": {"account_url": "x", "greeting": ""}, "signals": {"city": 7, "months": 9}}
    assert noted({"segment": "typo", "stage": None, **supplied}) == [
        {"signal": "months", "problem": "consent"},
        missing[1],
        {"signal": "city", "problem": "type"},
        *missing[2:],
        first_name,
        {"field": "greeting", "problem": "blank"},
        {"field": "account_url", "problem": "kind"},
        {"segment": "typo", "problem": "unknown_name"},
    ]


def test_a_missing_field_is_noted_where_its_fallback_stands_in_a_link() -> None:
    def fields(campaign: str, channel: str, context: object) -> list[str | None]:
        decision = LIBRARY.decide(campaign, channel=channel, context=context)
        return [note.name for note in decision.notes if note.kind == "field"]

    vouched = {"segment": None, "stage": None, "fields": {"first_name": "Maya"}}
    url = "https://www.harbourandpine.example/1"
    assert fields("come_back", "email", vouched) == ["account_url"]
    assert fields("come_back", "page", vouched) == ["greeting", "account_url"]
    assert fields("come_back", "email", {**vouched, "fields": {"first_name": "Maya", "account_url": url}}) == []
    assert fields("come_back", "page", {**vouched, "fields": {"account_url": url}}) == ["first_name", "greeting"]
    assert fields("come_back", "email", {**vouched, "fields": {"first_name": "Maya", "account_url": None}}) == [
        "account_url"
    ]
    held = library(holdout=Holdout(share=10_000, salt="all"))
    assert [note.name for note in held.decide("come_back", channel="email", context={"id": "7", **vouched}).notes] == [
        "account_url"
    ]


UNKNOWN = "unknown_name"


@pytest.mark.parametrize(
    ("context", "notes"),
    [
        ({"singals": {}}, [("context", "singals")]),
        ({"b": 1, "a": 2, "Z_9": 3, "id": "c"}, [("context", "Z_9"), ("context", "a"), ("context", "b")]),
        ({"maya@people.example": 1, 7: 8, ("a", 1): 2, "": 3, "first name": 4, "a-b": 5}, [("context", None)]),
        ({"x" * 40: 1}, [("context", "x" * 40)]),
        ({"x" * 41: 1}, [("context", None)]),
        ({"_x": 1, "9x": 2}, [("context", "_x"), ("context", None)]),
        ({"é": 1, "名": 2}, [("context", None)]),
        ({Colour.BOOTS: 1}, [("context", "boots")]),
        ({"signals": {"shoe_size": 43}, "fields": {"nickname": ""}}, [("signal", "shoe_size"), ("field", "nickname")]),
        ({"signals": {"months": 9, "first_name": 1}}, [("signal", "first_name")]),
        ({"fields": {"first_name": "Maya", "months": 1}}, [("field", "months")]),
        ({"fields": {"first_name": "", "greeting": "x", "no": 1}}, [("field", "no")]),
        (OrderedDict(a=1), [("context", "a")]),
        ({"signals": defaultdict(int, a=1), "fields": OrderedDict(b=1)}, [("signal", "a"), ("field", "b")]),
        ({"signals": OrderedDict(a=1)}, [("signal", "a")]),
        ({"signals": dict.fromkeys("zyxwvutsrqponmlkj")}, [("signal", name) for name in "jklmnopqrstuvwxy"]),
        (
            {**{f"c{number:02}": 1 for number in range(15)}, "signals": {"a": 1, "b": 2}},
            [*(("context", f"c{number:02}") for number in range(15)), ("signal", "a")],
        ),
        ({f"s{number:04}": 1 for number in range(1_000)}, [("context", f"s{number:04}") for number in range(16)]),
        ({f"s{number:04}": 1 for number in range(1_001)}, []),
        (MappingProxyType({"a": 1}), []),
        ({"id": None, "locale": None, "consent": None, "signals": None, "fields": None}, []),
        ({"id": "c", "locale": "en", "consent": [], "signals": {}, "fields": {}, "segment": None, "stage": None}, []),
    ],
    ids=lambda value: ascii(value)[:40],
)  # fmt: skip
def test_names_that_nobody_declared_are_noted(context: object, notes: list[tuple[str, str | None]]) -> None:
    noted = LIBRARY.decide("come_back", channel="email", context=context).notes
    assert [(note.kind, note.name) for note in noted if note.problem == UNKNOWN] == notes


def test_what_is_not_declared_changes_nothing_else() -> None:
    context = {"signals": {"months": 9}, "consent": ["marketing"], "id": "c-42", "fields": {"first_name": "Maya"}}
    more = {key: {**value, "more": 1} if isinstance(value, dict) else value for key, value in context.items()}
    plain, noted_ = (
        LIBRARY.assemble("come_back", channel="page", context=variation) for variation in (context, {**more, "more": 1})
    )
    assert plain.encoded == noted_.encoded
    assert set(noted_.decision.notes) - set(plain.decision.notes) == {
        Note(kind, "more", Problem.UNKNOWN_NAME) for kind in ("context", "signal", "field")
    }


@pytest.mark.parametrize(
    ("locale", "is_noted"),
    [
        (7, True),
        (["fr"], True),
        (b"fr", True),
        (True, True),
        ({}, True),
        (None, False),
        ("x", False),
        (Loud("fr"), False),
    ],
)
def test_a_locale_that_is_no_text_is_noted(locale: object, is_noted: bool) -> None:
    for context in ({"locale": locale}, {"locale": locale, "id": "c-42", "consent": [], "signals": {}, "fields": {}}):
        notes = noted(context)
        assert ({"context": "locale", "problem": "type"} in notes) == is_noted
        assert [note for note in notes if "context" in note] == [{"context": "locale", "problem": "type"}] * is_noted


def test_what_is_said_of_a_segment_comes_before_what_is_said_of_other_names() -> None:
    context = {"stage": "no", "segment": "none", "locale": 7, "x": 1, "signals": {"y": 1}, "fields": {"z": 1}}
    assert [note for note in noted(context) if note["problem"] != "missing"] == [
        {"segment": "none", "problem": UNKNOWN},
        {"stage": "no", "problem": UNKNOWN},
        {"context": "locale", "problem": "type"},
        {"context": "x", "problem": UNKNOWN},
        {"signal": "y", "problem": UNKNOWN},
        {"field": "z", "problem": UNKNOWN},
    ]


@pytest.mark.parametrize("wrap", [MappingProxyType, OrderedDict, lambda items: defaultdict(list, items)])
def test_any_mapping_will_do(wrap: Any) -> None:
    context = {"signals": wrap({"months": wrap({"value": 9, "observed_at": ago(HOUR)})}), "consent": ["marketing"]}
    assert LIBRARY.decide("come_back", channel="email", context=wrap(context)).stage == "win_back"


@pytest.mark.parametrize("empty", [None, [], "x", 7, {}, [("months", 9)]])
def test_signals_and_fields_that_are_no_mapping_are_empty(empty: object) -> None:
    assert noted({"signals": empty, "fields": empty}) == noted(None)


@pytest.mark.parametrize("context", ["x", b"", 0, [], [("id", "c-42")], object(), 1.5, True, set(), Ellipsis, dict])
def test_a_context_that_is_no_mapping_is_an_error_with_the_default(context: object) -> None:
    variant = LIBRARY.assemble("come_back", channel="email", context=context)
    assert (variant.decision.reason, variant.decision.error_code) == ("ERROR", "INVALID_CONTEXT")
    assert variant.encoded == LIBRARY.default("come_back", channel="email", locale="en").encoded


def test_the_callers_objects_are_not_changed() -> None:
    context = {
        "id": "c-42",
        "locale": "fr",
        "consent": ["marketing"],
        "signals": {"months": {"value": 9, "observed_at": ago(HOUR)}, "city": []},
        "fields": {"first_name": "Maya", "greeting": {"a": [1]}},
        "segment": "typo",
    }
    before = copy.deepcopy(context)
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain):
        ask("come_back", channel="email", context=context, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert context == before


def any_of(values: Sequence[object]) -> st.SearchStrategy[object]:
    """Any of the values, also of those that cannot be hashed."""
    return st.integers(0, len(values) - 1).map(lambda number: values[number])


VALUES: st.SearchStrategy[object] = (
    any_of(
        [
            None, True, False, 0, 1, 9, 600, 601, -1, 2**70, 10**5000, 0.0, -0.0, 1.0, 640.5, 1e308, math.nan, math.inf,
            "boots", "Boots", "", " ", "\u200b", "x", "2026-11-20", "\ud800", Colour.BOOTS, Count.NINE, Loud("boots"),
            [], {}, b"boots", date(2026, 11, 20), AT, msgspec.UNSET,
        ]
    )
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
)  # fmt: skip
TIMES = any_of(
    [
        None, AT, ago(HOUR), ago(35 * 24 * HOUR), ago(35 * 24 * HOUR + TICK), ago(-HOUR / 12), ago(-HOUR / 12 - TICK),
        "2026-11-22T11:00:00Z", "2026-11-22T11:00:00", "2026-11-22", "20261122T110000Z", "2026-11-22T11:00:00.1234567Z",
        "2026-11-22T11:00:00+23:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "", "\ud800", Loud("x"),
        "2026-11-22T11:00:00." + "0" * 20_000 + "Z", Loud("2026-11-22T11:00:00Z"), datetime(2026, 11, 22), 7, [], {},
    ]
)  # fmt: skip
OTHERS = (
    Audience(id="ahead", condition=Compare(signal="last_visit", operator="<", value=0, days=True)),
    Audience(id="named", condition=OneOf(signal="city", values=("York", "Whitby"))),
    Audience(id="mild", condition=Not(condition=Compare(signal="newcomer", operator="==", value=True))),
    Audience(id="fond", condition=Compare(signal="spend", operator="!=", value=9)),
    Audience(id="recent", condition=Compare(signal="months", operator="<", value=9)),
)
NOW = Moment.of(AT)
OBSERVED = st.fixed_dictionaries({}, optional={"value": VALUES, "observed_at": TIMES, "source": VALUES})


@example({"last_visit": "2026-11-01"}, set())
@example({"last_visit": "2026-12-24"}, set())
@example({"months": 9, "spend": 640.5, "looking_for": "boots"}, set())
@given(
    st.dictionaries(st.sampled_from(sorted(SIGNALS)), VALUES | OBSERVED | OBSERVED.map(MappingProxyType)),
    st.sets(st.sampled_from(["marketing", "profiling"])),
)
@settings(max_examples=examples(400))
def test_reading_all_signals_at_once_is_reading_each(given_: dict[str, Any], consent: set[str]) -> None:
    lists = SEGMENTS, STAGES, OTHERS
    known, problems, firsts, _ = SignalsReader(SIGNALS, AudienceIndex(SIGNALS, *lists)).read(given_, consent, NOW)
    assert firsts == tuple(first_match(audiences, known, NOW.day) for audiences in lists)
    for name, signal in SIGNALS.items():
        value, problem, _ = SignalReader(name, signal).read(given_.get(name), AT - EPOCH, consent)
        answers = (known.get(name), problems.get(name))
        assert answers == (None, None) if name not in given_ else answers == (None if problem else value, problem)
        assert type(answers[0]) is (type(value) if answers[0] is not None else type(None))


def test_a_field_of_a_link_is_noted_wherever_it_stands() -> None:
    """Also where an address is written among words, as in plain text."""
    content, texts = archive()
    placeholders = [msgspec.structs.replace(placeholder, encoder="plain") for placeholder in content.placeholders]
    sample = Library(msgspec.structs.replace(content, placeholders=tuple(placeholders)), texts)
    places = [(campaign, channel) for campaign in sample.campaigns for channel in sample.channels(campaign)]
    told = [sample.decide(campaign, channel=channel, at=AT).notes for campaign, channel in places]
    assert any(Note("field", "account_url", Problem.MISSING) in notes for notes in told)
