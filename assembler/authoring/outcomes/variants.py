"""The variants of one campaign, channel and locale, or of all: counted, and listed one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.holdouts import has_holdout
from assembler.authoring.outcomes.limits import MOST_TRIALS
from assembler.authoring.outcomes.people import anybody, choices_by_cell
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes
from assembler.authoring.outcomes.possible_rows import Row
from assembler.library.records import Content
from assembler.runtime.choose import SlotPlan
from assembler.runtime.decide import key_and_reason
from assembler.runtime.eligibility import Choice
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Reason


@dataclass(slots=True, eq=False)
class PossibleVariant:
    """A variant that somebody can get. People of its `cells` get it where they are treated and in no test, and all that
    components need is known of them."""

    key: str
    plan: SlotPlan
    choices: tuple[Choice, ...]
    reason: Reason
    cells: list[Cell] = field(default_factory=list)


class PlanVariants:
    """The variants of a plan that people of some cells can get at a moment, held-out ones among them."""

    def __init__(
        self, plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell], most: int = MOST_TRIALS
    ) -> None:
        moment = Moment.of(at).instant
        # What it remembers is forgotten afterwards.
        self._plan = plan.fresh()
        by_cell = choices_by_cell(self._plan, moment, wanted)
        held = [self._plan.defaults] if has_holdout(content, plan.campaign, moment) else []
        people = (anybody(self._plan, cell, moment, ids=(True,)) for cell in wanted)
        self._outcomes = PlanOutcomes(self._plan, people, [*by_cell.values(), *held], most)
        self._cells: dict[Row, list[Cell]] = {}
        for cell, choices in by_cell.items():
            self._cells.setdefault(self._outcomes.row_of(choices), []).append(cell)

    def __iter__(self) -> Iterator[PossibleVariant]:
        """Return every variant, once. Raises `TooManyStates` where so much matters to later slots that they cannot be
        told."""
        return (self._variant(row) for row in self._outcomes.possible.rows())

    def beginnings(self) -> tuple[int, ...]:
        """Return how many beginnings variants have that end with each slot; the last are the variants themselves.

        Raises `TooManyStates` where so much matters to later slots that they cannot be counted.
        """
        return self._outcomes.possible.beginnings()

    def with_components(self, wanted: Iterable[Mapping[str, str | None]]) -> Iterator[PossibleVariant]:
        """Return the variants with these components by slot, once each, whether or not anybody can get them now; what a
        slot cannot hold is left out."""
        rows = (self._outcomes.row_with(slots) for slots in wanted)
        return (self._variant(row) for row in dict.fromkeys(rows) if row is not None)

    def _variant(self, row: Row) -> PossibleVariant:
        choices = self._outcomes.choices_of(row)
        key, reason = key_and_reason(self._plan, choices)
        return PossibleVariant(key, self._plan, choices, reason, self._cells.get(row, []))


def every_plan(library: Library) -> Iterator[SlotPlan]:
    """Return the plans of a library, by campaign, channel and locale."""
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            yield from (library.plan(campaign, channel=channel, locale=locale) for locale in library.locales)


def enumerate_variants(library: Library, at: datetime) -> Iterator[PossibleVariant]:
    """Return every variant that some treated or held-out person can get at a moment, by campaign, channel and locale.

    Raises `TooManyStates` as `PlanVariants` does.
    """
    everybody = cells(library.content)
    for plan in every_plan(library):
        yield from PlanVariants(plan, library.content, at, everybody)
