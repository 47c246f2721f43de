"""What people can show before anybody is written to."""

from __future__ import annotations

import math

import pytest

from assembler.measure.power import detectable, people_needed
from assembler.measure.statistics.intervals import sequence_width


def test_the_detectable_difference() -> None:
    """100,000 people at 90 to 10, of whom 0.57 % act: 3.0352 + 0.8416 standard errors."""
    deviation = math.sqrt(0.0057 * 0.9943)

    least = detectable(100_000, share=0.9, deviation=deviation, level=0.05)

    assert least == pytest.approx(3.8768 * deviation * math.sqrt(1 / 90_000 + 1 / 10_000), rel=1e-4)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.01])
@pytest.mark.parametrize("difference", [0.001, 0.02])
def test_the_people_needed_can_show_it_and_one_fewer_cannot(share: float, difference: float) -> None:
    options = {"share": share, "deviation": 0.3, "level": 0.05}
    people = people_needed(difference, **options)

    assert people is not None
    assert detectable(people, **options) <= difference < detectable(people - 1, **options)


def test_more_questions_take_more_people() -> None:
    one, eight = (people_needed(0.01, share=0.5, deviation=0.3, level=level) for level in (0.05, 0.05 / 8))

    assert one is not None and eight is not None
    assert eight / one == pytest.approx(((sequence_width(1, 0.05 / 8) + 0.8416) / 3.8768) ** 2, rel=1e-3)


@pytest.mark.parametrize(("people", "share"), [(0, 0.5), (1000, 0.0), (1000, 1.0)])
def test_an_empty_arm_shows_nothing(people: int, share: float) -> None:
    assert detectable(people, share=share, deviation=0.3, level=0.05) == math.inf


@pytest.mark.parametrize(("difference", "share"), [(0.0, 0.5), (-0.1, 0.5), (0.1, 0.0), (0.1, 1.0)])
def test_no_number_of_people_shows_nothing_or_an_empty_arm(difference: float, share: float) -> None:
    assert people_needed(difference, share=share, deviation=0.3, level=0.05) is None
