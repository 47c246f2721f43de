"""How many ways there are to fill the slots of a plan, before and after what components say of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from assembler.authoring.outcomes.limits import MOST_SAID
from assembler.library.records import Component
from assembler.runtime.choose import SlotCandidates, SlotPlan

__all__ = ["Combinations", "combinations", "told"]

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
    """The combinations of a plan's candidates, and defaults, that are open at a moment (in microseconds)."""
    slots = [[each.component for each in row.candidates if each.component.window.is_open(moment)] for row in plan.slots]
    before, after = prod(len(slot) + 1 for slot in slots), _after(plan.slots, slots)
    return Combinations(before=_counted(before), after=None if after is None else _counted(after))


def told(count: int | None) -> str:
    """A count as it is written."""
    return "too many to count" if count is None else f"{count:,}"


def _counted(count: int) -> int | None:
    return count if count <= MOST_SAID else None


def _after(rows: Sequence[SlotCandidates], slots: Sequence[Sequence[Component]]) -> int | None:
    """Slot by slot, the ways so far, told apart by what they hold that a later slot asks about; None where that takes
    too many states."""
    places = Counter(each.address for slot in slots for each in slot)
    ways: Counter[frozenset[str]] = Counter({frozenset(): 1})
    for number, (row, candidates) in enumerate(zip(rows, slots, strict=True)):
        later = _asked(slots[number + 1 :])
        speaking = [each for each in candidates if _speaks(each, later) or places[each.address] > 1]
        silent = len(candidates) - len(speaking)
        filled: Counter[frozenset[str]] = Counter()
        for held, count in ways.items():
            filled[held & later] += count * silent
            filled[(held | {row.default.component or ""}) & later] += count
            for each in speaking:
                if _agrees(each, held):
                    filled[(held | {each.address}) & later] += count
        if len(filled) > _MOST_STATES:
            return None
        ways = filled
    return ways.total()


def _asked(slots: Sequence[Sequence[Component]]) -> frozenset[str]:
    """What the candidates of some slots ask about the slots before: their conditions, and whether they are used."""
    return frozenset(
        address for slot in slots for each in slot for address in (each.address, *each.requires, *each.excludes)
    )


def _speaks(component: Component, later: frozenset[str]) -> bool:
    """Whether it matters what stands with a component."""
    return bool(component.requires or component.excludes) or component.address in later


def _agrees(component: Component, held: frozenset[str]) -> bool:
    """Whether a component may join what earlier slots hold."""
    allowed = held.issuperset(component.requires) and held.isdisjoint(component.excludes)
    return allowed and component.address not in held
