"""Before launch: the people of a list by question, and what they can show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

import msgspec

from assembler.measure.goal import Goal
from assembler.measure.people import Comparison, join_people
from assembler.measure.power import detectable, people_needed
from assembler.measure.questions import Family, Question, strata_of
from assembler.measure.statistics.samples import Stratum
from assembler.measure.verdicts import LEVEL

if TYPE_CHECKING:
    import duckdb


_NOTHING: Final = Goal(event="", within=timedelta())
"""Nobody has done anything yet."""


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """What held-out people are expected to do: the mean and the standard deviation of a person's value; and the least
    lift that is worth having, as a share of that mean."""

    mean: float
    deviation: float
    minimum_lift: float

    @classmethod
    def of_rate(cls, rate: float, minimum_lift: float) -> Base:
        """Of a share of people who have the event."""
        return cls(mean=rate, deviation=sqrt(rate * (1 - rate)), minimum_lift=minimum_lift)


class PlannedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the people of a list can show about one question.

    `detectable` is the least difference that they find in 80 of 100 tests, infinite where an arm is empty; `needed`
    are the people, of both arms, who find the least that is worth having, None where nobody can; `days` is how long it
    takes until so many have come, None where it is not known how many come.
    """

    question: Question
    treated_people: int
    control_people: int
    detectable: float
    needed: int | None
    days: float | None

    @property
    def people(self) -> int:
        """How many are in either arm."""
        return self.treated_people + self.control_people


def planned(
    connection: duckdb.DuckDBPyConnection, comparison: Comparison, base: Base, *, listed: int, daily: float | None
) -> list[PlannedQuestion]:
    """Return what can be shown about each question by the people in the table `exposures`, who are of a list.

    `listed` are all in the list, also those without an id; `daily` is how many people like all those come each day.
    """
    connection.execute("create temp table outcomes (unit_id varchar, timestamp timestamptz, value double)")
    connection.execute("create temp table in_two_arms as from exposures limit 0")
    join_people(connection, comparison, _NOTHING, datetime.max.replace(tzinfo=UTC))
    questions: list[PlannedQuestion] = []
    for family in Family:
        strata = strata_of(connection, family)
        level = LEVEL / max(len(strata), 1)
        for question, together in strata.items():
            coming = None if daily is None else daily * sum(map(_people, together)) / listed
            questions.append(_planned(question, together, base, level, coming))
    return questions


def _people(stratum: Stratum) -> int:
    return stratum.treated.people + stratum.control.people


def _planned(
    question: Question, strata: Sequence[Stratum], base: Base, level: float, daily: float | None
) -> PlannedQuestion:
    treated = sum(stratum.treated.people for stratum in strata)
    control = sum(stratum.control.people for stratum in strata)
    share = treated / (treated + control)
    needed = people_needed(base.minimum_lift * base.mean, share=share, deviation=base.deviation, level=level)
    return PlannedQuestion(
        question=question,
        treated_people=treated,
        control_people=control,
        detectable=detectable(treated + control, share=share, deviation=base.deviation, level=level),
        needed=needed,
        days=None if needed is None or not daily else needed / daily,
    )
