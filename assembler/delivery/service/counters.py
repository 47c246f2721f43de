"""Numbers that the processes of a service share: each writes its own, and each can read the sum of all.

A process has a region of two arrays. In one are the names of its series, a line each, in the order in which they came
up; in the other their values, behind how many bytes of names there are. A name is there before that says so, so that
nobody reads half of one; and a value is written at once.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from multiprocessing import get_context
from typing import Any, Final

MOST_SERIES: Final = 4_096
"""Of one process; others are only counted."""

_MOST_NAMES: Final = 128 * MOST_SERIES
"""Bytes."""

DROPPED: Final = "assembler_dropped_series_total"
"""The series that counts what is not counted."""


Region = tuple["memoryview[float]", "memoryview[int]"]
"""The values of one process, behind how many bytes of names there are; and the names."""


class SharedCounters:
    """The memory of so many processes. It can be handed to a process that is being started, and to no other."""

    def __init__(self, processes: int) -> None:
        array: Any = get_context("spawn").RawArray if processes > 1 else _array
        self._processes = processes
        self._values = array(ctypes.c_double, processes * (1 + MOST_SERIES))
        self._names = array(ctypes.c_char, processes * _MOST_NAMES)

    def of(self, process: int) -> Counters:
        """Return the numbers of one process. They go on where one that had them before has ended."""
        return Counters(self._regions(), process)

    def _regions(self) -> list[Region]:
        values, names = memoryview(self._values).cast("B").cast("d"), memoryview(self._names).cast("B")
        return [
            (
                values[number * (1 + MOST_SERIES) : (number + 1) * (1 + MOST_SERIES)],
                names[number * _MOST_NAMES : (number + 1) * _MOST_NAMES],
            )
            for number in range(self._processes)
        ]


class Counters:
    """The numbers of one process, and the sums of all."""

    def __init__(self, regions: list[Region], own: int) -> None:
        self._regions = regions
        self._values, self._names = regions[own]
        self._places = {name: 1 + number for number, name in enumerate(_names_in(regions[own]))}
        self._dropped = self._place(DROPPED)

    def place(self, series: str) -> int:
        """Return where the number of a series is, which begins at 0: that of what is dropped, if there is no room."""
        return self._places.get(series) or self._place(series)

    def add(self, place: int, amount: float = 1) -> None:
        """Add to the number at a place."""
        self._values[place] += amount

    def set(self, series: str, value: float) -> None:
        """Set the number of a series."""
        self._values[self.place(series)] = value

    def reset(self, prefix: str) -> None:
        """Set every number to 0 whose series begins so."""
        for series in [*self._places]:
            if series.startswith(prefix):
                self.set(series, 0)

    def sums(self) -> dict[str, float]:
        """Return the sum over all processes, by series."""
        sums: dict[str, float] = {}
        for region in self._regions:
            for number, name in enumerate(_names_in(region)):
                sums[name] = sums.get(name, 0) + region[0][1 + number]
        return sums

    def _place(self, series: str) -> int:
        """Make a place for a new series."""
        line = series.encode() + b"\n"
        used = int(self._values[0])
        if len(self._places) >= MOST_SERIES or used + len(line) > _MOST_NAMES:
            return self._dropped
        self._names[used : used + len(line)] = line
        self._values[0] = used + len(line)
        self._places[series] = 1 + len(self._places)
        return self._places[series]


def _array(kind: Any, length: int) -> object:
    """The memory of one process, which needs no file."""
    return (kind * length)()


def _names_in(region: Region) -> Iterable[str]:
    values, names = region
    return bytes(names[: int(values[0])]).decode().splitlines()
