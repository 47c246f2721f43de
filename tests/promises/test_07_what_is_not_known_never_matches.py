"""A signal that is missing, null, blank, wrong, stale, future or unconsented is unknown; unknown never matches, negated
or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st

from assembler.conditions.evaluation import Value, truth
from assembler.library.records import And, Audience, Compare, Condition, Known, Literals, Not, OneOf, Or, Signal
from assembler.runtime.explain import Explanation
from tests.conditions.test_evaluation import KNOWN, TODAY, atomic_conditions, compound
from tests.runtime.sample import AT, DAY, DEFAULTS, library
from tests.test_cases import opened

# --- every state x every kind of signal x every operator, negated and not -----------------------------------------

KINDS: dict[str, tuple[Signal, object, Literals, object]] = {
    "integer": (Signal(kind="integer", low=0, high=600, max_age=DAY, consent="marketing"), 7, 7, 601),
    "number": (Signal(kind="number", low=0, high=600, max_age=DAY, consent="marketing"), 7.5, 7.5, -0.1),
    "boolean": (Signal(kind="boolean", max_age=DAY, consent="marketing"), False, False, None),
    "text": (Signal(kind="text", max_age=DAY, consent="marketing"), "Leeds", "Leeds", None),
    "choice": (Signal(kind="choice", values=("a", "b"), max_age=DAY, consent="marketing"), "a", "a", "c"),
    "date": (Signal(kind="date", max_age=DAY, consent="marketing"), "2026-11-20", 2, None),
}
"""Of each kind: a signal, a value of it, a literal that the value equals, and a value that is outside."""

WRONG_TYPES = {
    "integer": (7.5, "7", True, [7], float("nan")),
    "number": ("7", True, float("nan"), float("inf")),
    "boolean": (0, 1, "true", []),
    "text": (7, True, b"Leeds", ["Leeds"]),
    "choice": (1, True, ["a"]),
    "date": (20261120, "20 November", "2026-11-20T08:00:00", True),
}
SIX = ("==", "!=", "<", "<=", ">", ">=")
COMPARED = {
    "integer": SIX,
    "number": SIX,
    "boolean": ("==", "!="),
    "text": ("==", "!="),
    "choice": ("==", "!="),
    "date": SIX,
}
WAYS = ("missing", "null", "blank", "type", "range", "stale", "future", "consent")


def contexts_of(kind: str, state: str) -> Iterator[object]:
    """Contexts in which the signal `s` of the kind is in that state; none where there is no such state."""
    _, good, _, outside = KINDS[kind]
    if state == "consent":
        yield from ({"signals": {"s": good}, "consent": consent} for consent in ([], ["Marketing"], "marketing", None))
        return
    if state == "range" and outside is None:
        return
    hours = {"stale": 25, "future": -1}.get(state, 1)
    observed_at = (AT - timedelta(hours=hours)).isoformat()
    values: dict[str, tuple[object, ...]] = {
        "null": (None,), "blank": ("", " \u200b"), "type": WRONG_TYPES[kind], "range": (outside,),
    }  # fmt: skip
    for value in values.get(state, (good,)):
        observed = {"value": value, "observed_at": observed_at}
        yield {"signals": {} if state == "missing" else {"s": observed}, "consent": ["marketing"]}


def conditions_over(kind: str) -> list[Condition]:
    """Every comparison of a signal of the kind with a literal, every negation of one, and what is always true if the
    signal is known."""
    literal, days = KINDS[kind][2], kind == "date"
    plain: list[Condition] = [
        Compare(signal="s", operator=operator, value=literal, days=days)  # type: ignore[arg-type]
        for operator in COMPARED[kind]
    ]
    plain += [OneOf(signal="s", values=values, days=days) for values in ((literal,), ())]
    negated: list[Condition] = [Not(condition=condition) for condition in plain]
    doubly: list[Condition] = [Not(condition=condition) for condition in negated]
    either: list[Condition] = [Or(conditions=(condition, Not(condition=condition))) for condition in plain]
    both: list[Condition] = [
        Not(condition=And(conditions=(condition, Not(condition=condition)))) for condition in plain
    ]
    return [*plain, *negated, *doubly, *either, *both]


def explained(kind: str, context: object) -> Explanation:
    """The explanation for somebody, in a library of which the segments are all rules over a signal of the kind."""
    segments = tuple(
        Audience(id=f"rule_{number}", condition=condition) for number, condition in enumerate(conditions_over(kind))
    )
    sample = library(DEFAULTS, signals={"s": KINDS[kind][0]}, segments=segments, stages=segments)
    return sample.explain("come_back", channel="email", context=context)


@pytest.mark.parametrize(("state", "kind"), list(product(WAYS, KINDS)))
def test_what_is_not_known_never_matches(state: str, kind: str) -> None:
    for context in contexts_of(kind, state):
        explanation = explained(kind, context)
        assert {audience.result for audience in (*explanation.segments, *explanation.stages)} == {None}
        assert (explanation.decision.segment, explanation.decision.stage) == (None, None)
        problem = "missing" if state == "null" else state
        notes = [note.to_dict() for note in explanation.decision.notes if note.kind == "signal"]
        assert notes == [{"signal": "s", "problem": problem}]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_known_matches(kind: str) -> None:
    """The same rules, of the same signal, where it is known: none of them is unknown, and half are true."""
    (context,) = contexts_of(kind, "known")
    explanation = explained(kind, context)
    results = [audience.result for audience in explanation.segments]
    assert None not in results
    count = len(COMPARED[kind]) + 2
    plain, negated, doubly = (results[start * count : (start + 1) * count] for start in range(3))
    always = results[3 * count :]
    assert plain == [not result for result in negated] == doubly
    assert set(always) == {True}
    assert set(plain) == {True, False}
    assert explanation.decision.segment == f"rule_{results.index(True)}"
    assert [note for note in explanation.decision.notes if note.kind == "signal"] == []


# --- laws ----------------------------------------------------------------------------------------------------------

RULES = st.recursive(atomic_conditions(with_known=False), compound, max_leaves=8)
"""Rules of any form, but for `known`, which asks just that."""


@given(RULES)
def test_of_whom_nothing_is_known_nothing_is_true(condition: Condition) -> None:
    """Nor false, however often it is negated."""
    assert truth(condition, {}, TODAY.toordinal()) is None


@given(RULES, KNOWN, st.data())
def test_knowing_less_makes_nothing_true_or_false(
    condition: Condition, known: dict[str, Value], data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    fewer = truth(condition, {name: value for name, value in known.items() if name in kept}, TODAY.toordinal())
    assert fewer in (None, truth(condition, known, TODAY.toordinal()))


def test_known_is_how_to_ask_for_it() -> None:
    for known, expected in (({}, False), ({"s": ""}, True)):
        assert truth(Known(signal="s"), known, 0) is expected
        assert truth(Not(condition=Known(signal="s")), known, 0) is not expected


# --- the same in the decision cases: rules as people write them, through every way of asking -----------------------

ORDER = {"==", "!=", "<", "<=", ">", ">=", "in", "not in", "not", "known"}
EQUALITY = {"==", "!=", "in", "not in", "not", "known"}
OPERATORS = {
    "integer": ORDER,
    "number": ORDER,
    "boolean": EQUALITY | {"alone"},
    "text": EQUALITY,
    "choice": EQUALITY,
    "date": ORDER,
}
STATES = {"known true", "known false", "missing", "null", "blank", "type", "stale", "future", "consent"}
KINDS_WITH_A_RANGE = {"integer", "number", "choice"}


def test_every_operator_is_seen_for_every_kind_of_signal_in_every_state() -> None:
    wanted = {
        (operator, kind, state)
        for kind, operators in OPERATORS.items()
        for operator in operators
        for state in STATES | ({"range"} if kind in KINDS_WITH_A_RANGE else set())
        if (operator, state) != ("known", "known false")
    }
    assert set(_operators_seen()) == wanted


def _operators_seen() -> Iterator[tuple[str, str, str]]:
    """Operator, kind of signal and state of each case of operators.json, read from its rule and its expectation."""
    operators = opened("operators")
    conditions = {segment["id"]: segment["when"].split(" and ")[1] for segment in operators.settings["segments"]}
    for case in operators.cases:
        ((segment, result),) = case.expect["segments"].items()
        ((signal, reading),) = case.expect["signals"].items()
        operator, read = _parsed(conditions[segment])
        assert read == signal, case.name
        problem = reading["problem"]
        state = problem or f"known {str(result).lower()}"
        if problem is None:
            assert result is not None, case.name
        else:
            assert result is (False if operator == "known" else None), case.name
        if problem == "missing" and signal in case.context["signals"]:
            state = "null"
        yield operator, operators.settings["signals"][signal]["kind"], state


def _parsed(condition: str) -> tuple[str, str]:
    """The operator of a rule, and the signal that it reads."""
    match = re.fullmatch(r"(not )?(?:(known|days_since)\()?(\w+)\)?(?: (==|!=|<=?|>=?|in|not in) .+)?", condition)
    assert match, condition
    negated, function, signal, operator = match.groups()
    if negated:
        return "not", signal
    return operator or ("known" if function == "known" else "alone"), signal
