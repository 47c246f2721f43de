"""Whatever colour a brand has, every word can be read in what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from assembler.authoring import Project
from assembler.authoring.check.pages.colours import contrast, inverted, read_colour
from assembler.authoring.scaffold.brand import Brand
from assembler.authoring.scaffold.minimal import minimal_files
from assembler.authoring.scaffold.palette import palette
from assembler.review.pictures.fonts import font_files
from tests.conftest import STARTER_MOMENT
from tests.examples import examples

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
BY_DAY = (
    *(("ink", ground) for ground in ("paper", "sheet", "tint", "slip")),
    *(("soft", ground) for ground in ("sheet",)),
    *(("deep", ground) for ground in ("sheet", "tint")),
    *((ink, "deep") for ink in ("on_deep", "link_on_deep")),
    *(("accent", "sheet"), ("on_action", "action")),
)
BY_NIGHT = (
    *(("ink", ground) for ground in ("paper", "sheet", "tint")),
    *((ink, "sheet") for ink in ("soft", "deep", "accent")),
    *(("deep", "tint"), ("on_slip", "slip"), ("on_action", "action")),
)
"""The words and grounds that inline.css and the dark blocks of head.css put together."""


def ratio(one: str, other: str, *, turned: bool = False) -> float:
    first, second = read_colour(one), read_colour(other)
    assert first is not None and second is not None
    return contrast(inverted(first), inverted(second)) if turned else contrast(first, second)


@given(COLOURS)
@example("#000000")
@example("#ffffff")
@example("#808080")
@example("#ffff00")
@example("#0000ff")
@settings(max_examples=examples(60))
def test_of_any_colour_every_word_can_be_read_by_day_and_by_night(colour: str) -> None:
    tokens = palette(colour)
    for scheme, pairs in (("colour", BY_DAY), ("night", BY_NIGHT)):
        for ink, ground in pairs:
            assert ratio(tokens[scheme][ink], tokens[scheme][ground]) >= 4.5, (scheme, ink, ground)
    for ink, ground in BY_DAY:
        assert ratio(tokens["colour"][ink], tokens["colour"][ground], turned=True) >= 4.5, ("forced dark", ink, ground)


@given(COLOURS)
@settings(max_examples=examples(60))
def test_a_button_stands_out_from_what_it_stands_on(colour: str) -> None:
    for tokens in palette(colour).values():
        assert ratio(tokens["action"], tokens["sheet"]) >= 1.25


@pytest.mark.parametrize("colour", ["#0b4f8a", "#6a1b9a", "#b3261e"])
def test_a_colour_that_can_be_read_is_kept(colour: str) -> None:
    tokens = palette(colour)["colour"]
    assert (tokens["action"], tokens["deep"], tokens["spark"]) == (colour, colour, colour)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffd400", "#00ff00", "#0b4f8a"])
def test_the_project_of_a_colour_has_no_finding(colour: str) -> None:
    brand = Brand(name="Lumen", locales=("en",), colour=colour, url="https://l.example", channels=("email", "page"))
    report = Project.from_files(dict(minimal_files(brand, font_files()["arimo-bold.woff"]))).check(STARTER_MOMENT)
    assert [f"{finding.code} {finding.message}" for finding in report.diagnostics] == []
