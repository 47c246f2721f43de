"""Every pair of segment and stage is a cell; components are for those that they name."""

from __future__ import annotations

import pytest

from assembler.authoring.outcomes.cells import Cell, cells, common_cells, named_stages
from assembler.library.records import Component
from assembler.runtime.choose import slot_plans
from tests.authoring.outcomes.records import component, library

CONTENT = library({}, segments=("s", "t"), stages=("x", "y"))


def test_every_segment_and_none_with_every_stage_and_none() -> None:
    assert cells(CONTENT) == [
        *(("s", "x"), ("s", "y"), ("s", None)),
        *(("t", "x"), ("t", "y"), ("t", None)),
        *((None, "x"), (None, "y"), (None, None)),
    ]
    assert cells(library({})) == [(None, None)]


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        ([component("a/a")], [(None, None)]),
        ([component("a/a", segments=("t", "s"))], [("s", None), ("t", None)]),
        ([component("a/a", segments=("s",), stages=("y", "x"))], [("s", "x"), ("s", "y")]),
        ([component("a/a", segments=())], []),
        ([component("a/a", segments=("unheard_of",))], []),
        ([component("a/a", segments=("s", "t")), component("a/b", segments=("t",))], [("t", None)]),
        ([component("a/a", segments=("s",)), component("a/b", stages=("x",))], [("s", "x")]),
        ([component("a/a", segments=("s",)), component("a/b", segments=("t",))], []),
    ],
)
def test_the_cells_that_components_name_together(components: list[Component], expected: list[Cell]) -> None:
    assert list(common_cells(components, CONTENT)) == expected


def test_the_stages_that_candidates_name() -> None:
    content = library(
        {"a": [component("a/a", stages=("x",)), component("a/b")], "b": [component("b/a", stages=("y", "x"))]},
        stages=("x", "y", "z"),
    )
    assert named_stages(slot_plans(content)) == {"x", "y"}
    assert named_stages([]) == frozenset()
