"""Moments, in microseconds since 1970 in UTC: when windows are open together, and when something changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assembler.library.records import Window
from assembler.runtime.choose import SlotPlan

_EARLIEST: Final = -(1 << 63)


def windows(plan: SlotPlan) -> list[Window]:
    """Return the windows of all candidates of a plan."""
    return [candidate.component.window for slot in plan.slots for candidate in slot.candidates]


def first_open(together: Iterable[Window], since: int = _EARLIEST) -> int | None:
    """Return the first moment, from one on, at which some windows are open together; None where they never are."""
    every = list(together)
    moment = max([since, *(window.start for window in every if window.start is not None)])
    return moment if all(window.is_open(moment) for window in every) else None


def moments(changing: Iterable[Window], since: int, ends: Iterable[int | None] = ()) -> tuple[int, ...]:
    """Return a moment, and every later one, in order, at which a window opens or closes, or that is among the ends."""
    edges = {edge for window in changing for edge in window.edges} | {end for end in ends if end is not None}
    return (since, *sorted(edge for edge in edges if edge > since))
