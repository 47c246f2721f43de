"""What a value really is. Anything may arrive: a value is told by its real type, whatever its `__class__` claims, and
copied by the methods of the built-in types, so that no method of a caller's class runs on a value. Only a mapping that
is no `dict` is asked by its own `get`. Of what has no bounds, a bounded part is looked at.
"""

from __future__ import annotations

import math
from abc import ABCMeta
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeGuard, TypeVar

from assembler.library.values import LARGEST

Kind = TypeVar("Kind")
Getter = Callable[[str, object], object]

_BEYOND: Final = LARGEST << 1
EXACT: Final = 1 << 53
"""Up to here, every whole number is a float of its own (IEEE 754)."""

ABSENT: Final = object()
"""Stands for what is not given."""

nothing: Final[Getter] = MappingProxyType[str, object]({}).get
"""The getter of an empty mapping."""


def is_really(value: object, kind: type[Kind]) -> TypeGuard[Kind]:
    """Whether the value is of the kind."""
    return issubclass(type(value), kind)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is a mapping.

    Abstract classes remember the classes that they were asked about, by hash: so only such are asked about that are
    hashed and compared as classes are.
    """
    kind = type(value)
    if type(kind) is type or type(kind) is ABCMeta:
        return issubclass(kind, Mapping)
    return any(base is Mapping for base in type.__getattribute__(kind, "__mro__"))


def getter(value: object) -> Getter | None:
    """How to look up a key in the value, or None if it is no mapping."""
    if type(value) is dict:
        return value.get
    if is_really(value, dict):
        return partial(dict.get, value)
    return value.get if is_mapping(value) else None


def keys_of(value: object, most: int) -> Iterable[object]:
    """The keys of a dictionary that has not more than so many; none of anything else."""
    return dict.keys(value) if is_really(value, dict) and dict.__len__(value) <= most else ()


def text_of(value: object, most: int) -> str | None:
    """The value as exactly `str`, or None if it is no text; of a longer one, a character more than `most`."""
    if type(value) is str and len(value) <= most:
        return value
    return str.__getitem__(value, slice(most + 1)) if is_really(value, str) else None


def number_of(value: object) -> int | float | None:
    """The value as exactly `int` or `float`, or None if it is neither: a boolean, NaN and infinity are no numbers.

    An integer far beyond `LARGEST` is some number beyond it.
    """
    if type(value) is float:
        return value if math.isfinite(value) else None
    if type(value) is bool:
        return None
    if is_really(value, int):
        return int.__pos__(value) if int.bit_length(value) <= _BEYOND.bit_length() else _BEYOND
    if is_really(value, float):
        number = float.__pos__(value)
        return number if math.isfinite(number) else None
    return None


def whole(number: int | float) -> int | None:
    """The integer that a number is: also a float without a fraction is one, as long as every integer is a float."""
    if isinstance(number, int):
        return number
    return int(number) if number.is_integer() and abs(number) <= EXACT else None


def members(value: object, most: int) -> Iterator[object]:
    """The first so many members of a list or tuple; those of a set, which has no first, if they are not more.

    None of anything else.
    """
    if is_really(value, list):
        return islice(list.__iter__(value), most)
    if is_really(value, tuple):
        return islice(tuple.__iter__(value), most)
    if is_really(value, set):
        return set.__iter__(value) if set.__len__(value) <= most else iter(())
    if is_really(value, frozenset):
        return frozenset.__iter__(value) if frozenset.__len__(value) <= most else iter(())
    return iter(())
