"""The index of audiences says what evaluating their conditions one by one says."""

from __future__ import annotations

from hypothesis import given, strategies as st

from assembler.conditions.evaluation import Value, first_match
from assembler.library.records import And, Audience, Compare, Condition, Or, Signal
from assembler.runtime.audiences import AudienceIndex
from tests.conditions.test_evaluation import KNOWN, RULES, TODAY

SIGNALS = {
    "n": Signal(kind="number"),
    "s": Signal(kind="text"),
    "b": Signal(kind="boolean"),
    "d": Signal(kind="date"),
}


@given(st.lists(RULES, max_size=6), KNOWN)
def test_the_index_finds_the_first_audience_that_is_true(conditions: list[Condition], known: dict[str, Value]) -> None:
    audiences = tuple(Audience(id=str(number), condition=condition) for number, condition in enumerate(conditions))
    day = TODAY.toordinal()
    half = len(audiences) // 2
    lists = audiences[:half], audiences[half:]
    index = AudienceIndex(SIGNALS, *lists)
    assert index.first(known, day) == tuple(first_match(audiences, known, day) for audiences in lists)


def pairs(count: int) -> tuple[AudienceIndex, list[str]]:
    """An index of an audience whose condition falls into two to the power of so many boxes, and its signals."""
    names = [f"s{number}{letter}" for number in range(count) for letter in "ab"]
    either = tuple(
        Or(conditions=tuple(Compare(signal=name, operator="==", value=1) for name in names[at : at + 2]))
        for at in range(0, len(names), 2)
    )
    signals = {name: Signal(kind="integer") for name in names}
    return AudienceIndex(signals, (Audience(id="all", condition=And(conditions=either)),)), names


@given(st.sampled_from([1, 9, 10, 11, 20]))
def test_a_condition_of_however_many_boxes_is_right(count: int) -> None:
    index, names = pairs(count)
    known: dict[str, Value] = dict.fromkeys(names[::2], 1)
    assert index.first(known, 0) == ("all",)
    assert index.first({**known, names[-2]: 2}, 0) == (None,)
    assert index.first(dict(list(known.items())[1:]), 0) == (None,)


def test_a_value_out_of_range_of_the_literals_lies_in_a_cell() -> None:
    signals = {"n": Signal(kind="integer", low=0, high=10)}
    audiences = tuple(
        Audience(id=f"{operator} {value}", condition=Compare(signal="n", operator=operator, value=value))
        for value in (-1, 0, 10, 11)
        for operator in ("==", "!=", "<", "<=", ">", ">=")
    )
    lists = tuple((audience,) for audience in audiences)
    index = AudienceIndex(signals, *lists)
    for number in range(11):
        known: dict[str, Value] = {"n": number}
        assert index.first(known, 0) == tuple(first_match(audiences, known, 0) for audiences in lists), number


def test_numbers_that_no_float_holds_cut_a_scale_like_others() -> None:
    """A file may have them in a range and in a condition; a value beyond `LARGEST` is never known."""
    huge = 10**400
    audiences = (
        Audience(id="below", condition=Compare(signal="n", operator="<", value=-huge)),
        Audience(id="above", condition=Compare(signal="n", operator=">", value=huge)),
        Audience(id="other", condition=Compare(signal="n", operator=">=", value=-huge)),
    )
    for signal in (
        Signal(kind="integer"),
        Signal(kind="number"),
        Signal(kind="integer", low=-10 * huge, high=10 * huge),
    ):
        index = AudienceIndex({"n": signal}, audiences)
        values = {"below": -huge - 1, "above": huge + 1, "other": huge}
        assert {name: index.first({"n": value}, 0) for name, value in values.items()} == {
            name: (name,) for name in values
        }
