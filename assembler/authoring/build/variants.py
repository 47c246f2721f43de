"""Every variant that somebody can get: the runtime's own choice, asked in place of every kind of person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.check.situations import Cell, Known
from assembler.library.records import Content, Holdout
from assembler.runtime.choose import Plan, choose
from assembler.runtime.decide import Reason, outcome
from assembler.runtime.hurdles import Choice
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

__all__ = ["PossibleVariant", "enumerate_variants", "selected_plans", "variants_of"]


@dataclass(slots=True, eq=False)
class PossibleVariant:
    """A variant that somebody can get; `cells` do when treated, outside every test, with all that is needed known."""

    key: str
    plan: Plan
    choices: tuple[Choice, ...]
    reason: Reason
    cells: list[Cell] = field(default_factory=list)


def enumerate_variants(library: Library, at: datetime, selection: Selection = EVERYTHING) -> Iterator[PossibleVariant]:
    """Every variant that some treated or held-out person can get at a moment, by campaign, channel and locale."""
    for plan in selected_plans(library, selection):
        yield from variants_of(plan, library.content, at, selection.cells(library.content))


def selected_plans(library: Library, selection: Selection) -> list[Plan]:
    """The plans of a library that are selected."""
    return [
        library.plan(campaign, channel=channel, locale=locale)
        for campaign in library.content.campaigns
        for channel in library.channels(campaign)
        for locale in library.content.locales
        if selection.takes(campaign, channel, locale)
    ]


def variants_of(shared: Plan, content: Content, at: datetime, wanted: Sequence[Cell]) -> Iterator[PossibleVariant]:
    """The variants of a plan that people of some cells can get at a moment, held-out ones among them."""
    moment = Moment.of(at).instant
    # What it remembers is forgotten afterwards.
    plan = shared.anew()
    found: dict[str, PossibleVariant] = {}
    known: dict[tuple[Choice, ...], PossibleVariant] = {}

    def variant(choices: tuple[Choice, ...]) -> PossibleVariant:
        if choices not in known:
            key, reason = outcome(plan, choices)
            known[choices] = found.setdefault(key, PossibleVariant(key, plan, choices, reason))
        return known[choices]

    for segment, stage in wanted:
        variant(choose(plan, Known(segment=segment, stage=stage, moment=moment))).cells.append((segment, stage))
        for choices in _choices(plan, segment, stage, moment):
            variant(choices)
    if any(_runs(each, moment) for each in (content.holdout, content.campaigns[plan.campaign].holdout)):
        variant(plan.defaults)
    yield from found.values()


def _runs(holdout: Holdout | None, moment: int) -> bool:
    return holdout is not None and holdout.share > 0 and (holdout.until is None or moment < holdout.until)


def _choices(plan: Plan, segment: str | None, stage: str | None, moment: int) -> Iterator[tuple[Choice, ...]]:
    """Every choice for people with an id who are in a cell.

    The questions that choosing asks are answered one way, and later, question by question, every other way.
    """
    open_: list[dict[str, object]] = [{}]
    while open_:
        settled = open_.pop()
        someone = _Someone(plan, segment, stage, moment, settled)
        yield choose(plan, someone)
        for question, (answer, *others) in someone.asked:
            open_ += [{**settled, question: other} for other in others]
            settled = {**settled, question: answer}


class _Someone:
    """A person made up as choosing asks: answers as settled, else the first of those that are possible."""

    def __init__(
        self, plan: Plan, segment: str | None, stage: str | None, moment: int, settled: Mapping[str, object]
    ) -> None:
        self.segment = segment
        self.stage = stage
        self.moment = moment
        self.asked: list[tuple[str, Sequence[object]]] = []
        self._answers = dict(settled)
        self._plan = plan

    def knows(self, name: str) -> bool:
        return bool(self._answer(f"knows {name}", (True, False)))

    def bucket(self, test: str) -> int | None:
        answer = self._answer(f"bucket {test}", self._plan.cuts[test])
        return answer if isinstance(answer, int) else None

    def _answer(self, question: str, possible: Sequence[object]) -> object:
        if question not in self._answers:
            self._answers[question] = possible[0]
            self.asked.append((question, possible))
        return self._answers[question]
