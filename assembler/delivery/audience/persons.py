"""The people of a table: who has an id that can be hashed, and what each consented to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, types

from assembler.delivery.audience.distinct import DistinctValues
from assembler.delivery.audience.people import purposes
from assembler.delivery.audience.scales import Mask, are_given
from assembler.delivery.audience.values import values
from assembler.runtime.context import LONGEST_ID, id_of
from assembler.runtime.signals import MOST_CONSENTS, granted

_FIRST_VISIBLE, _LAST_VISIBLE = 0x21, 0x7E
"""The printable characters of ASCII, as bytes; the blank is not among them."""


def persons(array: pa.Array) -> pa.Array:
    """Return the ids of a plain column as text to be hashed, null for those that are none."""
    if types.is_integer(array.type):
        return array.cast(pa.large_string())
    if not types.is_large_string(array.type):
        return pa.array([None if value is None else id_of(value) for value in values(array)], pa.large_string())
    rows = _odd_rows(array)
    if not len(rows):
        return array
    ids = array.take(pa.array(rows)).to_pylist()
    odd = pa.array([None if id_ is None else id_of(id_) for id_ in ids], pa.large_string())
    is_odd = np.zeros(len(array), np.bool_)
    is_odd[rows] = True
    return compute.replace_with_mask(array, pa.array(is_odd), odd)


def _odd_rows(array: pa.Array) -> NDArray[np.int64]:
    """The rows of a text that is blank, long, or not of printable ASCII alone."""
    offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset :][: len(array) + 1]
    if not len(array) or offsets[0] == offsets[-1]:
        return np.arange(len(array))
    bytes_ = np.frombuffer(array.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    lengths = np.diff(offsets)
    is_odd = (lengths == 0) | (lengths > LONGEST_ID)
    is_seen = (bytes_ - np.uint8(_FIRST_VISIBLE)) <= _LAST_VISIBLE - _FIRST_VISIBLE
    if not is_seen.all():
        is_odd[offsets.searchsorted(np.flatnonzero(~is_seen) + offsets[0], "right") - 1] = True
    return np.flatnonzero(is_odd)


class Consent:
    """Which of some purposes each person consented to, by a column that `is_text` or has lists."""

    def __init__(self, wanted: Iterable[str], *, is_text: bool) -> None:
        """`wanted` are in NFC."""
        grants = _text_grants if is_text else _member_grants
        self._is_text = is_text
        self._grants = {purpose: DistinctValues(partial(grants, purpose), 0) for purpose in wanted}

    def granted(self, array: pa.Array) -> dict[str, Mask]:
        """Return for each purpose which rows of a plain column grant it."""
        if self._is_text or types.is_null(array.type):
            return {purpose: texts.numbers(array) > 0 for purpose, texts in self._grants.items()}
        offsets = array.offsets.to_numpy()
        members = array.values[offsets[0] : offsets[-1]]
        parents = np.repeat(np.arange(len(array)), np.diff(offsets))
        are_read = np.arange(offsets[0], offsets[-1]) - offsets[parents] < MOST_CONSENTS
        are_read &= are_given(array)[parents]
        granted_by_purpose: dict[str, Mask] = {}
        for purpose, texts in self._grants.items():
            granting = np.zeros(len(array), np.bool_)
            granting[parents[(texts.numbers(members) > 0) & are_read]] = True
            granted_by_purpose[purpose] = granting
        return granted_by_purpose


def _member_grants(purpose: str, text: str) -> int:
    return purpose in granted([text])


def _text_grants(purpose: str, text: str) -> int:
    return purpose in granted(purposes(text))
