"""The buckets of many people at once: `runtime.assignment.bucket`, by DuckDB.

This is the one thing about a decision that is worked out in a second way; `tests` holds the two together.
"""

from __future__ import annotations

from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assembler.library.records import BUCKETS
from assembler.runtime.assignment import salted

_FIRST_64_BITS: Final = "SELECT ('0x' || left(sha256($salt || id), 16))::UBIGINT AS bits FROM people"
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64((1 << 32) - 1)
_BUCKETS: Final = np.uint64(BUCKETS)


class Hasher:
    """Hashes by a database in memory, which has one thread."""

    def __init__(self) -> None:
        self._database = duckdb.connect(":memory:", config={"threads": 1})

    def buckets(self, salt: str, ids: pa.Array) -> NDArray[np.int64]:
        """Return the bucket, 0 to 9,999, of each id under a salt; ids are `large_string`, none of them null."""
        self._database.register("people", pa.table({"id": ids}))
        bits = self._database.execute(_FIRST_64_BITS, {"salt": salted(salt, "")}).fetchnumpy()["bits"]
        self._database.unregister("people")
        return scaled_down(np.asarray(bits))


def scaled_down(bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return `(bits * BUCKETS) >> 64`, whose product has more than 64 bits, by the halves of these."""
    low = ((bits & _LOW) * _BUCKETS) >> _HALF
    return (((bits >> _HALF) * _BUCKETS + low) >> _HALF).astype(np.int64)
