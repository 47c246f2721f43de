"""The people in the two arms of each question."""

from __future__ import annotations

import pytest

from assembler.measure.people import join_people
from assembler.measure.questions import Family, Question, strata_of
from assembler.measure.statistics.samples import ArmSample
from tests.measure.tables import DAY, GOAL, HALF, START, Did, Seen, tables

SEEN = [
    Seen("a", segment="loyal", stage="new"),
    Seen("b", segment="loyal"),
    Seen("c", segment="lapsed", arm="control", would={"headline": "headline/cold"}),
    Seen("d", arm="control", timestamp=START + DAY, stage="new"),
]


def counts(family: Family, seen: list[Seen] | None = None) -> dict[str, list[tuple[int, int]]]:
    connection = tables(SEEN if seen is None else seen)
    join_people(connection, HALF, GOAL, START + 30 * DAY)
    return {
        question.name: [(stratum.treated.people, stratum.control.people) for stratum in strata]
        for question, strata in strata_of(connection, family).items()
    }


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (Family.CAMPAIGN, {"": [(2, 2)]}),
        (Family.SEGMENT, {"lapsed": [(0, 1)], "loyal": [(2, 0)]}),
        (Family.STAGE, {"new": [(1, 1)]}),
        (Family.COMPONENT, {"headline/cold": [(0, 1)], "headline/warm": [(2, 1)]}),
        (Family.TEST, {}),
    ],
)
def test_people_by_question(family: Family, expected: dict[str, list[tuple[int, int]]]) -> None:
    assert counts(family) == expected


def test_versions_are_strata() -> None:
    assert counts(Family.CAMPAIGN, [Seen("a"), Seen("b", version=2), Seen("c", version=2, arm="control")]) == {
        "": [(1, 0), (1, 1)]
    }


def test_a_test_compares_treated_people_of_one_cell_inside_and_outside() -> None:
    inside, outside, other = (("tone", component) for component in ("headline/warm", None, "headline/dry"))
    seen = [
        Seen("a", tests=[inside], segment="loyal"),
        Seen("b", tests=[outside], segment="loyal"),
        Seen("c", tests=[outside]),
        Seen("d", tests=[other]),
        Seen("e", tests=[("size", "cta/big"), outside]),
        Seen("f", arm="control"),
    ]

    assert counts(Family.TEST, seen) == {
        "size: cta/big": [(1, 0)],
        "tone: headline/dry": [(1, 2), (0, 1)],
        "tone: headline/warm": [(0, 2), (1, 1)],
    }


def test_what_is_counted_of_an_arm() -> None:
    seen = [Seen("a"), Seen("b"), Seen("c"), Seen("d", arm="control")]
    connection = tables(seen, [Did("a"), Did("b")])
    join_people(connection, HALF, GOAL, START + 30 * DAY)

    ((treated, control),) = strata_of(connection, Family.CAMPAIGN)[Question(Family.CAMPAIGN, "")]

    assert (treated.people, treated.events, control) == (3, 2, ArmSample(people=1))
    assert treated.mean == pytest.approx(2 / 3)
    assert treated.variance == pytest.approx(1 / 3)


def test_people_of_an_era() -> None:
    connection = tables(SEEN)
    join_people(connection, HALF, GOAL, START + 30 * DAY, [START + DAY, START + 2 * DAY])

    people = [
        [(one.treated.people, one.control.people) for one in strata]
        for era in range(3)
        for strata in [strata_of(connection, Family.CAMPAIGN, era).get(Question(Family.CAMPAIGN, ""), [])]
    ]

    assert people == [[(2, 2)], [(0, 1)], []]
