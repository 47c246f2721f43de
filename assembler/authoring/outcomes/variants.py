"""The variants of one campaign, channel and locale: counted, and listed one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from assembler.authoring.outcomes.choosing import Choosing, Scene
from assembler.authoring.outcomes.possible import Row
from assembler.authoring.outcomes.situations import Cell, Known
from assembler.library.records import Content, Holdout
from assembler.runtime.choose import SlotPlan, choose
from assembler.runtime.decide import outcome
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Reason

__all__ = ["MOST_TRIALS", "PlanVariants", "PossibleVariant", "slots_by_cell"]

MOST_TRIALS: Final = 100_000
"""So often a candidate is tried for somebody, for one plan: it takes a second or two."""


@dataclass(slots=True, eq=False)
class PossibleVariant:
    """A variant that somebody can get; `cells` do when treated, outside every test, with all that is needed known."""

    key: str
    plan: SlotPlan
    choices: tuple[Choice, ...]
    reason: Reason
    cells: list[Cell] = field(default_factory=list)


def slots_by_cell(plan: SlotPlan, at: datetime, wanted: Iterable[Cell]) -> dict[Cell, dict[str, str | None]]:
    """The components by slot of treated people in each cell, outside every test, of whom all is known."""
    chosen = _by_cell(plan, Moment.of(at).instant, wanted)
    return {cell: {choice.slot: choice.component for choice in choices} for cell, choices in chosen.items()}


class PlanVariants:
    """The variants of a plan that people of some cells can get at a moment, held-out ones among them."""

    def __init__(self, plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell]) -> None:
        moment = Moment.of(at).instant
        # What it remembers is forgotten afterwards.
        self._plan = plan.fresh()
        chosen = _by_cell(self._plan, moment, wanted)
        held = any(_runs(each, moment) for each in (content.holdout, content.campaigns[plan.campaign].holdout))
        scenes = (Scene(segment, stage, moment, (True,)) for segment, stage in wanted)
        anyway = [*chosen.values(), *([self._plan.defaults] if held else [])]
        self._choosing = Choosing(self._plan, scenes, anyway, MOST_TRIALS)
        self._cells: dict[Row, list[Cell]] = {}
        for cell, choices in chosen.items():
            self._cells.setdefault(self._choosing.of(choices), []).append(cell)

    def __iter__(self) -> Iterator[PossibleVariant]:
        """Every variant, once. Raises `TooManyStates` where so much matters to later slots that they cannot be told."""
        return (self._variant(row) for row in self._choosing.possible.rows())

    def beginnings(self) -> tuple[int, ...]:
        """How many different beginnings variants have that end with each slot; the last are the variants themselves.

        Raises `TooManyStates` where so much matters to later slots that they cannot be counted.
        """
        return self._choosing.possible.beginnings()

    def those(self, wanted: Iterable[Mapping[str, str | None]]) -> Iterator[PossibleVariant]:
        """The variants with these components by slot, once each, whether or not anybody can get them now; what a slot
        cannot hold is left out."""
        rows = (self._choosing.row(slots) for slots in wanted)
        return (self._variant(row) for row in dict.fromkeys(rows) if row is not None)

    def _variant(self, row: Row) -> PossibleVariant:
        choices = self._choosing.choices(row)
        key, reason = outcome(self._plan, choices)
        return PossibleVariant(key, self._plan, choices, reason, self._cells.get(row, []))


def _by_cell(plan: SlotPlan, moment: int, wanted: Iterable[Cell]) -> dict[Cell, tuple[Choice, ...]]:
    return {cell: choose(plan, Known(segment=cell[0], stage=cell[1], moment=moment)) for cell in wanted}


def _runs(holdout: Holdout | None, moment: int) -> bool:
    return holdout is not None and holdout.share > 0 and (holdout.until is None or moment < holdout.until)
