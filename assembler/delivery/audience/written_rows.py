"""Rows of decisions as they are written: the same rows have the same bytes, whatever was decided before them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

COUNTED = ("arm", "reason", "segment", "stage", "locale")
"""The columns by whose values rows are counted."""

Group = tuple[str | None, ...]
"""A value of each of these columns."""


class WrittenFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a part: its name, what its bytes are, and the name that it has until it is whole."""

    path: str
    written_as: str
    bytes: int
    sha256: str


class HashedFile:
    """A file that is written, and forced to the disk at its end; its digest is told as it is written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._path = path
        self._digest = hashlib.sha256()
        self._size = 0
        self._is_discarded = False

    def write(self, data: Any) -> int:
        """Write bytes. Raises `OSError`."""
        if self._is_discarded:
            return len(data)
        view = memoryview(data).cast("B")
        written = self._file.write(view)
        self._digest.update(view)
        self._size += written
        return written

    @property
    def closed(self) -> bool:
        """Whether it is closed, which it is when it is finished or discarded."""
        return False

    def flush(self) -> None:
        """Nothing: it is handed to the system at its end."""

    def close(self) -> None:
        """Nothing: it is closed at its end."""

    def tell(self) -> int:
        """Return how many bytes there are."""
        return self._size

    def finish(self, name: str) -> WrittenFile:
        """Force it to the disk, and return it; whole, it is to be called by the name. Raises `OSError`."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return WrittenFile(path=name, written_as=self._path.name, bytes=self._size, sha256=self._digest.hexdigest())

    def discard(self) -> None:
        """Remove it. What somebody still writes is dropped."""
        self._is_discarded = True
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._file.close()


def settled(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with dictionaries of the values that occur in it, in the order in which they do."""
    arrays = [_settled(array) if pa.types.is_dictionary(array.type) else array for array in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def counted(batch: pa.RecordBatch, counts: Counter[Group]) -> None:
    """Count the rows of a batch that is `settled`."""
    codes = np.zeros(batch.num_rows, np.int64)
    sizes = []
    for name in COUNTED:
        array = batch.column(name)
        size = len(array.dictionary) + 1
        codes = codes * size + _places(array)
        sizes.append(size)
    words = [[*batch.column(name).dictionary.to_pylist(), None] for name in COUNTED]
    different, rows = np.unique(codes, return_counts=True)
    for code, count in zip(different.tolist(), rows.tolist(), strict=True):
        counts[_group(code, sizes, words)] += count


def keys_in(batch: pa.RecordBatch) -> set[str]:
    """Return the keys of the variants that a batch that is `settled` names."""
    return {*batch.column("key").dictionary.to_pylist(), *batch.column("withheld").dictionary.to_pylist()}


def _settled(array: pa.DictionaryArray) -> pa.DictionaryArray:
    used = array.indices.unique().drop_null()
    places = np.zeros(len(array.dictionary), np.int32)
    places[used.to_numpy()] = np.arange(len(used), dtype=np.int32)
    indices = pa.array(places).take(array.indices) if len(places) else array.indices
    return pa.DictionaryArray.from_arrays(indices, array.dictionary.take(used))


def _places(array: pa.DictionaryArray) -> NDArray[np.int64]:
    """The place of each value in the dictionary; the one after its last for null."""
    places: NDArray[np.int64] = compute.fill_null(array.indices, len(array.dictionary)).to_numpy().astype(np.int64)
    return places


def _group(code: int, sizes: Sequence[int], words: Sequence[Sequence[str | None]]) -> Group:
    group: list[str | None] = []
    for size, of in zip(reversed(sizes), reversed(words), strict=True):
        code, place = divmod(code, size)
        group.append(of[place])
    return tuple(reversed(group))
