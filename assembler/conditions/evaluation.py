"""Three-valued logic (Kleene): a rule is true, false or unknown (None) for what is known about a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from assembler.library.records import Among, Audience, Both, Compare, Either, Known, Not, Rule

__all__ = ["Value", "atoms", "first_match", "truth"]

Value = str | bool | int | float | date
"""What a signal can be known to be."""

_OPERATORS: Final[dict[str, Callable[[Any, Any], object]]] = {
    "==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def truth(rule: Rule, known: Mapping[str, Value], today: int) -> bool | None:
    """Whether the rule holds. `known` has the known signals only; `today` is the ordinal of the current UTC day."""
    match rule:
        case Compare() | Among():
            return _compared(rule, known, today)
        case Known():
            return rule.signal in known
        case Not():
            inner = truth(rule.rule, known, today)
            return None if inner is None else not inner
        case Both():
            return _conjunction([truth(each, known, today) for each in rule.rules])
        case Either():
            denied = _conjunction([_negated(truth(each, known, today)) for each in rule.rules])
            return _negated(denied)


def first_match(audiences: tuple[Audience, ...], known: Mapping[str, Value], today: int) -> str | None:
    """The first audience whose rule is true."""
    return next((audience.id for audience in audiences if truth(audience.rule, known, today)), None)


def atoms(rule: Rule) -> Iterator[Compare | Among | Known]:
    """The comparisons and `known`s that a rule is made of."""
    match rule:
        case Not():
            yield from atoms(rule.rule)
        case Both() | Either():
            for each in rule.rules:
                yield from atoms(each)
        case _:
            yield rule


def _compared(rule: Compare | Among, known: Mapping[str, Value], today: int) -> bool | None:
    value = known.get(rule.signal)
    if value is None:
        return None
    if isinstance(value, date):
        value = today - value.toordinal()
    if isinstance(rule, Among):
        return value in rule.values
    return bool(_OPERATORS[rule.operator](value, rule.value))


def _conjunction(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value
