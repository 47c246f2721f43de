"""One look at a campaign: what its people did, judged together with what earlier looks found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec import structs

from assembler.measure.goal import Goal
from assembler.measure.measurement import Figures, Look, Measured, Measurement
from assembler.measure.people import Comparison, join_people
from assembler.measure.power import people_needed
from assembler.measure.questions import Family, Question, strata_of
from assembler.measure.statistics.balance import MISMATCH, Arms, mismatch_p
from assembler.measure.statistics.interval import Interval
from assembler.measure.statistics.intervals import relative_interval, welch_gain_p, welch_interval
from assembler.measure.statistics.samples import Effect, Stratum, effect
from assembler.measure.verdict import Verdict
from assembler.measure.verdicts import FEWEST_EVENTS, LEVEL, Judged, judged

if TYPE_CHECKING:
    import duckdb

MOST_IN_TWO_ARMS: Final = 0.01
"""Where a larger share of people was seen in two arms, no lift is shown."""


def look(
    connection: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    goal: Goal,
    *,
    as_of: datetime,
    earlier: Measurement | None,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> Measurement:
    """Return what is found in the tables `exposures` and `outcomes`, at a moment that is not before earlier looks.

    `digests` are those of components, by their addresses.
    """
    before = {} if earlier is None else earlier.answers()
    eras = sorted({measured.kept_at for measured in before.values() if measured.kept_at is not None})
    people = join_people(connection, comparison, goal, as_of, eras)
    shares = (comparison.share, 1 - comparison.share)
    balance = mismatch_p(Arms(arms, shares) for arms in people.arms.values())
    everybody = people.two_arms + people.waiting + sum(map(sum, people.arms.values()))
    is_healthy = balance >= MISMATCH and people.two_arms <= MOST_IN_TWO_ARMS * everybody
    questions: dict[Question, Measured] = dict(before)
    for family in Family if comparison.campaign else (Family.CAMPAIGN,):
        strata = strata_of(connection, family)
        asked = {question: before.get(question, Measured(question=question)) for question in strata}
        latest = _measured(asked, strata, goal, as_of, is_healthy)
        for question, one in latest.items():
            fresh = _with_fresh_people(connection, one, eras)
            questions[question] = structs.replace(fresh, digest=_digest(question, digests))
    return Measurement(
        campaign=comparison.campaign,
        as_of=as_of,
        goal=goal,
        people=people,
        balance=balance,
        is_healthy=is_healthy,
        questions=tuple(questions.values()),
    )


def _digest(question: Question, digests: Mapping[str, str]) -> str | None:
    """That of the component that a question is about."""
    return digests.get(question.name) if question.family is Family.COMPONENT else None


def _measured(
    asked: Mapping[Question, Measured],
    strata: Mapping[Question, Sequence[Stratum]],
    goal: Goal,
    as_of: datetime,
    is_healthy: bool,
) -> dict[Question, Measured]:
    """The answers to the questions of one family, with one look more."""
    level = LEVEL / max(len(asked), 1)
    planned = {question: measured.planned for question, measured in asked.items() if measured.planned is not None}
    planned |= {
        question: _planned(known, goal, level)
        for question, together in strata.items()
        if question not in planned and (known := effect(together)) is not None
    }
    answers = judged(
        strata,
        planned=planned,
        minimum_lift=goal.minimum_lift,
        least_p={question: measured.last.p for question, measured in asked.items() if measured.looks},
        is_healthy=is_healthy,
    )
    return {
        question: _with_look(asked[question], answer, planned.get(question), level, as_of)
        for question, answer in answers.items()
    }


def _planned(known: Effect, goal: Goal, level: float) -> int:
    """How many people, in both arms, it takes to find the least lift that is worth having."""
    treated, control = known.treated, known.control
    share = treated.people / known.people
    deviation = sqrt(known.error * treated.people * control.people / known.people)
    wanted = goal.minimum_lift * control.value
    return people_needed(wanted, share=share, deviation=deviation, level=level) or known.people


def _with_look(measured: Measured, answer: Judged, planned: int | None, level: float, at: datetime) -> Measured:
    figures = None
    if answer.effect is not None and answer.interval is not None and answer.verdict is not Verdict.UNHEALTHY:
        figures = _figures(answer.effect, answer.interval, level)
    one = Look(at=at, verdict=answer.verdict, figures=figures, p=answer.p, family_p=answer.adjusted_p)
    earlier = tuple(one for one in measured.looks if one.at < at)
    kept_at = measured.kept_at or (at if answer.verdict is Verdict.KEEP else None)
    return structs.replace(measured, planned=planned, looks=(*earlier, one), kept_at=kept_at)


def _with_fresh_people(connection: duckdb.DuckDBPyConnection, measured: Measured, eras: Sequence[datetime]) -> Measured:
    """The answer with the figures of people who were first exposed after the look that found it worth keeping."""
    question, kept_at = measured.question, measured.kept_at
    if kept_at is None or kept_at == measured.last.at or measured.last.verdict is Verdict.UNHEALTHY:
        return measured
    era = eras.index(kept_at) + 1
    known = effect(strata_of(connection, question.family, era).get(question, ()))
    if known is None or known.fewest_events < FEWEST_EVENTS:
        return measured
    is_confirmed = measured.is_confirmed
    if is_confirmed is None and known.people >= measured.people_when_kept:
        is_confirmed = welch_gain_p(known) <= LEVEL
    fresh = _figures(known, welch_interval(known, LEVEL), LEVEL)
    return structs.replace(measured, fresh=fresh, is_confirmed=is_confirmed)


def _figures(known: Effect, interval: Interval, level: float) -> Figures:
    lift_interval = relative_interval(known, level)
    return Figures(
        treated_people=known.treated.people,
        control_people=known.control.people,
        treated=known.treated.value,
        control=known.control.value,
        difference=known.difference,
        interval=interval,
        lift=None if lift_interval is None else known.treated.value / known.control.value - 1,
        lift_interval=lift_interval,
    )
