"""How many ways there are to fill the slots of a plan, before and after what components say of one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from assembler.authoring.outcomes.possible_rows import TooManyStates, grow
from assembler.authoring.outcomes.variants import MOST_COUNTED
from assembler.library.records import Component
from assembler.runtime.choose import SlotPlan

_MOST_STATES = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """Counted, not estimated; None where there are more than 10^15, or counting would take too long.

    `before` multiplies what can fill each slot; `after` leaves out what `requires` and `excludes` rule out, and what
    holds a component twice. For whom a component is does not matter to either.
    """

    before: int | None
    after: int | None


def combinations(plan: SlotPlan, moment: int) -> Combinations:
    """Return the combinations of a plan's candidates that are open at a moment, and its defaults.

    The moment is in microseconds since 1970 in UTC.
    """
    open_ = [[one.component for one in slot.candidates if one.component.window.is_open(moment)] for slot in plan.slots]
    asked = [_asked(open_[number + 1 :]) for number in range(len(open_))]

    def fillings(slot: int, held: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
        """What may join what earlier slots hold, by number, and what is then held that later slots ask about."""
        yield 0, (held | {plan.slots[slot].default.component or ""}) & asked[slot]
        for number, component in enumerate(open_[slot], start=1):
            allowed = held.issuperset(component.requires) and held.isdisjoint((*component.excludes, component.address))
            if allowed:
                yield number, (held | {component.address}) & asked[slot]

    try:
        after = grow([frozenset[str]()], len(open_), fillings, _MOST_STATES).beginnings()
    except TooManyStates:
        after = (MOST_COUNTED + 1,)
    counts = (prod(len(here) + 1 for here in open_), after[-1] if after else 1)
    before, left = (count if count <= MOST_COUNTED else None for count in counts)
    return Combinations(before=before, after=left)


def _asked(candidates: Sequence[Sequence[Component]]) -> frozenset[str]:
    """What the candidates of some slots ask about the slots before: their conditions, and whether they are used."""
    return frozenset(
        address
        for here in candidates
        for component in here
        for address in (component.address, *component.requires, *component.excludes)
    )
