"""Why two components can never stand together in a variant."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property, partial

from assembler.authoring.outcomes.moments import first_open
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes
from assembler.library.records import Component, Content
from assembler.runtime.moment import Moment


class ImpossibleReason(StrEnum):
    """Why two components can never stand together: of those that apply, the first."""

    USED = "used"
    WINDOW = "window"
    SEGMENT = "segment"
    STAGE = "stage"
    EXCLUDES = "excludes"
    REQUIRES = "requires"
    TEST = "test"
    OUTRANKED = "outranked"


WhyImpossible = Callable[[], ImpossibleReason]
"""Tells the reason when it is called: it takes longer than to know the pair."""


class ImpossiblePairs:
    """Every two components of a plan that can never stand together, worked out when asked: there can be millions.

    `partners` are the feasible pairs, as `PossibleRows.partners` gives them.
    """

    def __init__(self, outcomes: PlanOutcomes, content: Content, partners: Mapping[int, int], at: datetime) -> None:
        by_address = {component.address: component for component in content.components}
        self._values = outcomes.values
        self._components = {
            number: by_address[value.component]
            for number, value in enumerate(outcomes.values)
            if value.component is not None
        }
        self._partners = partners
        self._campaign = outcomes.plan.campaign
        self._now = Moment.of(at).instant
        self._numbers: dict[str, int] = {}
        for number, component in self._components.items():
            self._numbers[component.address] = self._numbers.get(component.address, 0) | 1 << number

    @cached_property
    def alike(self) -> Hashable:
        """What two plans of one campaign have in common that have the same pairs for the same reasons."""
        components = ((number, component.address) for number, component in self._components.items())
        slots = tuple(self._values[number].slot for number in self._components)
        return self._campaign, tuple(components), slots, tuple(self._partners.items())

    def __iter__(self) -> Iterator[tuple[tuple[str, str], WhyImpossible]]:
        """Yield the addresses of both, in the order of slots, and what tells why."""
        addresses = {number: component.address for number, component in self._components.items()}
        for one, address in addresses.items():
            partners, slot = self._partners.get(one, 0), self._values[one].slot
            for two, other in addresses.items():
                if two > one and not partners >> two & 1 and self._values[two].slot != slot:
                    yield (address, other), partial(self._why, one, two)

    def _why(self, first: int, second: int) -> ImpossibleReason:
        one, two = self._components[first], self._components[second]
        applies: dict[ImpossibleReason, Callable[[], bool]] = {
            ImpossibleReason.USED: lambda: one.address == two.address,
            ImpossibleReason.WINDOW: lambda: first_open((one.window, two.window), self._now) is None,
            ImpossibleReason.SEGMENT: lambda: _apart(one.segments, two.segments),
            ImpossibleReason.STAGE: lambda: _apart(one.stages, two.stages),
            ImpossibleReason.EXCLUDES: lambda: one.address in two.excludes or two.address in one.excludes,
            ImpossibleReason.REQUIRES: lambda: self._lacks(one, second) or self._lacks(two, first),
            ImpossibleReason.TEST: lambda: self._tested_apart(one, two),
        }
        return next((reason for reason, is_so in applies.items() if is_so()), ImpossibleReason.OUTRANKED)

    def _lacks(self, component: Component, other: int) -> bool:
        """Whether something that a component requires never stands beside another value."""
        beside = self._partners.get(other, 0)
        return any(not beside & self._numbers.get(required, 0) for required in component.requires)

    def _tested_apart(self, one: Component, two: Component) -> bool:
        if one.test is None or two.test is None or one.test.id != two.test.id:
            return False
        (low, high), (start, end) = one.test.range_in(self._campaign), two.test.range_in(self._campaign)
        return max(low, start) >= min(high, end)


def _apart(one: tuple[str, ...] | None, two: tuple[str, ...] | None) -> bool:
    return one is not None and two is not None and not set(one) & set(two)
