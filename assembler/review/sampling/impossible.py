"""Why two components can never stand together in a variant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from assembler.authoring.outcomes.moments import first_open
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes, SlotValue
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


class ImpossibleReasons:
    """The reasons of one plan. `partners` are its feasible pairs, as `PossibleRows.partners` gives them."""

    def __init__(self, outcomes: PlanOutcomes, content: Content, partners: Mapping[int, int], at: datetime) -> None:
        self._components = {component.address: component for component in content.components}
        self._partners = partners
        self._campaign = outcomes.plan.campaign
        self._now = Moment.of(at).instant
        self._numbers: dict[str | None, list[int]] = {}
        for number, value in enumerate(outcomes.values):
            self._numbers.setdefault(value.component, []).append(number)
        self._number = {value: number for number, value in enumerate(outcomes.values)}

    def why(self, first: SlotValue, second: SlotValue) -> ImpossibleReason:
        """Return why two values, neither of them empty, stand in no row together."""
        one, two = self._components[first.component or ""], self._components[second.component or ""]
        applies: dict[ImpossibleReason, bool] = {
            ImpossibleReason.USED: one.address == two.address,
            ImpossibleReason.WINDOW: first_open((one.window, two.window), self._now) is None,
            ImpossibleReason.SEGMENT: _apart(one.segments, two.segments),
            ImpossibleReason.STAGE: _apart(one.stages, two.stages),
            ImpossibleReason.EXCLUDES: one.address in two.excludes or two.address in one.excludes,
            ImpossibleReason.REQUIRES: self._lacks(one, second) or self._lacks(two, first),
            ImpossibleReason.TEST: self._tested_apart(one, two),
        }
        return next((reason for reason, is_so in applies.items() if is_so), ImpossibleReason.OUTRANKED)

    def _lacks(self, component: Component, other: SlotValue) -> bool:
        beside = self._partners.get(self._number[other], 0)
        return any(
            not any(beside >> number & 1 for number in self._numbers.get(required, ()))
            for required in component.requires
        )

    def _tested_apart(self, one: Component, two: Component) -> bool:
        if one.test is None or two.test is None or one.test.id != two.test.id:
            return False
        (low, high), (start, end) = one.test.range_in(self._campaign), two.test.range_in(self._campaign)
        return max(low, start) >= min(high, end)


def _apart(one: tuple[str, ...] | None, two: tuple[str, ...] | None) -> bool:
    return one is not None and two is not None and not set(one) & set(two)
