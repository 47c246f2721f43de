"""Who gets which variant, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, strategies as st

from assembler.review.gallery.matrix import Heading, Matrix, audience, make_matrix

SEGMENTS = ("loyal", "new_friend")
STAGES = ("browsing", "buying")
DEFAULT = 0

Cell = tuple[str | None, str | None]


def table(cells: Mapping[Cell, int], segments: Sequence[str] = SEGMENTS, stages: Sequence[str] = STAGES) -> Matrix:
    """The table where these cells get another variant than the default."""
    return make_matrix(segments, stages, cells, DEFAULT)


def labels(headings: Sequence[Heading]) -> list[str]:
    return [heading.label for heading in headings]


def drawn(matrix: Matrix) -> list[list[int]]:
    """The variant at each place of the table; every place is filled once."""
    places: dict[tuple[int, int], int] = {}
    for cell in matrix.cells:
        for place in product(range(cell.row, cell.row + cell.height), range(cell.column, cell.column + cell.width)):
            assert place not in places
            places[place] = cell.variant
    assert len(places) == len(matrix.rows) * len(matrix.columns)
    return [[places[row, column] for column in range(len(matrix.columns))] for row in range(len(matrix.rows))]


def test_where_everyone_gets_the_default_there_is_one_cell() -> None:
    matrix = table({})
    assert labels(matrix.rows) == ["everyone"]
    assert labels(matrix.columns) == ["every stage"]
    assert drawn(matrix) == [[DEFAULT]]


def test_segments_that_get_the_same_share_a_row_and_everyone_else_is_last() -> None:
    matrix = table({("loyal", stage): 1 for stage in (*STAGES, None)})
    assert labels(matrix.rows) == ["loyal", "new friend and everyone else"]
    assert drawn(matrix) == [[1], [DEFAULT]]


def test_the_column_of_any_stage_is_first_and_those_like_it_stand_beside_it() -> None:
    cells: dict[Cell, int] = {("loyal", "browsing"): 1, ("new_friend", "browsing"): 1, ("loyal", "buying"): 2}
    matrix = table(cells)
    assert labels(matrix.columns) == ["any stage", "buying", "browsing"]
    assert drawn(matrix) == [[0, 2, 1], [0, 0, 1], [0, 0, 0]]


def test_neighbours_that_share_a_variant_are_one_cell() -> None:
    cells: dict[Cell, int] = {("loyal", None): 1, ("loyal", "buying"): 1, ("loyal", "browsing"): 2}
    matrix = table(cells)
    assert [(cell.variant, cell.width, cell.height) for cell in matrix.cells if cell.variant] == [(1, 1, 1), (2, 1, 1)]
    assert labels(matrix.columns) == ["buying and any stage", "browsing"]


def test_what_is_there_again_elsewhere_is_a_repeat() -> None:
    cells: dict[Cell, int] = {("loyal", "browsing"): 1, ("vip", "buying"): 1}
    matrix = table(cells, segments=("loyal", "vip"))
    assert [cell.repeat for cell in matrix.cells if cell.variant == 1] == [False, True]


def test_of_many_names_only_the_rest_is_told_and_the_names_are_small() -> None:
    segments = ("one", "two", "three", "four")
    matrix = table({("four", None): 1}, segments=segments)
    assert matrix.rows == (Heading(label="four"), Heading(label="everyone else", names="one, two and three"))


def test_three_names_are_told_in_full() -> None:
    matrix = table({("three", None): 1}, segments=("one", "two", "three"))
    assert labels(matrix.rows) == ["three", "one, two and everyone else"]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("a", "b", "c", None)), st.sampled_from(("x", "y", None))), st.integers(0, 3)
    )
)
def test_every_cell_gets_in_the_table_what_it_gets(cells: dict[Cell, int]) -> None:
    """Whatever is merged and however it is ordered, reading a name's row and column gives its variant."""
    segments, stages = ("a", "b", "c"), ("x", "y")
    matrix = make_matrix(segments, stages, cells, DEFAULT)
    grid = drawn(matrix)
    names: list[tuple[Sequence[Heading], str, Sequence[str]]] = [
        (matrix.rows, "everyone else", segments),
        (matrix.columns, "any stage", stages),
    ]

    def place(headings: Sequence[Heading], other: str, name: str | None) -> int:
        def holds(heading: Heading) -> bool:
            told = f"{heading.label}, {heading.names}".replace(" and ", ", ").split(", ")
            return (name or other) in told or (name is None and heading.label == "every other stage")

        return 0 if len(headings) == 1 else next(number for number, one in enumerate(headings) if holds(one))

    for segment, stage in product((*segments, None), (*stages, None)):
        row, column = (
            place(headings, other, name) for (headings, other, _), name in zip(names, (segment, stage), strict=True)
        )
        assert grid[row][column] == cells.get((segment, stage), DEFAULT)


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        (["browsing", "buying", None], "loyal: every stage"),
        (["buying", None], "loyal: every stage but browsing"),
        (["browsing", "buying"], "loyal: browsing and buying"),
        ([None], "loyal: any stage"),
        (["buying"], "loyal: buying"),
    ],
)
def test_who_gets_a_variant_is_told_by_segment(stages: Sequence[str | None], told: str) -> None:
    assert audience([("loyal", stage) for stage in stages], STAGES) == [told]


def test_a_line_for_each_segment() -> None:
    assert audience([("new_friend", "buying"), (None, "buying")], STAGES) == [
        "new friend: buying",
        "everyone else: buying",
    ]
