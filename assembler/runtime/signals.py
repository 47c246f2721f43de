"""Reading one signal: its value, what keeps it from being known, and its age."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

import msgspec

from assembler.library.records import Signal
from assembler.runtime.encode import is_blank
from assembler.runtime.recognise import LARGEST, getter, is_really, number_of, text_of
from assembler.runtime.rules import Value

__all__ = ["Moment", "Problem", "Reading", "SignalReader"]

Problem = Literal["missing", "blank", "type", "range", "stale", "future", "consent", "unknown_name", "length", "kind"]
Reading = tuple[Value | None, Problem | None, timedelta | None]
"""A signal's value (where it could be read), what is wrong with it, and its age."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = _EPOCH.toordinal()
_MICROSECOND: Final = timedelta(microseconds=1)
_SKEW: Final = timedelta(minutes=-5)
"""How far ahead an observation may be: clocks differ."""

_LONGEST: Final = 10_000
"""Texts beyond this are out of range, so that reading one has a bounded cost."""

_SCALARS: Final = frozenset({str, int, float, bool, type(None)})
_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point in time, three ways: as given, in microseconds since the epoch, and as the ordinal of its UTC day."""

    at: datetime
    instant: int
    day: int

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """The moment of an aware datetime; a naive one is a `TypeError`."""
        since = datetime.__sub__(at, _EPOCH)
        return cls(at, since // _MICROSECOND, _EPOCH_DAY + since.days)


class SignalReader:
    """Reads one declared signal out of whatever a caller says about it."""

    def __init__(self, name: str, signal: Signal) -> None:
        self.name = name
        self._read_value = _READERS[signal.kind](signal)
        self._oldest = timedelta.max if signal.max_age is None else _timedelta(signal.max_age)
        self._purpose = signal.consent

    def read(self, raw: object, at: datetime, consent: Container[str | None]) -> Reading:
        """The signal as it is known at a moment, with consent for some purposes.

        `raw` is a value, observed now, or a mapping of `value` and `observed_at`.
        """
        observed: datetime | None = at
        if type(raw) not in _SCALARS and (get := getter(raw)) is not None:
            raw = get("value", ...)
            observed = _aware(get("observed_at", None))
        value, problem = self._read_value(raw)
        if value is None:
            return None, problem, None
        if observed is None:
            return value, "type", None
        age = at - observed
        return value, problem or self._age_problem(age, consent), age

    def _age_problem(self, age: timedelta, consent: Container[str | None]) -> Problem | None:
        if age > self._oldest:
            return "stale"
        if age < _SKEW:
            return "future"
        if self._purpose is not None and self._purpose not in consent:
            return "consent"
        return None


def _timedelta(microseconds: int) -> timedelta:
    return min(microseconds, timedelta.max // _MICROSECOND) * _MICROSECOND


def _aware(value: object) -> datetime | None:
    """An aware datetime, or ISO 8601 text with an offset, as a datetime."""
    text = text_of(value)
    if text is None:
        return value if is_really(value, datetime) and datetime.utcoffset(value) is not None else None
    try:
        observed = datetime.fromisoformat(text[:_LONGEST])
    except ValueError:
        return None
    return None if observed.tzinfo is None else observed


def _unreadable(raw: object) -> tuple[None, Problem]:
    """What is wrong with a value that is not of its signal's kind."""
    if raw is None:
        return None, "missing"
    text = text_of(raw)
    return None, "blank" if text is not None and len(text) <= _LONGEST and is_blank(text) else "type"


Read = Callable[[object], tuple[Value | None, Problem | None]]


def _integer(signal: Signal) -> Read:
    low, high = _bounds(signal)

    def read(raw: object) -> tuple[Value | None, Problem | None]:
        number = raw if type(raw) is int else number_of(raw)
        if type(number) is not int:
            return _unreadable(raw)
        return (number, None) if low <= number <= high else (_bounded(number), "range")

    return read


def _number(signal: Signal) -> Read:
    low, high = _bounds(signal)

    def read(raw: object) -> tuple[Value | None, Problem | None]:
        number = number_of(raw)
        if number is None:
            return _unreadable(raw)
        return (number, None) if low <= number <= high else (_bounded(number), "range")

    return read


def _bounds(signal: Signal) -> tuple[int | float, int | float]:
    return -LARGEST if signal.low is None else signal.low, LARGEST if signal.high is None else signal.high


def _bounded(number: int | float) -> int | float | None:
    """A number that can be shown, or None."""
    return number if abs(number) <= LARGEST else None


def _boolean(signal: Signal) -> Read:
    def read(raw: object) -> tuple[Value | None, Problem | None]:
        return (raw, None) if type(raw) is bool else _unreadable(raw)

    return read


def _text(signal: Signal) -> Read:
    def read(raw: object) -> tuple[Value | None, Problem | None]:
        text = text_of(raw)
        if text is None:
            return _unreadable(raw)
        if len(text) > _LONGEST:
            return None, "range"
        return (None, "blank") if is_blank(text) else (text, None)

    return read


def _choice(signal: Signal) -> Read:
    values = frozenset(signal.values)

    def read(raw: object) -> tuple[Value | None, Problem | None]:
        text = text_of(raw)
        if text in values:
            return text, None
        value, problem = _unreadable(raw)
        return (value, problem) if text is None or problem == "blank" else (text, "range")

    return read


def _date(signal: Signal) -> Read:
    def read(raw: object) -> tuple[Value | None, Problem | None]:
        try:
            day = _day_of(raw)
        except (ValueError, OverflowError):
            day = None
        return _unreadable(raw) if day is None else (day, None)

    return read


def _day_of(raw: object) -> date | None:
    if is_really(raw, date) and not is_really(raw, datetime):
        return date.fromordinal(date.toordinal(raw))
    text = text_of(raw)
    if text is not None and _day(text):
        return date.fromisoformat(text)
    observed = _aware(raw)
    return None if observed is None else date.fromordinal(Moment.of(observed).day)


_READERS: Final[dict[str, Callable[[Signal], Read]]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "text": _text,
    "choice": _choice,
    "date": _date,
}
