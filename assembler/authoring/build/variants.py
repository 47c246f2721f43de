"""Every variant that somebody can get: the runtime's own choice, asked in place of every kind of person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from assembler.library.records import Content, Holdout
from assembler.runtime.choose import Plan, choose
from assembler.runtime.decide import Reason, outcome
from assembler.runtime.hurdles import Choice
from assembler.runtime.library import Library
from assembler.runtime.signals import Moment

__all__ = ["Cell", "PossibleVariant", "enumerate_variants"]

Cell = tuple[str | None, str | None]
"""A segment and a stage, None for neither."""


@dataclass(slots=True, eq=False)
class PossibleVariant:
    """A variant that somebody can get; `cells` do when treated, outside every test, with all that is needed known."""

    key: str
    plan: Plan
    choices: tuple[Choice, ...]
    reason: Reason
    cells: list[Cell] = field(default_factory=list)


def enumerate_variants(library: Library, at: datetime) -> Iterator[PossibleVariant]:
    """Every variant that some treated or held-out person can get at a moment, by campaign, channel and locale."""
    moment = Moment.of(at).instant
    content = library.content
    for campaign in content.campaigns:
        for channel in library.channels(campaign):
            for locale in content.locales:
                yield from _of_plan(library.plan(campaign, channel=channel, locale=locale), content, moment)


def _of_plan(plan: Plan, content: Content, moment: int) -> Iterator[PossibleVariant]:
    found: dict[str, PossibleVariant] = {}

    def variant(choices: tuple[Choice, ...]) -> PossibleVariant:
        key, reason = outcome(plan, choices)
        return found.setdefault(key, PossibleVariant(key, plan, choices, reason))

    for segment in (*(each.id for each in content.segments), None):
        for stage in (*(each.id for each in content.stages), None):
            choices = _choices(plan, segment, stage, moment)
            variant(next(choices)).cells.append((segment, stage))
            for each in choices:
                variant(each)
    if any(_runs(each, moment) for each in (content.holdout, content.campaigns[plan.campaign].holdout)):
        variant(plan.defaults)
    yield from found.values()


def _runs(holdout: Holdout | None, moment: int) -> bool:
    return holdout is not None and holdout.share > 0 and (holdout.until is None or moment < holdout.until)


def _choices(plan: Plan, segment: str | None, stage: str | None, moment: int) -> Iterator[tuple[Choice, ...]]:
    """Every choice for a cell; the first for someone of whom all is known and who is in no test.

    The questions that choosing asks are answered one way, and later, question by question, every other way.
    """
    open_: list[dict[str, object]] = [{}]
    while open_:
        answers = open_.pop()
        someone = _Someone(plan, segment, stage, moment, answers)
        yield choose(plan, someone)
        settled = dict(answers)
        for question, answer, others in someone.asked:
            open_ += [{**settled, question: other} for other in others]
            settled[question] = answer


class _Someone:
    """A person made up as choosing asks: answers as scripted, else that all is known and no test includes them."""

    def __init__(
        self, plan: Plan, segment: str | None, stage: str | None, moment: int, answers: dict[str, object]
    ) -> None:
        self.segment = segment
        self.stage = stage
        self.moment = moment
        self.asked: list[tuple[str, object, tuple[object, ...]]] = []
        self._plan = plan
        self._answers = dict(answers)

    def knows(self, name: str) -> bool:
        return bool(self._answer(f"knows {name}", True, (False,)))

    def bucket(self, test: str) -> int | None:
        answer = self._answer(f"bucket {test}", None, _edges(self._plan, test))
        return answer if isinstance(answer, int) else None

    def _answer(self, question: str, usual: object, others: tuple[object, ...]) -> object:
        if question not in self._answers:
            self._answers[question] = usual
            self.asked.append((question, usual, others))
        return self._answers[question]


def _edges(plan: Plan, test: str) -> tuple[int, ...]:
    """One bucket of every range of a test that some component of the plan takes."""
    tests = (candidate.component.test for row in plan.rows for candidate in row.candidates)
    ranges = (each.ranges.get(plan.campaign) for each in tests if each is not None and each.id == test)
    return tuple(sorted({low for each in ranges if each is not None for low in each[:1] if each[0] < each[1]}))
