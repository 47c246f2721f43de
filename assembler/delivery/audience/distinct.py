"""What is worked out once for each different value of a column, or each different number, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import types

from assembler.delivery.audience.values import values

Numbers = NDArray[np.int64]
Counted = tuple[Numbers, int]
"""A number of each row, from 0, and how many different ones there can be."""

MOST_REMEMBERED: Final = 1 << 17
"""Where more is remembered, all of it is forgotten, so that memory has a bound."""

_MOST_CODES: Final = 1 << 62
_LAST: Final = -1


class DistinctValues:
    """Gives a number to each different value of a column by a function, once, and one to null."""

    def __init__(self, number_of: Callable[[Any], int], null: int) -> None:
        self._number_of = number_of
        self._null = null
        self._remembered: dict[tuple[type, Any], int] = {}

    def numbers(self, array: pa.Array) -> Numbers:
        """Return the number of each value of a plain array."""
        if types.is_null(array.type):
            return np.full(len(array), self._null, np.int64)
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.clear()
        encoded = array.dictionary_encode()
        table = np.array([*map(self._number, values(encoded.dictionary)), self._null], np.int64)
        places: NDArray[np.integer[Any]] = encoded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)
        numbers: Numbers = table[places]
        return numbers

    def _number(self, value: Any) -> int:
        key = type(value), value  # an integer and a float may be equal, and one of them be no value of a signal
        number = self._remembered.get(key)
        if number is None:
            number = self._remembered[key] = self._number_of(value)
        return number


class Interned:
    """Gives to each different code the number of when it was first met: 0, 1, 2 and so on."""

    def __init__(self) -> None:
        self._remembered: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._remembered)

    def numbers(self, codes: Numbers) -> Numbers:
        """Return the numbers of codes."""
        encoded = pa.array(codes).dictionary_encode()
        remembered = self._remembered
        table = [remembered.setdefault(code, len(remembered)) for code in encoded.dictionary.to_pylist()]
        numbers: Numbers = np.array(table, np.int64)[encoded.indices.to_numpy()]
        return numbers


class Codes:
    """One code for each row, of several numbers of it: rows with the same code have the same numbers."""

    def __init__(self) -> None:
        self._interned: dict[int, Interned] = {}

    def __len__(self) -> int:
        """How many codes are remembered."""
        return sum(map(len, self._interned.values()))

    def numbers(self, columns: Iterable[Counted], rows: int) -> Numbers:
        """Return the number of the code of each of so many rows: 0, 1, 2 and so on, as codes are met.

        There are the same columns at each call.
        """
        codes, count = np.zeros(rows, np.int64), 1
        for place, (numbers, different) in enumerate(columns):
            if count * different > _MOST_CODES:
                codes, count = self._at(place, codes), 1 << 31
            codes, count = codes * different + numbers, count * different
        return self._at(_LAST, codes)

    def _at(self, place: int, codes: Numbers) -> Numbers:
        return self._interned.setdefault(place, Interned()).numbers(codes)


def first_rows(numbers: Numbers) -> Numbers:
    """Return the first row that has each number from 0 to the largest; -1 where none has it."""
    rows = np.full(int(numbers.max(initial=-1)) + 1, -1, np.int64)
    rows[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return rows
