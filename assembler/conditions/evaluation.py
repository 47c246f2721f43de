"""Three-valued logic (Kleene): a condition is true, false or unknown (None) for what is known about a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from assembler.library.records import And, Audience, Compare, Condition, Known, Not, OneOf, Or

Value = str | bool | int | float | date
"""What a signal can be known to be."""

Atom = Compare | OneOf | Known
"""A condition that is made of no others."""

_OPERATORS: Final[dict[str, Callable[[Any, Any], object]]] = {
    "==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def truth(condition: Condition, known: Mapping[str, Value], today: int) -> bool | None:
    """Return whether a condition holds; None for unknown.

    `known` has the known signals only; `today` is the ordinal of the current UTC day.
    """
    match condition:
        case Compare() | OneOf():
            return _compared(condition, known, today)
        case Known():
            return condition.signal in known
        case Not():
            value = truth(condition.condition, known, today)
            return None if value is None else not value
        case And() | Or():
            truths = [truth(part, known, today) for part in condition.conditions]
            decisive = isinstance(condition, Or)
            if decisive in truths:
                return decisive
            return None if None in truths else not decisive


def first_match(audiences: tuple[Audience, ...], known: Mapping[str, Value], today: int) -> str | None:
    """Return the id of the first audience whose condition is true, or None; the arguments are those of `truth`."""
    return next((audience.id for audience in audiences if truth(audience.condition, known, today)), None)


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield the comparisons and `known`s that a condition is made of, in order."""
    match condition:
        case Not():
            yield from atoms(condition.condition)
        case And() | Or():
            for part in condition.conditions:
                yield from atoms(part)
        case _:
            yield condition


def signals_read(condition: Condition) -> tuple[str, ...]:
    """Return the names of the signals that a condition reads, each once, in order."""
    return tuple(dict.fromkeys(atom.signal for atom in atoms(condition)))


def _compared(condition: Compare | OneOf, known: Mapping[str, Value], today: int) -> bool | None:
    value = known.get(condition.signal)
    if value is None:
        return None
    if isinstance(value, date):
        value = today - value.toordinal()
    if isinstance(condition, OneOf):
        return value in condition.values
    return bool(_OPERATORS[condition.operator](value, condition.value))
