"""Why two components can never stand together in a variant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from assembler.authoring.outcomes.moments import first_open
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes, SlotValue
from assembler.library.records import Component, Content
from assembler.runtime.moment import Moment

__all__ = ["REASONS", "Reason", "Reasons"]

Reason = Literal["used", "window", "segment", "stage", "excludes", "requires", "test", "outranked"]

REASONS: Mapping[Reason, str] = {
    "used": "one component fills only one slot of a variant",
    "window": "from now on there is no moment at which both may be used",
    "segment": "they are for different segments",
    "stage": "they are for different stages",
    "excludes": "one excludes the other",
    "requires": "one requires a component that never stands beside the other",
    "test": "they are for different people of one test",
    "outranked": "wherever one could stand, something that fits better does, or the other cannot",
}
"""The codes, the first that applies, and what they say."""


class Reasons:
    """The reasons of one plan. `partners` are its feasible pairs, as `PossibleRows.partners` gives them."""

    def __init__(self, outcomes: PlanOutcomes, content: Content, partners: Mapping[int, int], at: datetime) -> None:
        self._components = {each.address: each for each in content.components}
        self._partners = partners
        self._campaign = outcomes.plan.campaign
        self._now = Moment.of(at).instant
        self._numbers: dict[str | None, list[int]] = {}
        for number, value in enumerate(outcomes.values):
            self._numbers.setdefault(value.component, []).append(number)
        self._number = {value: number for number, value in enumerate(outcomes.values)}

    def why(self, first: SlotValue, second: SlotValue) -> Reason:
        """Why two values, neither of them empty, stand in no row together."""
        one, two = self._components[first.component or ""], self._components[second.component or ""]
        applies: dict[Reason, bool] = {
            "used": one.address == two.address,
            "window": first_open((one.window, two.window), self._now) is None,
            "segment": _apart(one.segments, two.segments),
            "stage": _apart(one.stages, two.stages),
            "excludes": one.address in two.excludes or two.address in one.excludes,
            "requires": self._lacks(one, second) or self._lacks(two, first),
            "test": self._tested_apart(one, two),
        }
        return next((code for code, found in applies.items() if found), "outranked")

    def _lacks(self, component: Component, other: SlotValue) -> bool:
        beside = self._partners.get(self._number[other], 0)
        return any(
            not any(beside >> number & 1 for number in self._numbers.get(required, ()))
            for required in component.requires
        )

    def _tested_apart(self, one: Component, two: Component) -> bool:
        if one.test is None or two.test is None or one.test.id != two.test.id:
            return False
        (low, high), (start, end) = (each.test.range_in(self._campaign) for each in (one, two) if each.test)
        return max(low, start) >= min(high, end)


def _apart(one: tuple[str, ...] | None, two: tuple[str, ...] | None) -> bool:
    return one is not None and two is not None and not set(one) & set(two)
