"""Places in a text file."""

from __future__ import annotations

import pytest

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import FARTHEST, Source


@pytest.mark.parametrize(("before", "is_found"), [(FARTHEST - 1, True), (FARTHEST, False)])
def test_a_text_is_looked_for_no_farther_than_so_many_characters(before: int, is_found: bool) -> None:
    source = Source("x.j2", f"a\n{' ' * before}b")
    after = source.at(2)
    assert source.find("b", after) == (Place("x.j2", 2, before + 1) if is_found else after)


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [(1, 1, (1, 3)), (1, 2, (2, 1)), (2, 1, (2, 3)), (3, 1, (3, 3)), (9, 1, (9, 3))],
)
def test_an_offset_goes_on_over_the_ends_of_lines(line: int, column: int, place: tuple[int, int]) -> None:
    """A line that the file has not is counted on as if it were long enough."""
    assert Source("x.j2", "ab\ncdef\ng").inside(2, line, column) == Place("x.j2", *place)


@pytest.mark.parametrize(("number", "text"), [(0, ""), (1, "a"), (2, "b"), (3, "")])
def test_a_line_that_is_not_there_is_empty(number: int, text: str) -> None:
    assert Source("x.j2", "a\nb").line(number) == text
