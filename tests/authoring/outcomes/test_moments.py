"""A window is open from its start to before its end."""

from __future__ import annotations

import pytest

from assembler.authoring.outcomes.moments import first_open, moments, windows
from assembler.library.records import Window
from assembler.runtime.choose import slot_plans
from tests.authoring.outcomes.records import component, library

ALWAYS, FROM, UNTIL, BETWEEN = Window(), Window(start=10), Window(end=20), Window(start=10, end=20)
LONG_AGO = -(1 << 63)


@pytest.mark.parametrize(
    ("together", "since", "expected"),
    [
        ([], 5, 5),
        ([ALWAYS], 5, 5),
        ([FROM], 9, 10),
        ([FROM], 10, 10),
        ([FROM], 11, 11),
        ([UNTIL], 19, 19),
        ([UNTIL], 20, None),
        ([BETWEEN], 0, 10),
        ([BETWEEN], 19, 19),
        ([BETWEEN], 20, None),
        ([FROM, UNTIL], 0, 10),
        ([Window(start=19), UNTIL], 0, 19),
        ([Window(start=20), UNTIL], 0, None),
        ([Window(start=12), BETWEEN, Window(start=15)], 0, 15),
        ([Window(start=20, end=10)], 0, None),
        ([Window(start=10, end=10)], 0, None),
    ],
)
def test_the_first_moment_at_which_all_are_open(together: list[Window], since: int, expected: int | None) -> None:
    assert first_open(together, since) == expected


def test_a_window_without_a_start_was_always_open() -> None:
    assert first_open([ALWAYS]) == first_open([UNTIL, ALWAYS]) == LONG_AGO
    assert first_open([FROM, UNTIL]) == 10


@pytest.mark.parametrize(
    ("changing", "since", "ends", "expected"),
    [
        ([], 5, [], (5,)),
        ([BETWEEN], 5, [], (5, 10, 20)),
        ([BETWEEN], 9, [], (9, 10, 20)),
        ([BETWEEN], 10, [], (10, 20)),
        ([BETWEEN], 19, [], (19, 20)),
        ([BETWEEN], 20, [], (20,)),
        ([UNTIL, FROM, BETWEEN], 0, [15, None, 10, -1], (0, 10, 15, 20)),
    ],
)
def test_the_moments_at_which_something_changes(
    changing: list[Window], since: int, ends: list[int | None], expected: tuple[int, ...]
) -> None:
    assert moments(changing, since, ends) == expected


def test_the_windows_of_a_plan_are_those_of_its_candidates() -> None:
    content = library({"a": [component("a/a", window=FROM)], "b": [component("b/a"), component("b/b", window=UNTIL)]})
    (plan,) = slot_plans(content)
    assert windows(plan) == [FROM, ALWAYS, UNTIL]
