"""Reading signals: their values, what keeps one from being known, and its age.

Usual values are recognised where they stand; any other is read by its signal's reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Set
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

import msgspec

from assembler.library.records import Signal
from assembler.runtime.encode import is_blank
from assembler.runtime.recognise import LARGEST, Getter, getter, is_really, number_of, text_of
from assembler.runtime.rules import Value

__all__ = ["Moment", "Problem", "Reading", "SignalReader", "SignalsReader", "Unread", "span"]

Problem = Literal["missing", "blank", "type", "range", "stale", "future", "consent", "unknown_name", "length", "kind"]
Reading = tuple[Value | None, Problem | None, timedelta | None]
"""A signal's value (where it could be read), what is wrong with it, and its age."""


class Unread(NamedTuple):
    """What keeps a signal from being known, and its value where that could be read."""

    problem: Problem
    value: Value | None = None


class Usual(NamedTuple):
    """What most values of a signal are: exactly of one of the types, and among the values, if these are given, else
    from low to high."""

    types: tuple[type, ...] = ()
    values: frozenset[str] | None = None
    low: int | float = 0
    high: int | float = 0


_ABSENT: Final = object()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = _EPOCH.toordinal()
_MICROSECOND: Final = timedelta(microseconds=1)
_SKEW: Final = timedelta(minutes=-5)
"""How far ahead an observation may be: clocks differ."""

_LONGEST: Final = 10_000
"""Texts beyond this are out of range, so that reading one has a bounded cost."""

_time = datetime.fromisoformat
_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point in time: as given, as what has passed since the epoch, and as the ordinal of its UTC day."""

    at: datetime
    since: timedelta
    day: int

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """The moment of an aware datetime; a naive one is a `TypeError`."""
        since = at - _EPOCH if type(at) is datetime else datetime.__sub__(at, _EPOCH)
        return cls(at, since, _EPOCH_DAY + since.days)

    @property
    def instant(self) -> int:
        """Microseconds since the epoch."""
        since = self.since
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


class SignalsReader:
    """Reads the declared signals out of whatever a caller says about them."""

    def __init__(self, signals: Mapping[str, Signal]) -> None:
        self.each = tuple(SignalReader(name, signal) for name, signal in signals.items())
        self._purposes = {each.purpose for each in self.each if each.purpose is not None}
        self._usual = tuple(
            (each.name, each.oldest, *_usual(signal), each.value)
            for each, signal in zip(self.each, signals.values(), strict=True)
        )

    def read(self, get: Getter, at: datetime, consent: Set[str]) -> tuple[dict[str, Value], dict[str, Problem]]:
        """The known signals, and a problem for each that is supplied and not known; `get` looks one up."""
        known: dict[str, Value] = {}
        problems: dict[str, Problem] = {}
        for name, oldest, types, values, low, high, read in self._usual:
            value: Any = (raw := get(name, _ABSENT))
            if type(raw) is dict:
                value = None
                try:
                    observed_at = raw["observed_at"]
                    if type(observed_at) is str and _SKEW <= at - _time(observed_at[:_LONGEST]) <= oldest:
                        value = raw["value"]
                except (KeyError, ValueError, TypeError):
                    pass  # no time, or one without an offset
            if type(value) in types and (low <= value <= high if values is None else value in values):
                known[name] = value
            elif raw is not _ABSENT:
                value = read(raw, at)
                if isinstance(value, Unread):
                    problems[name] = value.problem
                else:
                    known[name] = value
        if known and not self._purposes <= consent:
            self._withhold(known, problems, consent)
        return known, problems

    def _withhold(self, known: dict[str, Value], problems: dict[str, Problem], consent: Set[str]) -> None:
        for each in self.each:
            if each.purpose is not None and each.purpose not in consent and each.name in known:
                del known[each.name]
                problems[each.name] = "consent"


def _usual(signal: Signal) -> Usual:
    match signal.kind:
        case "integer":
            return Usual((int,), None, *_bounds(signal))
        case "number":
            return Usual((int, float), None, *_bounds(signal))
        case "boolean":
            return Usual((bool,), None, False, True)
        case "choice":
            return Usual((str,), frozenset(signal.values))
        case _:
            return Usual()


class SignalReader:
    """Reads one declared signal out of whatever a caller says about it.

    `purpose` is what the person must have consented to; older than `oldest`, an observation does not count.
    """

    __slots__ = ("_bare", "name", "oldest", "purpose")

    def __init__(self, name: str, signal: Signal) -> None:
        self.name = name
        self.purpose = signal.consent
        self.oldest = timedelta.max if signal.max_age is None else span(signal.max_age)
        self._bare = _READERS[signal.kind](signal)

    def read(self, raw: object, at: datetime, consent: Container[str]) -> Reading:
        """The signal as it is known at a moment, with consent for some purposes.

        `raw` is a value, observed now, or a mapping of `value` and `observed_at`.
        """
        value = self.value(raw, at)
        get = getter(raw)
        observed = at if get is None else _aware(get("observed_at", None))
        if isinstance(value, Unread):
            return value.value, value.problem, None if value.value is None or observed is None else at - observed
        withheld = self.purpose is not None and self.purpose not in consent
        return value, "consent" if withheld else None, None if observed is None else at - observed

    def value(self, raw: object, at: datetime) -> Value | Unread:
        """The value of such a `raw`, whatever the person consented to."""
        get = raw.get if type(raw) is dict else getter(raw)
        if get is None:
            return self._bare(raw)
        value = self._bare(get("value", ...))
        observed = _aware(get("observed_at", None))
        if isinstance(value, Unread):
            return value if value.value is None or observed is not None else Unread("type", value.value)
        if observed is None:
            return Unread("type", value)
        age = at - observed
        if age > self.oldest:
            return Unread("stale", value)
        return Unread("future", value) if age < _SKEW else value


def span(microseconds: int) -> timedelta:
    """So many microseconds, or the most that a `timedelta` can be."""
    return min(microseconds, timedelta.max // _MICROSECOND) * _MICROSECOND


def _aware(value: object) -> datetime | None:
    """An aware datetime, or ISO 8601 text with an offset, as a datetime."""
    text = value if type(value) is str else text_of(value)
    if text is None:
        return value if is_really(value, datetime) and datetime.utcoffset(value) is not None else None
    try:
        observed = _time(text[:_LONGEST])
    except ValueError:
        return None
    return None if observed.tzinfo is None else observed


_MISSING: Final = Unread("missing")
_BLANK: Final = Unread("blank")
_TYPE: Final = Unread("type")


def _unreadable(raw: object) -> Unread:
    """What is wrong with a value that is not of its signal's kind."""
    if raw is None:
        return _MISSING
    text = text_of(raw)
    return _BLANK if text is not None and len(text) <= _LONGEST and is_blank(text) else _TYPE


Read = Callable[[object], Value | Unread]


def _integer(signal: Signal) -> Read:
    low, high = _bounds(signal)

    def read(raw: object) -> Value | Unread:
        number = raw if type(raw) is int else number_of(raw)
        if type(number) is not int:
            return _unreadable(raw)
        return number if low <= number <= high else Unread("range", _bounded(number))

    return read


def _number(signal: Signal) -> Read:
    low, high = _bounds(signal)

    def read(raw: object) -> Value | Unread:
        number = raw if type(raw) is int else number_of(raw)
        if number is None:
            return _unreadable(raw)
        return number if low <= number <= high else Unread("range", _bounded(number))

    return read


def _bounds(signal: Signal) -> tuple[int | float, int | float]:
    return -LARGEST if signal.low is None else signal.low, LARGEST if signal.high is None else signal.high


def _bounded(number: int | float) -> int | float | None:
    """A number that can be shown, or None."""
    return number if abs(number) <= LARGEST else None


def _boolean(signal: Signal) -> Read:
    def read(raw: object) -> Value | Unread:
        return raw if type(raw) is bool else _unreadable(raw)

    return read


def _text(signal: Signal) -> Read:
    def read(raw: object) -> Value | Unread:
        text = text_of(raw)
        if text is None:
            return _unreadable(raw)
        if len(text) > _LONGEST:
            return Unread("range")
        return _BLANK if is_blank(text) else text

    return read


def _choice(signal: Signal) -> Read:
    values = frozenset(signal.values)

    def read(raw: object) -> Value | Unread:
        text = raw if type(raw) is str else text_of(raw)
        if text is not None and text in values:
            return text
        unread = _unreadable(raw)
        return unread if text is None or unread is _BLANK else Unread("range", text)

    return read


def _date(signal: Signal) -> Read:
    def read(raw: object) -> Value | Unread:
        try:
            day = _day_of(raw)
        except (ValueError, OverflowError):
            day = None
        return _unreadable(raw) if day is None else day

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
