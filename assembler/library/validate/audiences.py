"""What people are told apart by: signals, and the conditions of segments and stages over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assembler.library.records import And, Audience, Compare, Condition, Known, Literals, Not, OneOf, Or, Signal
from assembler.library.validate.invalid_library import InvalidLibrary, check_known, check_names

MOST_DEPTH: Final = 128
"""How deep a condition may be. One that is written has up to 50 brackets and `not`s, each of two levels at most."""

_LONGEST_AGE: Final = 86_400_000_000 * 999_999_999
"""As many days as a `timedelta` can have, in microseconds."""

_NUMBERS: Final = ("integer", "number")
_ORDER: Final = ("<", "<=", ">", ">=")


def check_signal(signal: Signal, place: str) -> None:
    """Check a signal.

    Raises `InvalidLibrary` unless a choice has values, a number a range that is not empty, and a `max_age` is an age.
    """
    if (signal.kind == "choice") != bool(signal.values):
        raise InvalidLibrary(f"{place}.values", "a choice has values, and nothing else has")
    ranged = signal.low is not None or signal.high is not None
    if ranged and signal.kind not in _NUMBERS:
        raise InvalidLibrary(place, f"a range is for numbers, and this is of kind {signal.kind}")
    if signal.low is not None and signal.high is not None and signal.low > signal.high:
        raise InvalidLibrary(f"{place}.low", "the range ends before it begins")
    if signal.max_age is not None and not 0 < signal.max_age <= _LONGEST_AGE:
        raise InvalidLibrary(f"{place}.max_age", "an age is above 0, and no more than a billion days")


def check_audiences(audiences: Iterable[Audience], signals: Mapping[str, Signal], place: str) -> None:
    """Check segments or stages.

    Raises `InvalidLibrary` unless they have names of their own, and conditions over the library's signals.
    """
    audiences = tuple(audiences)
    check_names((audience.id for audience in audiences), place)
    for audience in audiences:
        _check_condition(audience.condition, signals, f"{place}.{audience.id}.rule")


def _check_condition(condition: Condition, signals: Mapping[str, Signal], place: str) -> None:
    """A condition is no deeper than can be evaluated. Every part is looked at, without recursion."""
    level: list[Condition] = [condition]
    for _ in range(MOST_DEPTH):
        below: list[Condition] = []
        for part in level:
            match part:
                case Not():
                    below.append(part.condition)
                case And() | Or():
                    if not part.conditions:
                        raise InvalidLibrary(place, "`and` and `or` join at least one rule")
                    below += part.conditions
                case _:
                    _check_atom(part, signals, place)
        if not below:
            return
        level = below
    raise InvalidLibrary(place, f"a rule of more than {MOST_DEPTH} levels")


def _check_atom(atom: Compare | OneOf | Known, signals: Mapping[str, Signal], place: str) -> None:
    check_known([atom.signal], signals, place)
    if isinstance(atom, Known):
        return
    signal = signals[atom.signal]
    if atom.days != (signal.kind == "date"):
        raise InvalidLibrary(place, f"days are counted from a date, and {atom.signal} is of kind {signal.kind}")
    numeric = atom.days or signal.kind in _NUMBERS
    if isinstance(atom, Compare):
        if atom.operator in _ORDER and not numeric:
            raise InvalidLibrary(place, f"{atom.operator} compares numbers, and {atom.signal} is of kind {signal.kind}")
        _check_literal(atom.value, signal, numeric, place)
        return
    if not atom.values:
        raise InvalidLibrary(place, f"{atom.signal} is compared with an empty list")
    for value in atom.values:
        _check_literal(value, signal, numeric, place)


def _check_literal(value: Literals, signal: Signal, numeric: bool, place: str) -> None:
    types: tuple[type, ...] = (int, float) if numeric else (bool,) if signal.kind == "boolean" else (str,)
    if type(value) not in types:
        raise InvalidLibrary(place, f"a signal of kind {signal.kind} is compared with {str(value)[:80]!r}")
    if signal.kind == "choice" and value not in signal.values:
        raise InvalidLibrary(place, f"{str(value)[:80]!r} is not among the values of the choice")
