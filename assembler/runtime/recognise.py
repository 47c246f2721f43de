"""What a value really is. Anything may arrive: a value is told by its real type, whatever its `__class__` claims, and
copied by the methods of the built-in types, so that no method of a caller's class runs on a value. Only a mapping that
is no `dict` is asked by its own `get`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final, TypeGuard, TypeVar

__all__ = ["LARGEST", "Getter", "getter", "is_mapping", "is_really", "members", "nothing", "number_of", "text_of"]

Kind = TypeVar("Kind")
Getter = Callable[[str, object], object]

LARGEST: Final = 1 << 4_000
"""Integers beyond this are not read, so that one value has a bounded cost."""

nothing: Final[Getter] = MappingProxyType[str, object]({}).get
"""The getter of an empty mapping."""


def is_really(value: object, kind: type[Kind]) -> TypeGuard[Kind]:
    """Whether the value is of the kind."""
    return issubclass(type(value), kind)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is a mapping."""
    return type(value) is dict or issubclass(type(value), Mapping)


def getter(value: object) -> Getter | None:
    """How to look up a key in the value, or None if it is no mapping."""
    if type(value) is dict:
        return value.get
    if is_really(value, dict):
        return partial(dict.get, value)
    return value.get if is_mapping(value) else None


def text_of(value: object) -> str | None:
    """The value as exactly `str`, or None if it is no text."""
    if type(value) is str:
        return value
    return str.__str__(value) if is_really(value, str) else None


def number_of(value: object) -> int | float | None:
    """The value as exactly `int` or `float`, or None if it is neither: a boolean, NaN and infinity are no numbers."""
    if type(value) is float:
        return value if math.isfinite(value) else None
    if type(value) is bool:
        return None
    if is_really(value, int):
        return int.__pos__(value)
    if is_really(value, float):
        number = float.__pos__(value)
        return number if math.isfinite(number) else None
    return None


def members(value: object) -> Iterator[object]:
    """The members of a list, tuple or set; none of anything else."""
    if type(value) is list:
        return iter(value)
    if is_really(value, list):
        return list.__iter__(value)
    if is_really(value, tuple):
        return tuple.__iter__(value)
    if is_really(value, set):
        return set.__iter__(value)
    return frozenset.__iter__(value) if is_really(value, frozenset) else iter(())
