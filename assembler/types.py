"""What a context may hold, for type checkers: `context: Context = {...}` finds a misspelt key before anything runs.

Whatever arrives is read all the same; nothing here is looked at when a decision is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from datetime import date, datetime
from typing import TypedDict

SignalValue = str | int | float | bool | date | None
"""The value of a signal, as its kind has it; None for one that is not known."""


class Observation(TypedDict):
    """The value of a signal that was observed at a moment: an aware datetime, or ISO 8601 text with an offset."""

    value: SignalValue
    observed_at: datetime | str


class Context(TypedDict, total=False):
    """What a caller knows about a person; every key may be left out.

    A bare value of a signal was observed now. `consent` holds the purposes that were granted. A `segment` or `stage` is
    vouched for by the caller, None for none; without the key, conditions decide.
    """

    id: str | int | None
    locale: str | None
    consent: list[str] | tuple[str, ...] | AbstractSet[str]
    signals: Mapping[str, SignalValue | Observation]
    fields: Mapping[str, str | int | float | None]
    segment: str | None
    stage: str | None
