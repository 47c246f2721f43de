"""Numbers and dates of a column, ordered as the values that they mean, so that cuts divide all of them at once.

A literal of a condition may lie between two numbers that a column can hold, or beyond all of them. So it is turned
into two edges: the first such number whose value is not below the literal, and the first whose value is above it. How
many edges a number reaches is the cell of its value in an `OrderedDomain`. Comparisons are exact: no integer becomes a
float.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import types

from assembler.delivery.audience.values import number_of_decimal
from assembler.runtime.moment import EPOCH_DAY
from assembler.runtime.recognise import EXACT

_FLOATS: Final = np.finfo(np.float64)
_EXACT_DIGITS: Final = 15
"""Decimals with so many digits before the point are ordered as their nearest floats are."""

_MOST_DIGITS: Final = 18
"""So many digits fit in 64 bits."""

_MICROSECONDS_A_DAY: Final = 86_400_000_000

Number = int | float
Mask = NDArray[np.bool_]


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """How the numbers of a column are read: of a type, with which of them mean a value at all; and the first number
    whose value is not below a literal, or is above it."""

    type: type[np.number[Any]]
    read: Callable[[pa.Array], tuple[NDArray[Any], Mask]]
    first_from: Callable[[Number], Number]
    first_above: Callable[[Number], Number]

    def edges(self, cuts: Iterable[Number]) -> NDArray[Any]:
        """Return the edges of cuts in their order. An edge that no number reaches is left out."""
        least, most = (-math.inf, math.inf)
        if issubclass(self.type, np.integer):
            least, most = np.iinfo(self.type).min, np.iinfo(self.type).max
        edges = [edge for cut in cuts for edge in (self.first_from(cut), self.first_above(cut))]
        return np.array([max(least, edge) for edge in edges if edge <= most], self.type)


def scale_of(column: pa.DataType, kind: Literal["integer", "number", "date"], day: int) -> Scale | None:
    """Return the scale of a plain column of a signal's kind, on the day of an ordinal.

    None where there is none, so that values have to be read one by one.
    """
    if kind == "date":
        return _ages(column, day)
    if types.is_integer(column):
        return _integers(column)
    if types.is_floating(column):
        return _WHOLE_FLOATS if kind == "integer" else _FLOATS_ALL
    return _decimals(column) if types.is_decimal(column) and _is_ordered(column, kind) else None


def _is_ordered(column: pa.DataType, kind: str) -> bool:
    """Whether decimals are in the same order as the numbers that they are read as, and all of these are values."""
    if not 0 <= column.scale <= column.precision <= _MOST_DIGITS:
        return False
    return column.scale == 0 or (kind == "number" and column.precision - column.scale <= _EXACT_DIGITS)


def _integers(column: pa.DataType) -> Scale:
    kind = np.uint64 if column == pa.uint64() else np.int64

    def read(array: pa.Array) -> tuple[NDArray[Any], Mask]:
        return array.fill_null(0).to_numpy(zero_copy_only=False).astype(kind, copy=False), are_given(array)

    return Scale(type=kind, read=read, first_from=math.ceil, first_above=_whole_above)


def _whole_above(literal: Number) -> int:
    return math.floor(literal) + 1


def _finite(array: pa.Array) -> tuple[NDArray[Any], Mask]:
    numbers = array.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return numbers, np.isfinite(numbers)


def _finite_whole(array: pa.Array) -> tuple[NDArray[Any], Mask]:
    numbers, finite = _finite(array)
    return numbers, finite & (np.floor(numbers) == numbers) & (np.abs(numbers) <= EXACT)


def _float_from(literal: Number) -> float:
    """The first float that is not below a literal."""
    try:
        near = float(literal)
    except OverflowError:
        return math.inf if literal > 0 else float(_FLOATS.min)
    return near if near >= literal else math.nextafter(near, math.inf)


def _float_above(literal: Number) -> float:
    near = _float_from(literal)
    return near if near > literal else math.nextafter(near, math.inf)


_FLOATS_ALL: Final = Scale(type=np.float64, read=_finite, first_from=_float_from, first_above=_float_above)
_WHOLE_FLOATS: Final = Scale(type=np.float64, read=_finite_whole, first_from=_float_from, first_above=_float_above)


def _decimals(column: pa.DataType) -> Scale:
    """The integers that decimals are before their point is put."""
    most = 10**column.precision
    unscaled = range(-most, most)

    def value(number: int) -> Number:
        return number_of_decimal(Decimal(number).scaleb(-column.scale))

    def read(array: pa.Array) -> tuple[NDArray[Any], Mask]:
        words = np.frombuffer(array.cast(pa.decimal128(column.precision, column.scale)).buffers()[1], np.int64)
        return words[2 * array.offset :: 2][: len(array)], are_given(array)

    return Scale(
        type=np.int64,
        read=read,
        first_from=lambda literal: bisect_left(unscaled, literal, key=value) - most,
        first_above=lambda literal: bisect_right(unscaled, literal, key=value) - most,
    )


def _ages(column: pa.DataType, day: int) -> Scale | None:
    """Days that have passed since the dates of a column."""

    def read(array: pa.Array) -> tuple[NDArray[Any], Mask]:
        numbers = counts(array)
        if types.is_timestamp(column):
            numbers = numbers // _MICROSECONDS_A_DAY
        ordinals = EPOCH_DAY + numbers
        return day - ordinals, are_given(array) & (ordinals >= 1) & (ordinals <= date.max.toordinal())

    if not (types.is_date(column) or types.is_timestamp(column)):
        return None
    return Scale(type=np.int64, read=read, first_from=math.ceil, first_above=_whole_above)


def are_given(array: pa.Array) -> Mask:
    """Return which values of an array are not null."""
    mask: Mask = array.is_valid().to_numpy(zero_copy_only=False)
    return mask


def counts(array: pa.Array) -> NDArray[np.int64]:
    """Return the days or microseconds since 1970 of a plain array of dates or times; 0 for null."""
    storage = pa.int32() if types.is_date(array.type) else pa.int64()
    numbers: NDArray[np.int64] = array.view(storage).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers
