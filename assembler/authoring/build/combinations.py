"""How many ways there are to fill the slots of a plan, before and after what components say of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from assembler.library.records import Component
from assembler.runtime.choose import Plan, Row

__all__ = ["Combinations", "combinations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """Counted, not estimated. `before` multiplies what can fill each slot; `after` leaves out what `requires` and
    `excludes` rule out, and what holds a component twice. For whom a component is does not matter to either."""

    before: int
    after: int


def combinations(plan: Plan, moment: int) -> Combinations:
    """The combinations of a plan's candidates, and defaults, that are open at a moment (in microseconds)."""
    slots = [[each.component for each in row.candidates if _open(each.component, moment)] for row in plan.rows]
    return Combinations(before=prod(len(slot) + 1 for slot in slots), after=_after(plan.rows, slots))


def _open(component: Component, moment: int) -> bool:
    start, end = component.window.start, component.window.end
    return (start is None or start <= moment) and (end is None or moment < end)


def _after(rows: Sequence[Row], slots: Sequence[Sequence[Component]]) -> int:
    """Slot by slot, the ways so far by what they hold, as far as a later slot asks about it."""
    ways: Counter[frozenset[str]] = Counter({frozenset(): 1})
    for number, (row, candidates) in enumerate(zip(rows, slots, strict=True)):
        asked = _asked(slots[number + 1 :])
        plain, others = _parted(candidates, _asked(slots[number:]))
        filled: Counter[frozenset[str]] = Counter()
        for held, count in ways.items():
            default = {row.default.component} if row.default.component is not None else set()
            filled[(held | default) & asked] += count
            filled[held & asked] += count * plain
            for each in others:
                if _agrees(each, held):
                    filled[(held | {each.address}) & asked] += count
        ways = filled
    return ways.total()


def _asked(slots: Iterable[Iterable[Component]]) -> frozenset[str]:
    """What the candidates of some slots ask about the slots before them: conditions, and whether they are used."""
    return frozenset(
        address
        for candidates in slots
        for each in candidates
        for address in (each.address, *each.requires, *each.excludes)
    )


def _parted(candidates: Sequence[Component], asked: frozenset[str]) -> tuple[int, list[Component]]:
    """How many candidates ask nothing and are asked about by nobody else, and the others."""
    asking = Counter(address for each in candidates for address in (*each.requires, *each.excludes))
    del asking
    others = [each for each in candidates if each.requires or each.excludes or each.address in asked]
    return len(candidates) - len(others), others


def _agrees(component: Component, held: frozenset[str]) -> bool:
    return (
        component.address not in held
        and held.issuperset(component.requires)
        and held.isdisjoint(component.excludes)
    )
