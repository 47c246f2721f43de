"""The variants of one campaign, channel and locale, or of all: listed one by one, and counted without that."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.holdouts import has_holdout
from assembler.authoring.outcomes.people import anybody, choices_by_cell
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes
from assembler.authoring.outcomes.possible_rows import Row, TooManyStates
from assembler.library.records import Content
from assembler.runtime.choose import SlotPlan
from assembler.runtime.decide import key_and_reason
from assembler.runtime.eligibility import Choice
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Reason

MOST_TRIALS: Final = 100_000
"""So often a candidate is tried for somebody, for the variants of one plan: it takes a second or two."""

MOST_COUNTED: Final = 10**15
"""Of more variants, or combinations, of one plan no more is said than that there are at least so many."""


@dataclass(frozen=True, slots=True, eq=False)
class PossibleVariant:
    """A variant that somebody can get. People of its `cells` get it where they are treated and in no test, and all that
    components need is known of them."""

    key: str
    plan: SlotPlan
    choices: tuple[Choice, ...]
    reason: Reason
    cells: list[Cell]


class PlanVariants:
    """The variants of a plan that people of some cells can get at an aware moment, held-out ones among them.

    Candidates are tried for somebody `most` times.
    """

    def __init__(
        self, plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell], most: int = MOST_TRIALS
    ) -> None:
        moment = Moment.of(at).instant
        self._plan = plan.fresh()  # what it remembers is forgotten afterwards
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
        return map(self._variant, self._outcomes.possible.rows())

    def beginnings(self) -> tuple[int, ...]:
        """Return how many beginnings variants have that end with each slot; the last are the variants themselves.

        Raises `TooManyStates` where so much matters to later slots that they cannot be counted.
        """
        return self._outcomes.possible.beginnings()

    def with_components(self, wanted: Iterable[Mapping[str, str | None]]) -> Iterator[PossibleVariant]:
        """Return the variants with these components by slot, once each, whether or not anybody can get them now; what a
        slot cannot hold is left out."""
        rows = dict.fromkeys(map(self._outcomes.row_with, wanted))
        return (self._variant(row) for row in rows if row is not None)

    def _variant(self, row: Row) -> PossibleVariant:
        choices = self._outcomes.choices_of(row)
        key, reason = key_and_reason(self._plan, choices)
        return PossibleVariant(key, self._plan, choices, reason, self._cells.get(row, []))


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignVariants:
    """The variants of a campaign in all its channels and locales; where they are not `exact`, there are at least these.

    `slots` are those that multiply them, and how many times, in the channel that has most: what stands in a slot counts
    as far as it is not settled by what stands in the slots before it.
    """

    campaign: str
    variants: int
    exact: bool
    channel: str
    slots: Mapping[str, float]

    def to_dict(self) -> dict[str, object]:
        """The count as JSON has it."""
        slots = {slot: round(times, 2) for slot, times in self.slots.items()}
        return {"campaign": self.campaign, "variants": self.variants, "exact": self.exact, "slots": slots}


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


def count_variants(
    campaign: str,
    plans: Iterable[SlotPlan],
    content: Content,
    at: datetime,
    wanted: Sequence[Cell],
    most: int = MOST_TRIALS,
) -> CampaignVariants:
    """Return how many variants of some plans of a campaign people of some cells can get at an aware moment.

    They are not listed. Of each plan, candidates are tried for somebody `most` times.
    """
    known: dict[Hashable, tuple[tuple[int, ...], bool]] = {}
    total, exact = 0, True
    largest: tuple[int, str, Mapping[str, float]] = (0, "", {})
    for plan in plans:
        alike = tuple(
            (slot.slot_context.slot.name, slot.default.component, *(one.component.address for one in slot.candidates))
            for slot in plan.slots
        )
        if alike not in known:
            try:
                known[alike] = PlanVariants(plan, content, at, wanted, most).beginnings(), True
            except TooManyStates as error:
                known[alike] = error.beginnings, False
        beginnings, whole = known[alike]
        count = beginnings[-1] if beginnings else 1
        total, exact = total + min(count, MOST_COUNTED), exact and whole and count <= MOST_COUNTED
        largest = max(largest, (count, plan.channel, _times(plan, beginnings)), key=lambda counted: counted[0])
    return CampaignVariants(campaign=campaign, variants=total, exact=exact, channel=largest[1], slots=largest[2])


def are_too_many(counts: Sequence[CampaignVariants], most: int) -> bool:
    """Whether so many variants are more than some limit, or than can be counted."""
    return sum(counted.variants for counted in counts) > most or not all(counted.exact for counted in counts)


def _times(plan: SlotPlan, beginnings: Sequence[int]) -> Mapping[str, float]:
    """How many times more beginnings there are with each slot than before it; of the slots that make them more."""
    pairs = zip((slot.slot_context.slot.name for slot in plan.slots), (1, *beginnings), beginnings, strict=False)
    times = {slot: now / then for slot, then, now in pairs if now > then}
    return dict(sorted(times.items(), key=lambda slot: -slot[1]))
