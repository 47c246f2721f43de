"""What is counted of a campaign's people, and what is worth having."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

import msgspec

from assembler.errors import AssemblerError

UNCOUNTABLE: Final = frozenset({"open", "opened", "opens", "click", "clicked", "clicks"})
"""Events that only people can have who were sent something: held-out people cannot, so they compare nothing."""


class Metric(StrEnum):
    """How the events of a person are counted: whether there is any, or the sum of their values."""

    RATE = "rate"
    VALUE = "value"


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """An event within so long of the first exposure, how it is counted, and the least lift that is worth having, as a
    share of control's mean."""

    event: str
    within: timedelta
    metric: Metric = Metric.RATE
    minimum_lift: float = 0.0


class UncountableEvent(AssemblerError):
    """An event that people who were held out cannot have."""

    def __init__(self, event: str) -> None:
        self.event = event
        super().__init__(event)

    def __str__(self) -> str:
        return (
            f"{self.event!r} is no outcome: held-out people cannot have it, or not of the same thing, so that it shows "
            "a lift where there is none; count what people do afterwards, such as a visit or a purchase"
        )


def require_countable(event: str) -> None:
    """Raise `UncountableEvent` for an event that held-out people cannot have."""
    if event.strip().casefold() in UNCOUNTABLE:
        raise UncountableEvent(event)
