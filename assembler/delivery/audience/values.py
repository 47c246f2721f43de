"""A column of Arrow as plain Python values, such as a context holds; null is None.

Whatever a file holds becomes some value: text that is no UTF-8 gets replacement characters; of a time, what is below a
microsecond is dropped; a date or time outside the years 1 to 9999 is its number, which is neither.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, types

from assembler.delivery.audience.columns import is_list, is_text
from assembler.runtime.moment import EPOCH, EPOCH_DAY

Integers = NDArray[np.int64]

_MICROSECONDS: Final = {"s": (1_000_000, 1), "ms": (1_000, 1), "us": (1, 1), "ns": (1, 1_000)}
"""By what a time is multiplied, and divided, to be microseconds."""

_TEXTS: Final = pa.large_list(pa.large_string())
_TIME: Final = pa.timestamp("us", "UTC")
_MICROSECOND: Final = timedelta(microseconds=1)
_FIRST: Final = (datetime.min.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
_LAST: Final = (datetime.max.replace(tzinfo=UTC) - EPOCH) // _MICROSECOND
_MILLISECONDS_A_DAY: Final = 86_400_000


def plain(array: pa.Array) -> pa.Array:
    """Return the array without dictionary, runs or extension type; text as `large_string` in valid UTF-8, lists
    of it as `large_list`; times as microseconds and dates as days, both since 1970 in UTC."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pa.ExtensionArray):
        return plain(array.storage)
    if types.is_dictionary(array.type):
        return plain(array.dictionary_decode())
    if types.is_run_end_encoded(array.type):
        return plain(compute.run_end_decode(array))
    return _of_one_type(array)


def values(array: pa.Array) -> list[Any]:
    """Return the values of a plain array."""
    convert = next((convert for test, convert in _CONVERTED if test(array.type)), None)
    if convert is None:
        listed: list[Any] = array.to_pylist()
        return listed
    storage, of = convert
    return [
        None if value is None else of(value)
        for value in (array if storage is None else array.view(storage)).to_pylist()
    ]


def is_in_calendar(microseconds: Integers) -> NDArray[np.bool_]:
    """Return which times, in microseconds since 1970, are of the years 1 to 9999."""
    return (microseconds >= _FIRST) & (microseconds <= _LAST)


def _of_one_type(array: pa.Array) -> pa.Array:
    """Text, lists of it, times, dates and decimals, each as one type of Arrow; any other array as it is."""
    if is_text(array.type):
        return _valid(array.cast(pa.large_string()), pa.large_binary())
    if is_list(array.type):
        return _valid(array.cast(_TEXTS), pa.large_list(pa.large_binary()))
    if types.is_timestamp(array.type):
        return _microseconds(array)
    if types.is_decimal32(array.type) or types.is_decimal64(array.type):
        return array.cast(pa.decimal128(array.type.precision, array.type.scale))
    return _days(array) if types.is_date64(array.type) else array


def _valid(array: pa.Array, binary: pa.DataType) -> pa.Array:
    """Text, or lists of it, in UTF-8."""
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return pa.array(_decoded(array.cast(binary).to_pylist()), array.type)
    return array


def _decoded(value: Any) -> Any:
    """Lists of bytes, and of such lists, as text."""
    if isinstance(value, list):
        return [*map(_decoded, value)]
    return value if value is None else value.decode("utf-8", "replace")


def _microseconds(array: pa.Array) -> pa.Array:
    """Times as microseconds; what is beyond 64 bits is the most, or the least, that these can be."""
    times, divisor = _MICROSECONDS[array.type.unit]
    most = np.iinfo(np.int64).max // times
    return _counted(array, lambda numbers: np.clip(numbers // divisor, -most, most) * times).view(_TIME)


def _days(array: pa.Array) -> pa.Array:
    """Dates as days; what is beyond 32 bits is the most, or the least, that these can be."""
    days = np.iinfo(np.int32)
    counted = _counted(array, lambda numbers: np.clip(numbers // _MILLISECONDS_A_DAY, days.min, days.max))
    return counted.cast(pa.int32()).view(pa.date32())


def _counted(array: pa.Array, convert: Callable[[Integers], Integers]) -> pa.Array:
    """The integers of which an array of 64 bits consists, converted; nulls stay nulls."""
    numbers: Integers = array.view(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return pa.array(convert(numbers), mask=array.is_null().to_numpy(zero_copy_only=False))


def _time(microseconds: int) -> object:
    try:
        return EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return microseconds


def _day(days: int) -> object:
    try:
        return date.fromordinal(EPOCH_DAY + days)
    except (ValueError, OverflowError):
        return days


def number_of_decimal(decimal: Decimal) -> int | float:
    """Return a decimal as an integer, if it is one, else as the nearest float."""
    return int(decimal) if decimal == decimal.to_integral_value() else float(decimal)


_CONVERTED: Final[
    tuple[tuple[Callable[[pa.DataType], bool], tuple[pa.DataType | None, Callable[[Any], object]]], ...]
] = (
    (types.is_timestamp, (pa.int64(), _time)),
    (types.is_date, (pa.int32(), _day)),
    (types.is_decimal, (None, number_of_decimal)),
)
"""What becomes another value than Arrow makes of it: as what it is read, and what that becomes."""
