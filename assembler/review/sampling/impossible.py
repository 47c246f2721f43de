"""Why two components can never stand together in a variant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from itertools import combinations

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

    def __iter__(self) -> Iterator[tuple[tuple[str, str], ImpossibleReason]]:
        """Yield the addresses of both, in the order of slots, and why."""
        for one, two in combinations(self._components, 2):
            if self._values[one].slot != self._values[two].slot and not self._partners.get(one, 0) >> two & 1:
                yield (self._components[one].address, self._components[two].address), self._why(one, two)

    def _why(self, first: int, second: int) -> ImpossibleReason:
        one, two = self._components[first], self._components[second]
        applies = {
            ImpossibleReason.USED: one.address == two.address,
            ImpossibleReason.WINDOW: first_open((one.window, two.window), self._now) is None,
            ImpossibleReason.SEGMENT: _apart(one.segments, two.segments),
            ImpossibleReason.STAGE: _apart(one.stages, two.stages),
            ImpossibleReason.EXCLUDES: one.address in two.excludes or two.address in one.excludes,
            ImpossibleReason.REQUIRES: self._lacks(one, second) or self._lacks(two, first),
            ImpossibleReason.TEST: self._tested_apart(one, two),
        }
        return next((reason for reason, is_so in applies.items() if is_so), ImpossibleReason.OUTRANKED)

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
