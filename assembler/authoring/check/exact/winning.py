"""Which candidates can never win a slot: every situation in which one could is tried, until it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from assembler.authoring.outcomes.situations import Cell, Known, cells
from assembler.library.records import Component, Content
from assembler.runtime.choose import Candidate, SlotCandidates, SlotPlan, choose, slot_plans
from assembler.runtime.eligibility import Choice, Evaluation
from assembler.runtime.reasons import Loss

__all__ = ["Loser", "losers"]

MOST_TRIALS: Final = 20_000
"""So many situations are tried for one component."""

MOST_IN_ALL: Final = 100_000
"""So many situations are tried for all of a project."""


@dataclass(slots=True, eq=False)
class Loser:
    """A candidate that wins in no situation.

    `to` are those that beat it where it passes every check; where it never does, `hurdles` are what stops it. `decided`
    is false where not every one of the situations could be tried, of which there were so many `trials`.
    """

    component: Component
    to: list[Component] = field(default_factory=list)
    hurdles: list[Loss] = field(default_factory=list)
    decided: bool = True
    trials: int = 0


def losers(content: Content, moment: int) -> Iterator[Loser]:
    """The candidates that can win no slot of any campaign, channel and locale, from a moment (in microseconds) on.

    Those that have ended by then are left out.
    """
    every_plan = list(slot_plans(content))
    standing: dict[str, list[tuple[SlotPlan, SlotCandidates, Candidate]]] = {}
    for plan in every_plan:
        for row in plan.slots:
            for candidate in row.candidates:
                standing.setdefault(candidate.component.address, []).append((plan, row, candidate))
    won = _easily_won(content, every_plan, moment)
    left = MOST_IN_ALL
    for address, places in standing.items():
        if address not in won and not places[0][2].component.window.has_ended(moment):
            contest = _Contest(content, places, moment, min(left, MOST_TRIALS))
            loser = contest.loser()
            left -= contest.trials
            if loser is not None:
                yield loser


def _easily_won(content: Content, every_plan: Sequence[SlotPlan], moment: int) -> set[str | None]:
    """What is chosen now for people of whom all is known, and who are in no test; where there may be such people."""
    return {
        choice.component
        for plan in every_plan
        if content.unassigned == "treat" or not plan.cuts
        for segment, stage in cells(content)
        for choice in choose(plan, Known(segment=segment, stage=stage, moment=moment))
    }


class _Contest:
    """One component in every place where it could stand."""

    def __init__(
        self, content: Content, places: Sequence[tuple[SlotPlan, SlotCandidates, Candidate]], moment: int, most: int
    ) -> None:
        self._content = content
        self._places = places
        self._component = places[0][2].component
        self._now = moment
        self._most = most
        self.trials = 0
        self._loser = Loser(self._component)

    def loser(self) -> Loser | None:
        """What keeps the component from winning; None if it can win."""
        for plan, row, candidate in self._places:
            for cell in self._cells(plan):
                for moment in self._moments(plan):
                    for someone in self._people(plan, cell, moment):
                        choices = choose(plan, someone)
                        if any(choice is candidate.choice for choice in choices):
                            return None
                        self.trials = self._loser.trials = self.trials + 1
                        if self.trials >= self._most:
                            self._loser.decided = False
                            return self._loser
                        self._note(row, candidate, someone, choices)
        return self._loser

    def _cells(self, plan: SlotPlan) -> Iterator[Cell]:
        """A cell of each kind that the component is for: those that admit the same candidates are one kind."""
        seen: set[tuple[tuple[Candidate, ...], ...]] = set()
        segments, stages = self._component.segments, self._component.stages
        for segment, stage in cells(self._content):
            if (segments is None or segment in segments) and (stages is None or stage in stages):
                kind = tuple(row.candidates for row in plan.candidates_for(segment, stage))
                if kind not in seen:
                    seen.add(kind)
                    yield segment, stage

    def _moments(self, plan: SlotPlan) -> Iterator[int]:
        """From now on, the moments within the component's window at which something begins or ends."""
        window = self._component.window
        start = self._now if window.start is None else max(self._now, window.start)
        windows = [each.component.window for row in plan.slots for each in row.candidates]
        edges = {edge for each in windows for edge in each.edges if edge > start}
        yield start
        yield from (edge for edge in sorted(edges) if not window.has_ended(edge))

    def _people(self, plan: SlotPlan, cell: Cell, moment: int) -> Iterator[_Scripted]:
        """Someone for each way to answer what choosing asks, and that the component needs answered so."""
        test = self._component.test
        given: dict[str, object] = {f"knows {name}": True for name in self._component.needs}
        open_ = [given]
        if test is not None:
            low, high = test.range_in(plan.campaign)
            buckets = [each for each in reversed(plan.cuts[test.id]) if low <= each < high] or [low]
            open_ = [{**given, "has an id": True, f"bucket {test.id}": each} for each in buckets]
        while open_:
            answers = open_.pop()
            someone = _Scripted(self._content, plan, cell, moment, answers)
            yield someone
            settled = dict(answers)
            for question, answer, others in someone.asked:
                open_ += [{**settled, question: other} for other in others]
                settled[question] = answer

    def _note(self, row: SlotCandidates, candidate: Candidate, someone: _Scripted, choices: Sequence[Choice]) -> None:
        """Remember why the component has not won here."""
        at = next(number for number, choice in enumerate(choices) if choice.slot == row.context.slot.name)
        trial = Evaluation(component=self._component, context=row.context, situation=someone, earlier=choices[:at])
        stopped = [check.code for check in candidate.checks if check.fails(trial)]
        self._loser.hurdles += [each for each in stopped if each not in self._loser.hurdles]
        if not stopped:
            winner = next(each.component for each in row.candidates if each.choice is choices[at])
            self._loser.to += [winner] if winner not in self._loser.to else []


class _Scripted:
    """A person made up as choosing asks: answers as scripted, else that nothing else is known and there is no id."""

    def __init__(self, content: Content, plan: SlotPlan, cell: Cell, moment: int, answers: dict[str, object]) -> None:
        self.segment, self.stage = cell
        self.moment = moment
        self.asked: list[tuple[str, object, tuple[object, ...]]] = []
        self._treated_unknown = content.unassigned == "treat"
        self._plan = plan
        self._answers = dict(answers)

    def knows(self, name: str) -> bool:
        return bool(self._answer(f"knows {name}", False, (True,)))

    def bucket(self, test: str) -> int | None:
        has_id = self._answer("has an id", False, (True,)) if self._treated_unknown else True
        if not has_id:
            return None
        question = f"bucket {test}"
        if question not in self._answers:
            first, *others = reversed(self._plan.cuts[test])  # the last ones are the least taken
            self._answer(question, first, tuple(others))
        answer = self._answers[question]
        return answer if isinstance(answer, int) else None

    def _answer(self, question: str, usual: object, others: tuple[object, ...]) -> object:
        if question not in self._answers:
            self._answers[question] = usual
            self.asked.append((question, usual, others))
        return self._answers[question]
