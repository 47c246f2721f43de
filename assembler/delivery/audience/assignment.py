"""The arms of people, and the ranges of tests that they are in, by their buckets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.buckets import Hasher
from assembler.delivery.audience.distinct import Counted, Numbers
from assembler.delivery.audience.scales import Mask, are_given
from assembler.delivery.audience.target import Target
from assembler.runtime.assignment import first_bytes

_UNASSIGNED, _TREATED = 0, 1
"""The numbers of arms; those of holdouts follow."""


class BatchAssignment:
    """Assigns people by their ids, null for none."""

    def __init__(self, target: Target) -> None:
        self._holdouts = [*target.holdouts()]
        self._cuts = target.cuts
        self._hasher = Hasher()

    def arms(self, ids: pa.Array) -> Counted:
        """Return the number of each person's arm."""
        arms = np.where(are_given(ids), _TREATED, _UNASSIGNED)
        for number, holdout in enumerate(self._holdouts, start=_TREATED + 1):
            asked = np.flatnonzero(arms == _TREATED)
            if len(asked):
                below = first_bytes(holdout.share)
                arms[asked[self._hasher.are_below(holdout.salt, _of(ids, asked), below)]] = number
        return arms, _TREATED + 1 + len(self._holdouts)

    def ranges(self, salt: str, ids: pa.Array, are_asked: Mask) -> Counted:
        """Return in which range of a test each person is who is asked, from 1; 0 of others."""
        cuts = self._cuts[salt]
        ranges = np.zeros(len(ids), np.int64)
        asked = np.flatnonzero(are_asked & are_given(ids))
        if len(asked):
            ranges[asked] = np.searchsorted(cuts, self._hasher.buckets(salt, _of(ids, asked)), "right")
        return ranges, len(cuts) + 1


def _of(ids: pa.Array, rows: Numbers) -> pa.Array:
    """The ids of some rows, in order."""
    return ids if len(rows) == len(ids) else ids.take(pa.array(rows))
