"""Three-valued logic, and the index over the rules of audiences."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import strategies as st

from assembler.conditions.evaluation import Value, first_match, truth
from assembler.library.records import And, Audience, Compare, Condition, Known, Not, OneOf, Or
from tests.runtime.sample import library

TODAY = date(2026, 11, 22)
ATOMS: dict[bool | None, Condition] = {
    True: Compare(signal="a", operator="==", value=1),
    False: Compare(signal="a", operator="==", value=2),
    None: Compare(signal="unheard", operator="==", value=1),
}
TRUTHS = (True, False, None)


def evaluate(condition: Condition, **known: Value) -> bool | None:
    return truth(condition, {"a": 1, **known}, TODAY.toordinal())


@pytest.mark.parametrize(("value", "negated"), [(True, False), (False, True), (None, None)])
def test_not(value: bool | None, negated: bool | None) -> None:
    assert evaluate(Not(condition=ATOMS[value])) is negated


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_and_is_the_least_true(left: bool | None, right: bool | None) -> None:
    least = False if False in (left, right) else None if None in (left, right) else True
    assert evaluate(And(conditions=(ATOMS[left], ATOMS[right]))) is least


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_or_is_the_most_true(left: bool | None, right: bool | None) -> None:
    most = True if True in (left, right) else None if None in (left, right) else False
    assert evaluate(Or(conditions=(ATOMS[left], ATOMS[right]))) is most


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
    condition = Compare(signal="n", operator=operator, value=7)
    assert [evaluate(condition, n=n) for n in (6.5, 7, 8)] == [below, same, above]


def test_in_a_list() -> None:
    condition = OneOf(signal="s", values=("boots", "jackets"))
    assert (evaluate(condition, s="boots"), evaluate(condition, s="packs"), evaluate(condition)) == (True, False, None)


def test_known_is_never_unknown() -> None:
    assert (evaluate(Known(signal="s"), s=""), evaluate(Known(signal="s"))) == (True, False)


@pytest.mark.parametrize(("day", "days"), [("2026-11-22", 0), ("2026-11-20", 2), ("2026-11-25", -3)])
def test_days_since_counts_whole_days_and_is_negative_ahead(day: str, days: int) -> None:
    condition = Compare(signal="d", operator="==", value=days, days=True)
    assert evaluate(condition, d=date.fromisoformat(day)) is True


def test_the_first_audience_that_is_true_is_taken() -> None:
    audiences = tuple(Audience(id=str(value), condition=ATOMS[value]) for value in (None, False, True, True))
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
def atomic_conditions(draw: st.DrawFn, with_known: bool = True) -> Condition:
    """Comparisons of a signal with literals, and `known`, unless it is left out."""
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
                OneOf, signal=st.just(signal), values=st.lists(literals, max_size=3).map(tuple), days=st.just(days)
            ),
            st.builds(Known, signal=st.just(signal)) if with_known else st.nothing(),
        )
    )


def compound(conditions: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(conditions, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, condition=conditions), st.builds(And, conditions=several), st.builds(Or, conditions=several)
    )


RULES = st.recursive(atomic_conditions(), compound, max_leaves=8)
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-5, 5) | st.floats(-4, 4),
        "s": st.sampled_from(["", "a", "aa", "b", "z"]),
        "b": st.booleans(),
        "d": st.integers(-4, 6).map(lambda days: TODAY - timedelta(days=days)),
    },
)


# --- days --------------------------------------------------------------------------------------------------------


def test_the_day_changes_at_midnight_utc() -> None:
    condition = Compare(signal="last_visit", operator="==", value=1, days=True)
    sample = library(segments=(Audience(id="yesterday", condition=condition),))
    for at, segment in [
        (datetime(2026, 11, 21, 23, 59, 59, 999_999, UTC), None),
        (datetime(2026, 11, 22, tzinfo=UTC), "yesterday"),
        (datetime.fromisoformat("2026-11-23T01:59:59+02:00"), "yesterday"),
        (datetime.fromisoformat("2026-11-23T02:00:00+02:00"), None),
    ]:
        context = {"signals": {"last_visit": "2026-11-21"}}
        assert sample.decide("come_back", channel="email", context=context, at=at).segment == segment
