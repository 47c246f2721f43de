"""A graph of rows says of them what a list would say, on random graphs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from assembler.authoring.outcomes import possible_rows
from assembler.authoring.outcomes.possible_rows import PossibleRows, Row, TooManyStates, bits, grow
from tests.examples import examples

Steps = list[dict[int, list[tuple[int, int]]]]
"""Of each slot: from each state, the values that may follow, and the states to which they lead."""

WIDTH = 3


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    """A few slots of three states and three values of their own; from each state some value leads on."""
    slots = draw(st.integers(0, 4))
    edges = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(0, WIDTH - 1)), min_size=1, max_size=4)
    return [
        {state: [(slot * WIDTH + value, after) for value, after in draw(edges)] for state in range(WIDTH)}
        for slot in range(slots)
    ]


def graph(steps: Steps, starts: Iterable[int], most: int = 1_000) -> PossibleRows:
    return grow(starts, len(steps), lambda slot, state: steps[slot][state], most)


def listed(steps: Steps, starts: Iterable[int]) -> set[Row]:
    """Every row, by walking through every path."""
    paths: list[tuple[Row, int]] = [((), state) for state in starts]
    for here in steps:
        paths = [((*row, value), after) for row, state in paths for value, after in here[state]]
    return {row for row, _ in paths}


@given(steps(), st.sets(st.integers(0, WIDTH - 1), min_size=1))
@settings(max_examples=examples(300), deadline=None)
def test_rows_are_those_of_the_paths(steps: Steps, starts: set[int]) -> None:
    possible, rows = graph(steps, starts), listed(steps, starts)
    assert list(possible.rows()) == sorted(rows)
    assert possible.slots == len(steps)
    every = product(*(range(slot * WIDTH, (slot + 1) * WIDTH) for slot in range(len(steps))))
    assert {row for row in every if possible.holds(row)} == rows
    beginnings = {row[:count] for row in rows for count in range(len(steps) + 1)}
    assert all(possible.holds(row) for row in beginnings)
    counts = tuple(len({row[: count + 1] for row in rows}) for count in range(len(steps)))
    assert possible.beginnings() == counts
    assert possible.slot_of() == {value: slot for row in rows for slot, value in enumerate(row)}


@given(steps(), st.sets(st.integers(0, WIDTH - 1), min_size=1))
@settings(max_examples=examples(200), deadline=None)
def test_partners_share_a_row(steps: Steps, starts: set[int]) -> None:
    possible, rows = graph(steps, starts), listed(steps, starts)
    partners = {(one, other) for one, mask in possible.partners().items() for other in bits(mask)}
    assert partners == {pair for row in rows for pair in product(row, row)}


@given(steps(), st.data())
@settings(max_examples=examples(200), deadline=None)
def test_a_path_leads_through_what_is_wanted(steps: Steps, data: st.DataObject) -> None:
    possible = graph(steps, range(WIDTH))
    rows = sorted(listed(steps, range(WIDTH)))
    if not steps:
        return
    row = data.draw(st.sampled_from(rows))
    wanted = {slot: row[slot] for slot in data.draw(st.sets(st.integers(0, len(steps) - 1), min_size=1))}
    leading = possible.leading(wanted)
    assert len(leading) == max(wanted) + 1
    kept = [other for other in rows if all(other[slot] == value for slot, value in wanted.items())]
    nodes = tuple(node for node in possible.start if node in leading[0])
    reached: list[tuple[Row, tuple[int, ...]]] = [((), nodes)]
    for slot in range(max(wanted) + 1):
        ahead = leading[slot + 1] if slot + 1 < len(leading) else None
        reached = [
            ((*before, value), tuple(node for node in leads if ahead is None or node in ahead))
            for before, here in reached
            for value, leads in possible.moves(slot, here).items()
            if wanted.get(slot, value) == value
        ]
    assert {before for before, here in reached if here} == {other[: max(wanted) + 1] for other in kept}


@pytest.mark.parametrize(("number", "expected"), [(0, []), (1, [0]), (6, [1, 2]), (1 << 70 | 1, [0, 70])])
def test_bits(number: int, expected: list[int]) -> None:
    assert bits(number) == expected


def remembering(slots: int, most: int) -> PossibleRows:
    """Of each slot two values, all of which are remembered: 2, 4, 8 and so on nodes."""
    nothing: Row = ()
    return grow([nothing], slots, lambda slot, held: [(2 * slot + value, (*held, value)) for value in (0, 1)], most)


def test_as_many_nodes_as_are_allowed_and_one_more() -> None:
    assert remembering(3, most=2 + 4 + 8).beginnings() == (2, 4, 8)
    with pytest.raises(TooManyStates) as caught:
        remembering(3, most=2 + 4 + 7)
    assert (caught.value.most, caught.value.beginnings) == (13, (2, 4))
    assert str(caught.value) == "more than 13 beginnings of a variant that later slots tell apart"


def test_as_many_states_of_counting_as_are_allowed_and_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    possible = PossibleRows(
        [[((0, 0), (1, 0), (1, 1))], [((2, 0), (3, 1)), ((2, 1), (4, 0))], [((5, 0),), ((6, 0),)]], (0,)
    )
    monkeypatch.setattr(possible_rows, "MOST_STATES", 4)
    assert possible.beginnings() == (2, 5, 6)
    monkeypatch.setattr(possible_rows, "MOST_STATES", 3)
    with pytest.raises(TooManyStates) as caught:
        possible.beginnings()
    assert (caught.value.most, caught.value.beginnings) == (3, (2,))
