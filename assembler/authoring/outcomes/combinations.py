"""How many ways there are to fill the slots of a plan, before and after what components say of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from assembler.authoring.outcomes.limits import MOST_COUNTED
from assembler.library.records import Component
from assembler.runtime.choose import SlotCandidates, SlotPlan

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
    before, after = prod(len(here) + 1 for here in open_), _after(plan.slots, open_)
    return Combinations(before=_counted(before), after=None if after is None else _counted(after))


def _counted(count: int) -> int | None:
    return count if count <= MOST_COUNTED else None


def _after(slots: Sequence[SlotCandidates], candidates: Sequence[Sequence[Component]]) -> int | None:
    """Slot by slot, the ways so far, told apart by what they hold that a later slot asks about; None where that takes
    too many states."""
    places = Counter(component.address for here in candidates for component in here)
    ways: Counter[frozenset[str]] = Counter({frozenset(): 1})
    for number, (slot, here) in enumerate(zip(slots, candidates, strict=True)):
        later = _asked(candidates[number + 1 :])
        matters = [component for component in here if _speaks(component, later) or places[component.address] > 1]
        filled: Counter[frozenset[str]] = Counter()
        for held, count in ways.items():
            filled[held & later] += count * (len(here) - len(matters))
            for address in _joining(matters, held, slot.default.component):
                filled[(held | {address}) & later] += count
        if len(filled) > _MOST_STATES:
            return None
        ways = filled
    return ways.total()


def _asked(candidates: Sequence[Sequence[Component]]) -> frozenset[str]:
    """What the candidates of some slots ask about the slots before: their conditions, and whether they are used."""
    return frozenset(
        address
        for here in candidates
        for component in here
        for address in (component.address, *component.requires, *component.excludes)
    )


def _speaks(component: Component, later: frozenset[str]) -> bool:
    """Return whether it matters what stands with a component."""
    return bool(component.requires or component.excludes) or component.address in later


def _joining(components: Iterable[Component], held: frozenset[str], default: str | None) -> Iterator[str]:
    """The default of a slot, and the components that may join what earlier slots hold."""
    yield default or ""
    for component in components:
        allowed = held.issuperset(component.requires) and held.isdisjoint(component.excludes)
        if allowed and component.address not in held:
            yield component.address
