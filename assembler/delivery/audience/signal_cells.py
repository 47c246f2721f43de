"""The cell of a signal that each row's value lies in, or that it is not known.

Cells between which no condition tells a difference are one. Numbers and dates are placed by their scale, all at once;
any other value by the library's own reader, once for each different one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import types

from assembler.conditions.domains import Domain, OrderedDomain, Space, UnorderedDomain
from assembler.conditions.evaluation import Value
from assembler.delivery.audience.distinct import DistinctValues, Numbers
from assembler.delivery.audience.scales import are_given, counts, scale_of
from assembler.delivery.audience.values import is_in_calendar
from assembler.library.records import Known, Signal
from assembler.runtime.moment import Moment
from assembler.runtime.signals import SKEW, SignalReader, UnknownSignal, observed_since

UNKNOWN: Final = 0
"""The code of a signal that is not known; others begin with 1."""

_MICROSECOND: Final = timedelta(microseconds=1)
_NEVER: Final = np.iinfo(np.int64).min
"""Stands for a text that is no time."""


class Freshness(IntEnum):
    """Whether an observation counts, by its time."""

    FRESH = 0
    NO_TIME = 1
    STALE = 2
    FUTURE = 3


class SignalCells:
    """Codes for the values of one signal at a moment. Rows with the same code are treated alike by every condition, and
    what is known is apart from what is not. There are `count` codes."""

    def __init__(
        self, name: str, signal: Signal, moment: Moment, cells: tuple[Domain, Sequence[int]] | None = None
    ) -> None:
        """`cells` are those that conditions cut, with a number for each, if a condition reads the signal."""
        self.name = name
        self.purpose = (reader := SignalReader(name, signal)).purpose
        self._reader = reader
        self._signal = signal
        self._moment = moment
        self._domain, alike = cells or _uncut(name, signal)
        self._codes = self._codes_by_cell(alike)
        self.count = int(self._codes.max()) + 1
        self._distinct = DistinctValues(self._code, UNKNOWN)
        self._times = DistinctValues(_microseconds, _NEVER)
        self._latest = moment.instant - SKEW // _MICROSECOND
        self._earliest = None if signal.max_age is None else moment.instant - signal.max_age

    def codes(self, array: pa.Array, times: pa.Array | None) -> Numbers:
        """Return the code of each row's value, whatever the person consented to.

        `array` is a plain column, and `times` that of its times, where there is one.
        """
        codes = self._of_values(array)
        return codes if times is None else np.where(self.freshness(times) == Freshness.FRESH, codes, UNKNOWN)

    def _codes_by_cell(self, alike: Sequence[int]) -> Numbers:
        """The code of each cell of the domain: unknown for the last one, and for those that no known value lies in."""
        domain, signal = self._domain, self._signal
        outside = {domain.unknown}
        if isinstance(domain, OrderedDomain) and signal.kind != "date":
            outside |= {0} if signal.low is not None else set()
            outside |= {domain.unknown - 1} if signal.high is not None else set()
        numbers: dict[int, int] = {}
        codes = np.zeros(domain.unknown + 1, np.int64)
        for cell in set(range(domain.unknown)) - outside:
            codes[cell] = numbers.setdefault(alike[cell], len(numbers) + 1)
        return codes

    def _of_values(self, array: pa.Array) -> Numbers:
        kind = self._signal.kind
        if kind in ("integer", "number", "date"):
            scale = scale_of(array.type, kind, self._moment.day)
            if scale is not None:
                assert isinstance(self._domain, OrderedDomain)
                numbers, are_values = scale.read(array)
                cells = scale.edges(self._domain.cuts).searchsorted(numbers, "right")
                return np.where(are_values, self._codes[cells], UNKNOWN)
        return self._distinct.numbers(array)

    def _code(self, raw: object) -> int:
        value = self._reader.value(raw, self._moment.since)
        return UNKNOWN if isinstance(value, UnknownSignal) else int(self._codes[self._cell(value)])

    def _cell(self, value: Value) -> int:
        number = self._moment.day - value.toordinal() if isinstance(value, date) else value
        if isinstance(self._domain, OrderedDomain):
            assert not isinstance(number, str)
            return bisect_left(self._domain.cuts, number) + bisect_right(self._domain.cuts, number)
        assert isinstance(self._domain, UnorderedDomain)
        return self._domain.numbers.get(number, len(self._domain.numbers))

    def freshness(self, times: pa.Array) -> Numbers:
        """Return the `Freshness` of each of a plain column of times."""
        if types.is_timestamp(times.type):
            at, given = counts(times), are_given(times)
        else:
            at = self._times.numbers(times)
            given = at != _NEVER
        freshness = np.where(at > self._latest, int(Freshness.FUTURE), int(Freshness.FRESH))
        if self._earliest is not None:
            freshness[at < self._earliest] = Freshness.STALE
        freshness[~(given & is_in_calendar(at))] = Freshness.NO_TIME
        return freshness


def _uncut(name: str, signal: Signal) -> tuple[Domain, Sequence[int]]:
    """The cells of a signal that no condition reads."""
    (domain,) = Space({name: signal}, [Known(signal=name)]).domains
    return domain, [0] * (domain.unknown + 1)


def _microseconds(text: str) -> int:
    since = observed_since(text)
    return _NEVER if since is None else since // _MICROSECOND
