"""How many variants there are of each campaign, and which slots multiply them: counted, not listed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.limits import MOST_COUNTED, MOST_TRIALS
from assembler.authoring.outcomes.possible_rows import TooManyStates
from assembler.authoring.outcomes.variants import PlanVariants
from assembler.library.records import Content
from assembler.runtime.choose import SlotCandidates, SlotPlan


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


def count_variants(
    campaign: str,
    plans: Iterable[SlotPlan],
    content: Content,
    at: datetime,
    cells: Sequence[Cell],
    most: int = MOST_TRIALS,
) -> CampaignVariants:
    """Return how many variants of some plans of a campaign people of some cells can get at an aware moment.

    Of each plan, candidates are tried for somebody `most` times.
    """
    known: dict[Hashable, tuple[tuple[int, ...], bool]] = {}
    total, exact = 0, True
    largest: tuple[int, str, Mapping[str, float]] = (0, "", {})
    for plan in plans:
        alike = tuple((slot.name, slot.default.component, _addresses(slot)) for slot in plan.slots)
        if alike not in known:
            known[alike] = _beginnings(PlanVariants(plan, content, at, cells, most))
        beginnings, whole = known[alike]
        count = beginnings[-1] if beginnings else 1
        total, exact = total + min(count, MOST_COUNTED), exact and whole and count <= MOST_COUNTED
        largest = max(largest, (count, plan.channel, _times(plan, beginnings)), key=lambda counted: counted[0])
    return CampaignVariants(campaign=campaign, variants=total, exact=exact, channel=largest[1], slots=largest[2])


def _addresses(slot: SlotCandidates) -> tuple[str, ...]:
    return tuple(candidate.component.address for candidate in slot.candidates)


def _beginnings(variants: PlanVariants) -> tuple[tuple[int, ...], bool]:
    """The beginnings of the variants of a plan, and whether that is all of them."""
    try:
        return variants.beginnings(), True
    except TooManyStates as error:
        return error.beginnings, False


def _times(plan: SlotPlan, beginnings: Sequence[int]) -> Mapping[str, float]:
    """How many times more beginnings there are with each slot than before it; of the slots that make them more."""
    before = (1, *beginnings)
    pairs = zip((slot.name for slot in plan.slots), before, beginnings, strict=False)
    times = {slot: now / then for slot, then, now in pairs if now > then}
    return dict(sorted(times.items(), key=lambda slot: -slot[1]))
