"""Fewer rows that show the same."""

from __future__ import annotations

import pytest

from assembler.authoring.outcomes.possible_rows import PossibleRows, Row
from assembler.review.sampling.covering import mask_of
from assembler.review.sampling.tabu_search import fewer_rows
from tests.review.sampling.counter import Instance
from tests.review.sampling.instance import graph

SQUARE = Instance([3, 3], excludes=[], requires=[])
"""Two slots of three: nine rows, each with a pair of its own."""


def shown(rows: list[Row]) -> set[tuple[int, int]]:
    """The pairs that rows show."""
    return {(one, two) for row in rows for one in row for two in row if one <= two}


def needing(rows: list[Row]) -> dict[int, int]:
    """All that some rows show, as what is needed."""
    needed: dict[int, int] = {}
    for row in rows:
        for value in row:
            needed[value] = needed.get(value, 0) | mask_of(row)
    return needed


def all_rows(possible: PossibleRows) -> list[Row]:
    return list(possible.rows())


def test_a_row_for_each_pair_is_the_least() -> None:
    possible = graph(SQUARE)
    rows = all_rows(possible)
    assert fewer_rows(possible, needing(rows), rows) == rows


def test_rows_that_show_nothing_of_their_own_go() -> None:
    possible = graph(SQUARE)
    rows = all_rows(possible)
    doubled = [*rows, *rows]
    fewer = fewer_rows(possible, needing(rows), doubled)
    assert sorted(fewer) == rows


def test_where_nothing_is_needed_all_rows_go() -> None:
    possible = graph(SQUARE)
    assert fewer_rows(possible, {}, all_rows(possible)) == []


@pytest.mark.parametrize(("count", "left"), [(0, 0), (1, 1), (2, 1), (300, 1), (301, 301)])
def test_how_many_rows_are_looked_at(count: int, left: int) -> None:
    """One row cannot be fewer, and more than 300 would take too long."""
    possible = graph(SQUARE)
    row = all_rows(possible)[0]
    assert fewer_rows(possible, needing([row]), [row] * count) == [row] * left


def test_values_are_exchanged_for_possible_ones_alone() -> None:
    """Of three slots of two, four rows show every pair; with an exclusion, rows stay possible."""
    free = Instance([2, 2, 2], excludes=[], requires=[])
    possible = graph(free)
    rows = all_rows(possible)
    fewer = fewer_rows(possible, needing(rows), rows)
    assert len(fewer) == 4
    assert shown(fewer) == shown(rows)
    bound = Instance([2, 2, 2], excludes=[((0, 1), (2, 1))], requires=[])
    possible = graph(bound)
    rows = all_rows(possible)
    fewer = fewer_rows(possible, needing(rows), rows)
    assert len(fewer) < len(rows)
    assert shown(fewer) == shown(rows)
    assert all(map(possible.holds, fewer))
