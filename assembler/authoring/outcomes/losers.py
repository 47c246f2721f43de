"""Which candidates can never win a slot: everybody for whom one could is tried, until it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Final, NamedTuple

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.moments import moments, windows
from assembler.authoring.outcomes.people import (
    HAS_ID,
    Answers,
    PossibleAnswers,
    ScriptedPerson,
    bucket_in,
    choices_by_cell,
    ways,
)
from assembler.library.records import Component, Content
from assembler.runtime.choose import Candidate, SlotCandidates, SlotPlan, choose
from assembler.runtime.eligibility import Choice, Evaluation
from assembler.runtime.reasons import Loss

MOST_TRIALS: Final = 20_000
"""So many people are tried for one component that may never win."""

MOST_TRIALS_IN_ALL: Final = 100_000
"""So many people are tried for all components of a project that may never win."""


@dataclass(slots=True, eq=False)
class Loser:
    """A candidate that wins for nobody.

    `beaten_by` are those that win where it passes every check, by address; where it never does, `losses` are the
    reasons, in the order in which they were met. `decided` is false where not everybody could be tried; `trials` counts
    those who were.
    """

    component: Component
    beaten_by: dict[str, Component] = field(default_factory=dict)
    losses: dict[Loss, None] = field(default_factory=dict)
    decided: bool = True
    trials: int = 0


class _PlacedCandidate(NamedTuple):
    plan: SlotPlan
    slot: SlotCandidates
    candidate: Candidate


def losers(
    content: Content,
    plans: Sequence[SlotPlan],
    moment: int,
    most: int = MOST_TRIALS,
    most_in_all: int = MOST_TRIALS_IN_ALL,
) -> Iterator[Loser]:
    """Return the candidates that can win no slot of any plan, which are all of the content, from a moment on.

    The moment is in microseconds since 1970 in UTC; candidates that have ended by then are left out. `most` people are
    tried for one candidate, and `most_in_all` for all of them.
    """
    placed: dict[str, list[_PlacedCandidate]] = {}
    for plan in plans:
        for slot in plan.slots:
            for candidate in slot.candidates:
                placed.setdefault(candidate.component.address, []).append(_PlacedCandidate(plan, slot, candidate))
    # Most win now for people of whom all is known, and who are in no test; where there may be such people.
    won = {
        choice.component
        for plan in plans
        if content.unassigned == "treat" or not plan.cuts
        for choices in choices_by_cell(plan, moment, cells(content)).values()
        for choice in choices
    }
    left = most_in_all
    for address, slots in placed.items():
        if address not in won and not slots[0].candidate.component.window.has_ended(moment):
            search = _LoserSearch(content, slots, moment, min(left, most))
            can_win = search.can_win()
            left -= search.loser.trials
            if not can_win:
                yield search.loser


class _LoserSearch:
    """One component in every slot where it could stand."""

    def __init__(self, content: Content, placed: Sequence[_PlacedCandidate], moment: int, most: int) -> None:
        self._content = content
        self._placed = placed
        self._component = placed[0].candidate.component
        self._now = moment
        self._most = most
        self.loser = Loser(self._component)

    def can_win(self) -> bool:
        """Return whether somebody is found for whom it wins; else `loser` says what keeps it from that."""
        for placed, person in self._people():
            for wins, _ in ways(person, partial(self._wins, placed)):
                if wins:
                    return True
                if self.loser.trials >= self._most:
                    self.loser.decided = False
                    return False
        return False

    def _wins(self, placed: _PlacedCandidate, person: ScriptedPerson) -> bool:
        choices = choose(placed.plan, person)
        if any(choice is placed.candidate.choice for choice in choices):
            return True
        self.loser.trials += 1
        if self.loser.trials < self._most:
            self._note(placed, person, choices)
        return False

    def _note(self, placed: _PlacedCandidate, person: ScriptedPerson, choices: Sequence[Choice]) -> None:
        context = placed.slot.slot_context
        number = [choice.slot for choice in choices].index(context.slot.name)
        evaluation = Evaluation(
            component=self._component, slot_context=context, situation=person, earlier=choices[:number]
        )
        failed = [check.code for check in placed.candidate.checks if check.fails(evaluation)]
        self.loser.losses.update(dict.fromkeys(failed))
        if not failed:
            winner = next(rival.component for rival in placed.slot.candidates if rival.choice is choices[number])
            self.loser.beaten_by[winner.address] = winner

    def _people(self) -> Iterator[tuple[_PlacedCandidate, ScriptedPerson]]:
        """Those who answer as the component needs it, in every slot, cell and moment that differ for it, and in every
        bucket of its test; of them nothing else is known, and they have no id, where that makes no difference to it."""
        ids = (False, True) if self._content.unassigned == "treat" else (True,)
        for placed in self._placed:
            plan = placed.plan
            buckets = {test: cuts[::-1] for test, cuts in plan.cuts.items()}  # the last ones are the least taken
            possible = PossibleAnswers(knows=(False, True), ids=ids, buckets=buckets)
            for cell in self._cells(plan):
                for moment, settled in product(self._moments(plan), self._settled(plan)):
                    yield placed, ScriptedPerson(cell, moment, possible, settled)

    def _cells(self, plan: SlotPlan) -> Iterator[Cell]:
        """A cell of each kind that the component is for: those that admit the same candidates are one kind."""
        segments, stages = self._component.segments, self._component.stages
        kinds: set[tuple[tuple[Candidate, ...], ...]] = set()
        for segment, stage in cells(self._content):
            if (segments is None or segment in segments) and (stages is None or stage in stages):
                kind = tuple(slot.candidates for slot in plan.candidates_for(segment, stage))
                if kind not in kinds:
                    kinds.add(kind)
                    yield segment, stage

    def _moments(self, plan: SlotPlan) -> Iterator[int]:
        """From now on, the moments within the component's window at which something begins or ends."""
        window = self._component.window
        first, *later = moments(windows(plan), self._now if window.start is None else max(self._now, window.start))
        yield first
        yield from (moment for moment in later if not window.has_ended(moment))

    def _settled(self, plan: SlotPlan) -> Iterator[Answers]:
        needs = dict.fromkeys(self._component.needs, True)
        test = self._component.test
        if test is None:
            yield needs
            return
        low, high = test.range_in(plan.campaign)
        for bucket in [cut for cut in plan.cuts[test.id] if low <= cut < high] or [low]:
            yield {**needs, HAS_ID: True, bucket_in(test.id): bucket}
