"""A person who was read once is answered as their context is, by every way of asking."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from assembler import Decision, Library, Person, UnknownCampaign, Variant
from tests.examples import examples
from tests.promises.test_01_any_context_of_any_type_returns_a_variant import ANYTHING
from tests.runtime.sample import AT, PERSON, archive, library

LIBRARY = library()
OTHER = library(unassigned="default")
OBSERVED = st.sampled_from(
    ["2026-11-20T08:00:00Z", "2026-11-20t08:00:00+02:00", "2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z", "", AT,
     datetime.min.replace(tzinfo=timezone(timedelta(hours=23))), datetime(2026, 11, 20), None, 7]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [9, 9.0, 0, -1, 640.5, True, "boots", "", "x" * 1001, "2026-11-01", AT, AT.date(), None, [], {}]
)
RAW = VALUES | st.fixed_dictionaries({"value": VALUES, "observed_at": OBSERVED})
CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["c-42", 7, 7.0, "", None, "x" * 600]),
        "locale": st.sampled_from(["fr-CA", "en", 7, None]),
        "consent": st.sampled_from([["marketing"], [], None, "marketing"]),
        "signals": st.dictionaries(st.sampled_from([*LIBRARY.content.signals, "typo"]), RAW),
        "fields": st.dictionaries(st.sampled_from([*LIBRARY.content.fields, "typo"]), VALUES | st.just("O'Neil")),
        "segment": st.sampled_from(["lapsed", "nobody", None]),
        "stage": st.sampled_from(["win_back", 7, None]),
        "singals": st.just({}),
    },
)
AGAIN: list[Callable[[Person], Person]] = [lambda person: pickle.loads(pickle.dumps(person)), copy.copy, copy.deepcopy]


def answers(context: object, at: datetime | None) -> list[object]:
    """What every way of asking says."""
    said: list[object] = []
    for campaign, channel in (("come_back", "email"), ("come_back", "page"), ("welcome", "email")):
        variant = LIBRARY.assemble(campaign, channel=channel, context=context, at=at)
        said += [
            variant,
            dict(variant.encoded),
            LIBRARY.decide(campaign, channel=channel, context=context, at=at),
            LIBRARY.explain(campaign, channel=channel, context=context, at=at).to_dict(),
            LIBRARY.decide_many([context], campaign, channel=channel, at=at),
        ]
    return said


@given(context=CONTEXTS | ANYTHING)
@settings(max_examples=examples(300), deadline=None)
def test_a_person_gets_what_their_context_gets(context: object) -> None:
    person = LIBRARY.person(context, at=AT)
    assert answers(person, None) == answers(context, AT)


@pytest.mark.parametrize("again", AGAIN, ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize("context", [PERSON, None, 7], ids=["usual", "empty", "invalid"])
def test_a_person_who_is_pickled_or_copied_is_the_same(again: Callable[[Person], Person], context: object) -> None:
    assert answers(again(LIBRARY.person(context, at=AT)), None) == answers(context, AT)


class Changing(tzinfo):
    """A time zone that says something else each time."""

    hours = 0

    def utcoffset(self, at: datetime | None) -> timedelta:
        self.hours = (self.hours + 1) % 20
        return timedelta(hours=self.hours)

    def dst(self, at: datetime | None) -> None:
        return None

    def tzname(self, at: datetime | None) -> None:
        return None


def test_what_is_changed_after_reading_changes_nothing() -> None:
    signals: dict[str, Any] = {"months": {"value": 9, "observed_at": "2026-11-20T08:00:00Z"}, "city": ["x"]}
    context: dict[str, Any] = {
        "id": "c-1",
        "consent": ["marketing"],
        "signals": signals,
        "fields": {"first_name": "Maya"},
    }
    person = LIBRARY.person(context, at=AT)
    before = answers(person, None)
    signals["months"]["value"] = 1
    signals["city"].append("y")
    context["consent"].clear()
    context["fields"]["first_name"] = "Nell"
    context["id"] = "c-2"
    assert answers(person, None) == before
    observed = {"signals": {"last_visit": {"value": "2026-11-01", "observed_at": AT.replace(tzinfo=Changing())}}}
    changing = LIBRARY.person(observed, at=AT)
    assert answers(changing, None) == answers(changing, None)


def test_a_person_was_read_at_a_moment() -> None:
    person = LIBRARY.person(PERSON, at=AT)
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain):
        with pytest.raises(TypeError, match="has no `at`"):
            ask("come_back", channel="email", context=person, at=AT)
    with pytest.raises(TypeError, match="has no `at`"):
        LIBRARY.person(person, at=AT)
    with pytest.raises(TypeError, match="has no `at`"):
        LIBRARY.decide_many([person], "come_back", channel="email", at=AT)
    with pytest.raises(TypeError, match="aware"):
        LIBRARY.person(PERSON, at=datetime(2026, 11, 22))
    assert LIBRARY.person(person) == person


def test_a_person_of_another_library_gets_the_default_by_error() -> None:
    person = OTHER.person(PERSON, at=AT)
    decision = LIBRARY.decide("come_back", channel="email", context=person)
    assert (decision.reason, decision.error_code) == ("ERROR", "INVALID_CONTEXT")
    assert OTHER.decide("come_back", channel="email", context=person).error_code is None


def test_a_person_shows_no_value_of_theirs() -> None:
    shown = repr(LIBRARY.person(PERSON, at=AT))
    assert "\n" not in shown
    assert all(value not in shown for value in ("Ma ya", "c-42", "640", "harbourandpine"))


def test_a_fault_while_a_person_is_read_gives_the_default_in_their_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Exception] = []
    sample = Library(*archive(), clock=lambda: AT, on_error=told.append)
    with monkeypatch.context() as patch:
        patch.setattr("assembler.runtime.context.ContextReader.read", lambda *_: 1 // 0)
        person = sample.person(PERSON)
    variant = sample.assemble("come_back", channel="email", context=person)
    assert (variant.decision.reason, variant.decision.error_code, variant.decision.locale) == ("ERROR", "GENERAL", "fr")
    assert variant.encoded == sample.default("come_back", channel="email", locale="fr").encoded
    assert [type(error) for error in told] == [ZeroDivisionError]


def test_a_fault_after_a_person_was_read_gives_the_default_in_their_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = library()
    person = sample.person(PERSON)
    monkeypatch.setattr("assembler.runtime.decide.Decider.decide", lambda *_: 1 // 0)
    decision = sample.assemble("come_back", channel="email", context=person).decision
    assert (decision.error_code, decision.locale) == ("GENERAL", "fr")


FORGED: list[dict[str, Any]] = [
    {"locale": "xx"}, {"locale": []}, {"library": None}, {"error": "odd"}, {"signals": None}, {"values": None},
    {"id": 7}, {"at": None}, {"problems": None}, {"notes": None}, {"encoded": 7},
]  # fmt: skip


@pytest.mark.parametrize("change", FORGED, ids=repr)
def test_a_person_who_was_tampered_with_raises_nothing(change: dict[str, Any]) -> None:
    person = msgspec.structs.replace(LIBRARY.person(PERSON), **change)
    for ask in (LIBRARY.assemble, LIBRARY.decide, LIBRARY.explain):
        answer: Any = ask("come_back", channel="email", context=person)
        assert answer is not None
        if isinstance(answer, Variant):
            assert answer.encoded["html"]


class OddKind(type):
    """A class of classes that cannot be hashed, nor asked for its instances."""

    def __hash__(cls) -> int:
        raise RuntimeError("injected")

    def __iter__(cls) -> Iterator[object]:
        return iter([PERSON])


class OddClass(metaclass=OddKind):
    """Is looked at as many contexts."""


@pytest.mark.parametrize("value", [OddClass, OddClass()], ids=["class", "instance"])
def test_a_person_with_a_value_of_any_kind_gets_what_their_context_gets(value: object) -> None:
    observed = {"value": value, "observed_at": value}
    context = {**PERSON, "signals": {"months": value, "spend": observed}, "fields": {"first_name": value}}
    assert answers(LIBRARY.person(context, at=AT), None) == answers(context, AT)
    assert LIBRARY.person(context, at=AT).error is None


def test_contexts_of_any_kind_are_told_without_their_code() -> None:
    odd: Any = OddClass
    assert len(LIBRARY.decide_many(odd, "come_back", channel="email")) == 1
    with pytest.raises(TypeError, match="many contexts"):
        LIBRARY.decide_many(bytearray(b"c-42"), "come_back", channel="email")


def test_what_iterating_contexts_raises_is_the_callers() -> None:
    def broken() -> Iterator[object]:
        yield PERSON
        raise ValueError("theirs")

    with pytest.raises(ValueError, match="theirs"):
        LIBRARY.decide_many(broken(), "come_back", channel="email")


class OddList(list[object]):
    """Has no members, if one asks itself."""

    def _raise(self, *_: object) -> Any:
        raise RuntimeError("injected")

    __iter__ = __len__ = __getitem__ = __bool__ = __reversed__ = __contains__ = _raise


class OddTuple(tuple[object, ...]):
    """Says that it has another member."""

    __slots__ = ()

    def __iter__(self) -> Iterator[object]:
        return iter([7])


@pytest.mark.parametrize(
    "contexts", [OddList([PERSON, OddList()]), OddTuple([PERSON, OddList()])], ids=["list", "tuple"]
)
def test_a_list_of_any_class_is_gone_through_as_a_list(contexts: list[object]) -> None:
    decisions = LIBRARY.decide_many(contexts, "come_back", channel="email")
    assert decisions == [LIBRARY.decide("come_back", channel="email", context=context) for context in (PERSON, 7)]


def test_what_cannot_be_gone_through_is_a_bad_call() -> None:
    odds: list[Any] = [None, 7, object(), True]
    for odd in odds:
        with pytest.raises(TypeError):
            LIBRARY.decide_many(odd, "come_back", channel="email")


def test_many_are_decided_in_order() -> None:
    contexts: list[object] = [{"id": "c-1", "segment": "lapsed"}, None, 7, LIBRARY.person(PERSON, at=AT), PERSON]
    decisions = LIBRARY.decide_many(iter(contexts), "come_back", channel="email")
    wanted = [LIBRARY.decide("come_back", channel="email", context=context) for context in contexts]
    assert decisions == wanted
    assert {type(decision) for decision in decisions} == {Decision}
    assert LIBRARY.decide_many([], "come_back", channel="email") == []
    with pytest.raises(UnknownCampaign):
        LIBRARY.decide_many([], "come_bak", channel="email")
    with pytest.raises(TypeError, match="aware"):
        LIBRARY.decide_many([], "come_back", channel="email", at=datetime(2026, 11, 22))
    ones: list[Any] = [PERSON, "c-42", b"", LIBRARY.person(PERSON)]
    for one in ones:
        with pytest.raises(TypeError, match="many contexts"):
            LIBRARY.decide_many(one, "come_back", channel="email")
    assert LIBRARY.decide_many([PERSON], "come_back", channel="email", at=AT.astimezone(UTC))[0] == wanted[-1]
