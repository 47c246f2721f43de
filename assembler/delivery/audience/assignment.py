"""The arms of people, and the ranges of tests that they are in, by their buckets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.buckets import Hasher
from assembler.delivery.audience.distinct import Counted, Numbers
from assembler.delivery.audience.scales import Mask, are_given
from assembler.delivery.audience.target import Target

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
            arms[asked[self._buckets(holdout.salt, ids, asked) < holdout.share]] = number
        return arms, _TREATED + 1 + len(self._holdouts)

    def ranges(self, salt: str, ids: pa.Array, are_asked: Mask) -> Counted:
        """Return in which range of a test each person is who is asked, from 1; 0 of others."""
        cuts = self._cuts[salt]
        ranges = np.zeros(len(ids), np.int64)
        asked = np.flatnonzero(are_asked & are_given(ids))
        ranges[asked] = np.searchsorted(cuts, self._buckets(salt, ids, asked), "right")
        return ranges, len(cuts) + 1

    def _buckets(self, salt: str, ids: pa.Array, rows: Numbers) -> Numbers:
        if not len(rows):
            return rows
        return self._hasher.buckets(salt, ids if len(rows) == len(ids) else ids.take(pa.array(rows)))
