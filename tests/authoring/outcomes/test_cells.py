"""Every pair of segment and stage is a cell; components are for those that they name."""

from __future__ import annotations

import pytest
from msgspec import structs

from assembler.authoring.outcomes.cells import Cell, bare_stages, cells, common_cells, wanted_cells
from assembler.library.records import Component, Content
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


def _for(content: Content, **audience: tuple[str, ...]) -> Content:
    """The content, with its one campaign for some segments and stages."""
    campaigns = {name: structs.replace(one, **audience) for name, one in content.campaigns.items()}
    return structs.replace(content, campaigns=campaigns)


def test_a_campaign_wants_its_audience_and_whoever_is_in_none() -> None:
    (campaign,) = CONTENT.campaigns
    assert wanted_cells(CONTENT, campaign) == cells(CONTENT)
    assert wanted_cells(_for(CONTENT, segments=("t",)), campaign) == [
        *(("t", "x"), ("t", "y"), ("t", None)),
        *((None, "x"), (None, "y"), (None, None)),
    ]
    both = _for(CONTENT, segments=("t", "s"), stages=("y",))
    assert wanted_cells(both, campaign) == [("s", "y"), ("s", None), ("t", "y"), ("t", None), (None, "y"), (None, None)]


def test_the_stages_that_a_campaign_is_for_and_has_nothing_for() -> None:
    content = library(
        {"a": [component("a/a", stages=("x",)), component("a/b")], "b": [component("b/a", stages=("y", "x"))]},
        stages=("x", "y", "z"),
    )
    (campaign,) = content.campaigns
    assert bare_stages(content, slot_plans(content)) == {None: ("z",), campaign: ("z",)}
    assert bare_stages(content, []) == {None: ("x", "y", "z"), campaign: ("x", "y", "z")}
    for wanted, bare in ((("x", "y"), ()), (("x", "z"), ("z",))):
        meant = _for(content, stages=wanted)
        assert bare_stages(meant, slot_plans(meant)) == {None: bare, campaign: bare}


def test_a_stage_is_bare_where_every_campaign_that_is_for_it_has_nothing() -> None:
    one = library({"a": [component("a/a", stages=("x",))]}, stages=("x", "y"))
    (campaign,) = one.campaigns
    other = structs.replace(one.campaigns[campaign], stages=("y",))
    content = structs.replace(
        one, campaigns={campaign: structs.replace(one.campaigns[campaign], stages=("x",)), "o": other}
    )
    assert bare_stages(content, slot_plans(content)) == {None: ("y",), campaign: (), "o": ("y",)}
