"""What the people of a list can show before anybody is written to."""

from __future__ import annotations

import math

import pytest

from assembler.measure.planning import Base, PlannedQuestion, planned
from assembler.measure.power import detectable, people_needed
from tests.measure.tables import HALF, Seen, tables

BASE = Base.of_rate(0.1, 0.2)
LIST = [
    Seen(f"u{number}", "treated" if number % 2 else "control", segment="loyal" if number < 400 else "lapsed")
    for number in range(1_000)
]


def by_name(seen: list[Seen], daily: float | None = None) -> dict[str, PlannedQuestion]:
    return {
        question.question.name: question for question in planned(tables(seen), HALF, BASE, listed=2_000, daily=daily)
    }


def test_people_of_each_question() -> None:
    questions = by_name(LIST)

    assert {name: (one.treated_people, one.control_people) for name, one in questions.items()} == {
        "": (500, 500),
        "lapsed": (300, 300),
        "loyal": (200, 200),
        "headline/warm": (500, 500),
    }


def test_more_questions_of_a_family_can_show_less() -> None:
    questions = by_name(LIST)

    assert questions[""].detectable == pytest.approx(detectable(1_000, share=0.5, deviation=0.3, level=0.05))
    assert questions["lapsed"].detectable == pytest.approx(detectable(600, share=0.5, deviation=0.3, level=0.025))
    assert questions[""].needed == people_needed(0.02, share=0.5, deviation=0.3, level=0.05)


def test_days_are_of_the_people_of_a_question_who_come() -> None:
    questions = by_name(LIST, daily=100)

    assert questions[""].days == pytest.approx((questions[""].needed or 0) / 50)
    assert questions["loyal"].days == pytest.approx((questions["loyal"].needed or 0) / 20)
    assert by_name(LIST)["loyal"].days is None


def test_an_empty_arm_can_show_nothing() -> None:
    campaign = by_name([Seen("a"), Seen("b")], daily=100)[""]

    assert (campaign.detectable, campaign.needed, campaign.days) == (math.inf, None, None)


def test_nobody_has_no_questions() -> None:
    assert by_name([]) == {}
