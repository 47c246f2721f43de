"""What was measured of a campaign, at every look: the file `measurements/<campaign>.json`. It names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from assembler.measure.goal import Goal
from assembler.measure.people import People
from assembler.measure.questions import Question
from assembler.measure.statistics.interval import Interval
from assembler.measure.verdict import Verdict

SCHEMA: Final = 1


class MeasurementRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The root of what stands in the file."""


class Figures(MeasurementRecord, frozen=True):
    """The people of two arms and their means; the difference, with its interval; and this as shares of control's mean,
    where both means are positive."""

    treated_people: int
    control_people: int
    treated: float
    control: float
    difference: float
    interval: Interval
    lift: float | None = None
    lift_interval: Interval | None = None

    @property
    def people(self) -> int:
        """How many are in either arm."""
        return self.treated_people + self.control_people


class Look(MeasurementRecord, frozen=True):
    """What one look found: `figures` with an interval that holds at every look and for the whole family, None where
    nobody can be compared; the least p of all looks so far, and that of the family."""

    at: datetime
    verdict: Verdict
    figures: Figures | None = None
    p: float = 1.0
    family_p: float = 1.0


class Measured(MeasurementRecord, frozen=True):
    """The answer to a question: every look at it, the last one last.

    `planned` are the people, in both arms, for whom the first look planned. `kept_at` is the first look that found it
    worth keeping, and `fresh` are the people who were first exposed after that: their lift is the one to quote, since
    it was not chosen for being large. `is_confirmed` says whether as many fresh people again show it, at one look.
    `digest` is that of the component, if it is about one, at the last look.
    """

    question: Question
    planned: int | None = None
    looks: tuple[Look, ...] = ()
    kept_at: datetime | None = None
    fresh: Figures | None = None
    is_confirmed: bool | None = None
    digest: str | None = None

    @property
    def last(self) -> Look:
        """The last look."""
        return self.looks[-1]

    @property
    def people_when_kept(self) -> int:
        """How many people the look that found it worth keeping had, of both arms."""
        return sum(one.figures.people for one in self.looks if one.at == self.kept_at and one.figures is not None)

    @property
    def people_needed(self) -> int:
        """How many people more were planned than have come."""
        figures = self.last.figures
        come = 0 if figures is None else figures.people
        return max((self.planned or 0) - come, 0)


class Measurement(MeasurementRecord, frozen=True, kw_only=True):
    """All that is measured of a campaign, None for all campaigns together. `balance` is the p of people being in their
    arms by chance alone."""

    schema: int = SCHEMA
    campaign: str | None
    as_of: datetime
    goal: Goal
    people: People
    balance: float
    is_healthy: bool
    questions: tuple[Measured, ...]

    def answers(self) -> dict[Question, Measured]:
        """The answers by their questions."""
        return {measured.question: measured for measured in self.questions}

    def verdicts(self) -> Sequence[Verdict]:
        """The verdict of each question's last look."""
        return [measured.last.verdict for measured in self.questions]
