"""Three-valued logic, and the promise that what is unknown never matches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from assembler.library.records import Among, Audience, Both, Compare, Either, Known, Literals, Not, Rule, Signal
from assembler.runtime.audiences import Audiences
from assembler.runtime.rules import Value, first_match, truth
from tests.runtime.sample import AT, DAY, DEFAULTS, library

TODAY = date(2026, 11, 22)
ATOMS: dict[bool | None, Rule] = {
    True: Compare(signal="a", operator="==", value=1),
    False: Compare(signal="a", operator="==", value=2),
    None: Compare(signal="unheard", operator="==", value=1),
}
TRUTHS = (True, False, None)


def evaluate(rule: Rule, **known: Value) -> bool | None:
    return truth(rule, {"a": 1, **known}, TODAY.toordinal())


@pytest.mark.parametrize(("value", "negated"), [(True, False), (False, True), (None, None)])
def test_not(value: bool | None, negated: bool | None) -> None:
    assert evaluate(Not(rule=ATOMS[value])) is negated


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_and_is_the_least_true(left: bool | None, right: bool | None) -> None:
    least = False if False in (left, right) else None if None in (left, right) else True
    assert evaluate(Both(rules=(ATOMS[left], ATOMS[right]))) is least


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_or_is_the_most_true(left: bool | None, right: bool | None) -> None:
    most = True if True in (left, right) else None if None in (left, right) else False
    assert evaluate(Either(rules=(ATOMS[left], ATOMS[right]))) is most


@pytest.mark.parametrize(
    ("operator", "below", "same", "above"),
    [
        ("==", False, True, False),
        ("!=", True, False, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_comparisons(operator: Any, below: bool, same: bool, above: bool) -> None:
    rule = Compare(signal="n", operator=operator, value=7)
    assert [evaluate(rule, n=n) for n in (6.5, 7, 8)] == [below, same, above]


def test_in_a_list() -> None:
    rule = Among(signal="s", values=("boots", "jackets"))
    assert (evaluate(rule, s="boots"), evaluate(rule, s="packs"), evaluate(rule)) == (True, False, None)


def test_known_is_never_unknown() -> None:
    assert (evaluate(Known(signal="s"), s=""), evaluate(Known(signal="s"))) == (True, False)


@pytest.mark.parametrize(("day", "days"), [("2026-11-22", 0), ("2026-11-20", 2), ("2026-11-25", -3)])
def test_days_since_counts_whole_days_and_is_negative_ahead(day: str, days: int) -> None:
    rule = Compare(signal="d", operator="==", value=days, days=True)
    assert evaluate(rule, d=date.fromisoformat(day)) is True


def test_the_first_audience_that_is_true_is_taken() -> None:
    audiences = tuple(Audience(id=str(value), rule=ATOMS[value]) for value in (None, False, True, True))
    assert first_match(audiences, {"a": 1}, 0) == "True"
    assert first_match(audiences[:2], {"a": 1}, 0) is None


# --- the index agrees with the definition -------------------------------------------------------------------------

SIGNAL_LITERALS: dict[str, st.SearchStrategy[Any]] = {
    "n": st.integers(-3, 3) | st.sampled_from([0.5, -1.5]),
    "s": st.sampled_from(["a", "b", "c"]),
    "b": st.booleans(),
    "d": st.integers(-2, 4),
}


@st.composite
def atomic_rules(draw: st.DrawFn) -> Rule:
    signal = draw(st.sampled_from(sorted(SIGNAL_LITERALS)))
    literals = SIGNAL_LITERALS[signal]
    days = signal == "d"
    operators = ("==", "!=", "<", "<=", ">", ">=") if signal in "nd" else ("==", "!=")
    return draw(
        st.one_of(
            st.builds(
                Compare,
                signal=st.just(signal),
                operator=st.sampled_from(operators),
                value=literals,
                days=st.just(days),
            ),
            st.builds(
                Among, signal=st.just(signal), values=st.lists(literals, max_size=3).map(tuple), days=st.just(days)
            ),
            st.builds(Known, signal=st.just(signal)),
        )
    )


def _compound(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(rules, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, rule=rules), st.builds(Both, rules=several), st.builds(Either, rules=several))


RULES = st.recursive(atomic_rules(), _compound, max_leaves=8)
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-5, 5) | st.floats(-4, 4),
        "s": st.sampled_from(["", "a", "aa", "b", "z"]),
        "b": st.booleans(),
        "d": st.integers(-4, 6).map(lambda days: TODAY - timedelta(days=days)),
    },
)


@given(st.lists(RULES, max_size=6), KNOWN)
def test_the_index_finds_the_first_audience_that_is_true(rules: list[Rule], known: dict[str, Value]) -> None:
    audiences = tuple(Audience(id=str(number), rule=rule) for number, rule in enumerate(rules))
    day = TODAY.toordinal()
    half = len(audiences) // 2
    lists = audiences[:half], audiences[half:]
    assert Audiences(*lists).first(known, day) == tuple(first_match(each, known, day) for each in lists)


def test_a_rule_that_multiplies_out_to_very_much_is_still_right() -> None:
    pairs = tuple(
        Either(rules=tuple(Compare(signal=f"s{number}{letter}", operator="==", value=1) for letter in "ab"))
        for number in range(20)
    )
    audiences = Audiences((Audience(id="all", rule=Both(rules=pairs)),))
    assert audiences.first({f"s{number}a": 1 for number in range(20)}, 0) == ("all",)
    assert audiences.first({f"s{number}a": 1 for number in range(19)}, 0) == (None,)


# --- seven ways not to know x every kind x every operator ---------------------------------------------------------

KINDS: dict[str, tuple[Signal, object, Literals, object]] = {
    "integer": (Signal(kind="integer", low=0, high=600, max_age=DAY, consent="marketing"), 7, 7, 601),
    "number": (Signal(kind="number", low=0, high=600, max_age=DAY, consent="marketing"), 7.5, 7.5, -0.1),
    "boolean": (Signal(kind="boolean", max_age=DAY, consent="marketing"), False, False, None),
    "text": (Signal(kind="text", max_age=DAY, consent="marketing"), "Leeds", "Leeds", None),
    "choice": (Signal(kind="choice", values=("a", "b"), max_age=DAY, consent="marketing"), "a", "a", "c"),
    "date": (Signal(kind="date", max_age=DAY, consent="marketing"), "2026-11-20", 2, None),
}
WRONG_TYPE = {"integer": 7.5, "number": "7", "boolean": 0, "text": 7, "choice": 1, "date": 20261120}
OPERATORS = {
    "integer": ("==", "!=", "<", "<=", ">", ">="),
    "number": ("==", "!=", "<", "<=", ">", ">="),
    "boolean": ("==", "!="),
    "text": ("==", "!="),
    "choice": ("==", "!="),
    "date": ("==", "!=", "<", "<=", ">", ">="),
}


def context_of(kind: str, state: str) -> dict[str, object] | None:
    """A context in which the signal `s` of the kind is in that state, or None where there is no such state."""
    _, good, _, outside = KINDS[kind]
    if state == "consent":
        return {"signals": {"s": good}}
    hours = {"stale": 25, "future": -1}.get(state, 1)
    values = {"null": None, "blank": " \u200b", "type": WRONG_TYPE[kind], "range": outside}
    if state == "range" and outside is None:
        return None
    signals: dict[str, object] = {
        "s": {"value": values.get(state, good), "observed_at": (AT - timedelta(hours=hours)).isoformat()}
    }
    return {"signals": {} if state == "missing" else signals, "consent": ["marketing"]}


def rules_over(kind: str) -> list[Rule]:
    """Every comparison of a signal of the kind with a literal, and every negation of one."""
    literal = KINDS[kind][2]
    days = kind == "date"
    plain: list[Rule] = [
        Compare(signal="s", operator=operator, value=literal, days=days)  # type: ignore[arg-type]
        for operator in OPERATORS[kind]
    ]
    plain.append(Among(signal="s", values=(literal,), days=days))
    either_way: Rule = Either(rules=(plain[0], Not(rule=plain[0])))
    return [*plain, *(Not(rule=rule) for rule in plain), either_way]


STATES = ("missing", "null", "blank", "type", "range", "stale", "future", "consent")


@pytest.mark.parametrize(("state", "kind"), list(product(STATES, KINDS)))
def test_what_is_not_known_never_matches(state: str, kind: str) -> None:
    context = context_of(kind, state)
    if context is None:
        return
    for rule in rules_over(kind):
        made = library(DEFAULTS, signals={"s": KINDS[kind][0]}, segments=(Audience(id="it", rule=rule),), stages=())
        explanation = made.explain("come_back", channel="email", context=context)
        assert explanation.segments[0].result is None, rule
        assert explanation.decision.segment is None
        problem = "missing" if state == "null" else state
        notes = [note.to_dict() for note in explanation.decision.notes if note.kind == "signal"]
        assert notes == [{"signal": "s", "problem": problem}]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_known_matches(kind: str) -> None:
    for rule in rules_over(kind):
        made = library(DEFAULTS, signals={"s": KINDS[kind][0]}, segments=(Audience(id="it", rule=rule),), stages=())
        explanation = made.explain("come_back", channel="email", context=context_of(kind, "known"))
        result = explanation.segments[0].result
        assert result is not None
        assert explanation.decision.segment == ("it" if result else None)
        assert [note for note in explanation.decision.notes if note.kind == "signal"] == []


def test_the_day_changes_at_midnight_utc() -> None:
    rule = Compare(signal="last_visit", operator="==", value=1, days=True)
    made = library(segments=(Audience(id="yesterday", rule=rule),))
    for at, segment in [
        (datetime(2026, 11, 21, 23, 59, 59, 999_999, UTC), None),
        (datetime(2026, 11, 22, tzinfo=UTC), "yesterday"),
        (datetime.fromisoformat("2026-11-23T01:59:59+02:00"), "yesterday"),
        (datetime.fromisoformat("2026-11-23T02:00:00+02:00"), None),
    ]:
        context = {"signals": {"last_visit": "2026-11-21"}}
        assert made.decide("come_back", channel="email", context=context, at=at).segment == segment
