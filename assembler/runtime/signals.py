"""Reading signals: their values, what keeps one from being known, and its age.

Usual values are recognised where they stand; any other is read by its signal's reader. Texts are compared in NFC.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Container, Mapping, Set
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from assembler.conditions.evaluation import Value
from assembler.library.records import Signal
from assembler.library.values import LARGEST, in_nfc, is_blank
from assembler.runtime.audiences import UNTOLD, AudienceIndex
from assembler.runtime.moment import EPOCH, EPOCH_DAY, Moment, since_epoch, span, with_fixed_offset
from assembler.runtime.person import Observations
from assembler.runtime.reasons import Problem
from assembler.runtime.recognise import ABSENT, getter, is_really, members, nothing, number_of, text_of, whole

Reading = tuple[Value | None, Problem | None, timedelta | None]
"""A signal's value (where it could be read), what is wrong with it, and its age."""

Problems = dict[str, Problem]
"""What keeps signals or fields from being known, by name."""


class UnknownSignal(NamedTuple):
    """What keeps a signal from being known, and its value where that could be read."""

    problem: Problem
    value: Value | None = None


_Usual = tuple[type, type, frozenset[str] | None, int | float, int | float]
"""What most values of a signal are: exactly of one of two types, and either among the values, which are no longer than
the last number, or from the one number to the other."""


class _Nothing:
    """A type that no value has."""


SKEW: Final = timedelta(minutes=-5)
"""How far ahead an observation may be: clocks differ."""

_LONGEST_PURPOSE: Final = 64
MOST_CONSENTS: Final = 256
_LONGEST: Final = 1_000
"""Texts beyond this are out of range, so that reading one has a bounded cost: of marks to be put in order, NFC compares
each with each."""

_LONGEST_TIME: Final = 64
"""Longer than any time with an offset."""

_GROWTH: Final = 4
"""No text in NFC is spelled with more than so many times its characters (Unicode FAQ, normalization)."""

_time = datetime.fromisoformat
_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


class SignalsReader:
    """Reads the declared signals out of whatever a caller says about them."""

    def __init__(self, signals: Mapping[str, Signal], audiences: AudienceIndex) -> None:
        self.readers = tuple(SignalReader(name, signal) for name, signal in signals.items())
        self._purposes = frozenset(reader.purpose for reader in self.readers if reader.purpose is not None)
        self._only_purpose = next(iter(self._purposes)) if len(self._purposes) == 1 else None
        self._audiences = audiences
        self._usual = tuple(
            (reader.name, reader.oldest, *_usual(signal), *audiences.place(reader.name), reader.value)
            for reader, signal in zip(self.readers, signals.values(), strict=True)
        )

    def read(
        self, given: object, consent: object, moment: Moment
    ) -> tuple[dict[str, Value], Problems, tuple[str | None, ...], bool]:
        """Return the known signals, a problem for each that is given and not known, the first audiences of each list
        that these are in, and whether others may be given.

        `given` and `consent` are what the caller says.
        """
        get = given.get if type(given) is dict else getter(given) or nothing
        known: dict[str, Value] = {}
        problems: Problems = {}
        since, boxes = moment.since, self._audiences.every_box
        for name, oldest, one, other, values, low, high, at_literal, cuts, between, read in self._usual:
            value: Any = (raw := get(name, ABSENT))
            if type(raw) is dict:
                value = _observed_value(raw, since, oldest)
            kind = type(value)
            if (kind is one or kind is other) and (
                low <= value <= high if values is None else len(value) <= high and value in values
            ):
                known[name] = value
            elif raw is ABSENT:
                value = None
            else:
                value = _sorted_in(name, read(raw, since), known, problems, moment)
            bits = at_literal(value)
            boxes &= between[bisect(cuts, value)] if bits is None else bits
        if known and not self._is_granted(consent):
            boxes = self._withhold(known, problems, granted(consent), boxes)
        firsts = self._audiences.first(known, moment.day, boxes)
        more = len(given) != len(known) + len(problems) if type(given) is dict else given is not ABSENT
        return known, problems, firsts, more

    def observations(self, given: object, consent: object) -> Observations:
        """What the caller says about each declared signal that is given, and of consent, in objects of our own that
        read the same."""
        get = given.get if type(given) is dict else getter(given) or nothing
        signals: dict[str, object] = {}
        for name, *_ in self._usual:
            raw = get(name, ABSENT)
            kind = type(raw)
            if kind is int or kind is float or kind is bool:
                signals[name] = raw
            elif raw is not ABSENT:
                signals[name] = _observation(raw)
        return Observations(signals, self._purposes if self._is_granted(consent) else frozenset(granted(consent)))

    def _is_granted(self, consent: object) -> bool:
        """Whether no purpose is wanted, or one is all that is wanted and the one that is granted, in the usual way."""
        if type(consent) is not list or len(consent) != 1:
            return not self._purposes
        purpose = consent[0]
        return not self._purposes or (type(purpose) is str and purpose == self._only_purpose)

    def _withhold(self, known: dict[str, Value], problems: Problems, consent: Set[str], boxes: int) -> int:
        """Take from what is known what the person did not consent to; return the boxes, which have to be looked up
        again if there is less."""
        for reader in self.readers:
            if reader.purpose is not None and reader.purpose not in consent and reader.name in known:
                del known[reader.name]
                problems[reader.name] = Problem.CONSENT
                boxes = UNTOLD
        return boxes


def _sorted_in(
    name: str, value: Value | UnknownSignal, known: dict[str, Value], problems: Problems, moment: Moment
) -> Any:
    """Put a value that was read among the known ones, or the problems; return it as conditions compare it, or None."""
    if isinstance(value, UnknownSignal):
        problems[name] = value.problem
        return None
    known[name] = value
    return moment.day - value.toordinal() if type(value) is date else value


def granted(given: object) -> set[str]:
    """Return the purposes that the person consented to, in NFC."""
    purposes: set[str] = set()
    entries = given if type(given) is list and len(given) <= MOST_CONSENTS else members(given, MOST_CONSENTS)
    for entry in entries:
        purpose = entry if type(entry) is str else text_of(entry, _LONGEST_PURPOSE)
        if purpose is not None and len(purpose) <= _LONGEST_PURPOSE:
            purposes.add(purpose if purpose.isascii() else in_nfc(purpose))
    return purposes


def _observation(raw: Any) -> object:
    """A raw value, or a mapping of `value` and `observed_at`, so that nobody can change it later."""
    if _is_plain(raw):
        return raw
    get = raw.get if type(raw) is dict else getter(raw)
    if get is None:
        return _unchanging(raw)
    value, at = get("value", ...), get("observed_at", None)
    if _is_plain(value) and _is_plain(at):
        return {"value": value, "observed_at": at}
    return {"value": _unchanging(value), "observed_at": _unchanging(at)}


def _is_plain(value: Any) -> bool:
    """Whether a value can be kept as it is."""
    kind = type(value)
    is_number = kind is int or kind is float or kind is bool
    return is_number or value is None or (kind is str and len(value) <= _LONGEST)


def _unchanging(value: object) -> object:
    """A value that reads as the given one does; what can be read as nothing is an ellipsis."""
    if _is_plain(value):
        return value
    text = text_of(value, _LONGEST)
    if text is not None:
        return text
    if is_really(value, datetime):
        return with_fixed_offset(value) or ...
    if is_really(value, date):
        return date.fromordinal(date.toordinal(value))
    number = number_of(value)
    return ... if number is None else number


def _observed_value(raw: dict[str, Any], since: timedelta, oldest: timedelta) -> Any:
    """The value of an observation with a usual time, not too old nor ahead; None of any other."""
    try:
        at = raw["observed_at"]
        if type(at) is str and len(at) <= _LONGEST_TIME and SKEW <= since - (_time(at) - EPOCH) <= oldest:
            return raw["value"]
    except (KeyError, ValueError, TypeError):
        pass  # no time, or one without an offset
    return None


def _usual(signal: Signal) -> _Usual:
    match signal.kind:
        case "integer":
            return int, int, None, *_bounds(signal)
        case "number":
            return int, float, None, *_bounds(signal)
        case "boolean":
            return bool, bool, None, False, True
        case "choice":
            values = frozenset(map(in_nfc, signal.values))
            return str, str, values, 0, max(map(len, values), default=0)
        case _:
            return _Nothing, _Nothing, None, 0, 0


class SignalReader:
    """Reads one declared signal out of whatever a caller says about it.

    `purpose` is what the person must have consented to; older than `oldest`, an observation does not count.
    """

    __slots__ = ("_bare", "name", "oldest", "purpose")

    def __init__(self, name: str, signal: Signal) -> None:
        self.name = name
        self.purpose = None if signal.consent is None else in_nfc(signal.consent)
        self.oldest = timedelta.max if signal.max_age is None else span(signal.max_age)
        self._bare = _READERS[signal.kind](signal)

    def read(self, raw: object, since: timedelta, consent: Container[str]) -> Reading:
        """The signal as it is known when so much has passed since the epoch, with consent for some purposes, in NFC.

        `raw` is a value, observed now, or a mapping of `value` and `observed_at`.
        """
        value = self.value(raw, since)
        get = getter(raw)
        observed = since if get is None else observed_since(get("observed_at", None))
        age = None if observed is None else since - observed
        if isinstance(value, UnknownSignal):
            return value.value, value.problem, None if value.value is None else age
        withheld = self.purpose is not None and self.purpose not in consent
        return value, Problem.CONSENT if withheld else None, age

    def value(self, raw: object, since: timedelta) -> Value | UnknownSignal:
        """The value of such a `raw`, whatever the person consented to."""
        get = raw.get if type(raw) is dict else getter(raw)
        if get is None:
            return self._bare(raw)
        value = self._bare(get("value", ...))
        observed = observed_since(get("observed_at", None))
        if isinstance(value, UnknownSignal):
            return value if value.value is None or observed is not None else UnknownSignal(Problem.TYPE, value.value)
        if observed is None:
            return UnknownSignal(Problem.TYPE, value)
        age = since - observed
        if age > self.oldest:
            return UnknownSignal(Problem.STALE, value)
        return UnknownSignal(Problem.FUTURE, value) if age < SKEW else value


def observed_since(value: object) -> timedelta | None:
    """Return what had passed since the epoch at an aware datetime, or at ISO 8601 text with an offset, such as `Z` or
    `z`; None for any other."""
    text = text_of(value, _LONGEST_TIME)
    if text is None:
        return since_epoch(value)
    if len(text) > _LONGEST_TIME:
        return None
    try:
        return since_epoch(_time(f"{text[:-1]}Z" if text.endswith("z") else text))
    except ValueError:
        return None


_BLANK: Final = UnknownSignal(Problem.BLANK)


def _unreadable(raw: object) -> UnknownSignal:
    """What is wrong with a value that is not of its signal's kind."""
    if raw is None:
        return UnknownSignal(Problem.MISSING)
    text = text_of(raw, _LONGEST)
    return _BLANK if text is not None and len(text) <= _LONGEST and is_blank(text) else UnknownSignal(Problem.TYPE)


Read = Callable[[object], Value | UnknownSignal]


def _numeric(signal: Signal) -> Read:
    low, high = _bounds(signal)
    is_integer = signal.kind == "integer"

    def read(raw: object) -> Value | UnknownSignal:
        number = number_of(raw)
        if is_integer and number is not None:
            number = whole(number)
        if number is None:
            return _unreadable(raw)
        if low <= number <= high:
            return number
        return UnknownSignal(Problem.RANGE, number if abs(number) <= LARGEST else None)

    return read


def _bounds(signal: Signal) -> tuple[int | float, int | float]:
    return -LARGEST if signal.low is None else signal.low, LARGEST if signal.high is None else signal.high


def _boolean(signal: Signal) -> Read:
    return lambda raw: raw if type(raw) is bool else _unreadable(raw)


def _textual(signal: Signal) -> Read:
    """A text, or one of the values of a choice."""
    values = frozenset(map(in_nfc, signal.values)) if signal.kind == "choice" else None
    longest = _GROWTH * max(map(len, values or ()), default=0)

    def read(raw: object) -> Value | UnknownSignal:
        text = text_of(raw, _LONGEST)
        if text is None:
            return _unreadable(raw)
        if len(text) > _LONGEST:
            return UnknownSignal(Problem.RANGE)
        if values is not None and len(text) <= longest and (value := in_nfc(text)) in values:
            return value
        if is_blank(text):
            return _BLANK
        return in_nfc(text) if values is None else UnknownSignal(Problem.RANGE, text)

    return read


def _date(signal: Signal) -> Read:
    def read(raw: object) -> Value | UnknownSignal:
        try:
            day = _day_of(raw)
        except (ValueError, OverflowError):
            day = None
        return _unreadable(raw) if day is None else day

    return read


def _day_of(raw: object) -> date | None:
    if is_really(raw, date) and not is_really(raw, datetime):
        return date.fromordinal(date.toordinal(raw))
    text = text_of(raw, _LONGEST_TIME)
    if text is not None and _day(text):
        return date.fromisoformat(text)
    observed = observed_since(raw)
    return None if observed is None else date.fromordinal(EPOCH_DAY + observed.days)


_READERS: Final[dict[str, Callable[[Signal], Read]]] = {
    "integer": _numeric,
    "number": _numeric,
    "boolean": _boolean,
    "text": _textual,
    "choice": _textual,
    "date": _date,
}
