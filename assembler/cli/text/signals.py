"""Signals as they were read: value, age, and what keeps one from being known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.library.records import Signal
    from assembler.runtime.explain import SignalReading

_LONGEST_VALUE = 24

_PROBLEMS: dict[str, Callable[[Signal], str]] = {
    "missing": lambda signal: "not in the context",
    "blank": lambda signal: "blank",
    "type": lambda signal: f"not of the kind {signal.kind}",
    "range": lambda signal: "not one of " + ", ".join(signal.values) if signal.values else _range(signal),
    "stale": lambda signal: f"older than {_age((signal.max_age or 0) // 1_000_000)}",
    "future": lambda signal: "observed in the future",
    "consent": lambda signal: f"no consent for {signal.consent}",
}


def said_reading(reading: SignalReading, signal: Signal) -> tuple[str, str, str, str]:
    """A signal's name, value, age and state, each in words."""
    age = "" if reading.age_seconds is None or reading.value is None else _observed(reading.age_seconds)
    return reading.signal, _value(reading), age, _state(reading, signal)


def said_with_problem(reading: SignalReading) -> str:
    """The value, and the code of what keeps it from being known."""
    return _value(reading) + (f" ({reading.problem})" if reading.problem not in (None, "missing") else "")


def said_value(value: object) -> str:
    """A value as it is written, cut where it is long; blank text in quotation marks."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if text.strip() else f'"{text}"'
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _value(reading: SignalReading) -> str:
    return "-" if reading.value is None else said_value(reading.value)


def _state(reading: SignalReading, signal: Signal) -> str:
    if reading.problem is None:
        return "known"
    if reading.problem == "type" and reading.value is not None:
        return "unknown: without a readable time"
    return f"unknown: {_PROBLEMS[reading.problem](signal)}"


def _observed(seconds: int) -> str:
    if seconds == 0:
        return "now"
    return f"{_age(seconds)} old" if seconds > 0 else f"{_age(-seconds)} ahead"


def _age(seconds: int) -> str:
    """Seconds in the largest unit that fits."""
    units = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
    name, size = next((unit for unit in units if seconds >= unit[1]), units[-1])
    return counted(seconds // size, name)


def _range(signal: Signal) -> str:
    if signal.low is None or signal.high is None:
        return "out of range"
    return f"not from {signal.low} to {signal.high}"
