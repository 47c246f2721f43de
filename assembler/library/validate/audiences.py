"""What people are told apart by: signals, and the conditions of segments and stages over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assembler.library.records import And, Audience, Compare, Condition, Known, Literals, Not, OneOf, Or, Signal
from assembler.library.validate.invalid_library import InvalidLibrary, check_known, check_names, require

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
    low, high, age, kind = signal.low, signal.high, signal.max_age, signal.kind
    is_plain = low is None and high is None
    in_order = low is None or high is None or low <= high
    in_years = age is None or 0 < age <= _LONGEST_AGE
    require((kind == "choice") == bool(signal.values), f"{place}.values", "a choice has values, and nothing else has")
    require(is_plain or kind in _NUMBERS, place, f"a range is for numbers, and this is of kind {kind}")
    require(in_order, f"{place}.low", "the range ends before it begins")
    require(in_years, f"{place}.max_age", "an age is above 0, and no more than a billion days")


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
                    require(part.conditions, place, "`and` and `or` join at least one rule")
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
    of_kind = f"{atom.signal} is of kind {signal.kind}"
    require(atom.days == (signal.kind == "date"), place, f"days are counted from a date, and {of_kind}")
    numeric = atom.days or signal.kind in _NUMBERS
    if isinstance(atom, Compare):
        comparable = numeric or atom.operator not in _ORDER
        require(comparable, place, f"{atom.operator} compares numbers, and {of_kind}")
        _check_literal(atom.value, signal, numeric, place)
        return
    require(atom.values, place, f"{atom.signal} is compared with an empty list")
    for value in atom.values:
        _check_literal(value, signal, numeric, place)


def _check_literal(value: Literals, signal: Signal, numeric: bool, place: str) -> None:
    types: tuple[type, ...] = (int, float) if numeric else (bool,) if signal.kind == "boolean" else (str,)
    written = repr(str(value)[:80])
    is_foreign = signal.kind == "choice" and value not in signal.values
    require(type(value) in types, place, f"a signal of kind {signal.kind} is compared with {written}")
    require(not is_foreign, place, f"{written} is not among the values of the choice")
