"""The hashes of many people at once, by DuckDB: what `runtime.assignment` makes of them one by one.

This is the one thing about a decision that is worked out in a second way; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assembler.library.records import BUCKETS
from assembler.runtime.assignment import salted

_FIRST_64_BITS: Final = "SELECT ('0x' || left(sha256($salt || id), 16))::UBIGINT AS hashed FROM people"
_IS_BELOW: Final = "SELECT sha256($salt || id) < $below AS hashed FROM people"
"""Hexadecimal digits are in the order of the bytes that they stand for."""

_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""It goes to no network, whatever it is asked."""

_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64((1 << 32) - 1)
_BUCKETS: Final = np.uint64(BUCKETS)


class Hasher:
    """Hashes by a database in memory, which has one thread. Ids are `large_string`, none of them null."""

    def __init__(self) -> None:
        self._database = duckdb.connect(":memory:", config=_CONFIG)

    def buckets(self, salt: str, ids: pa.Array) -> NDArray[np.int64]:
        """Return the bucket, 0 to 9,999, of each id under a salt."""
        return scaled_down(self._column(_FIRST_64_BITS, ids, {"salt": salted(salt, "")}))

    def are_below(self, salt: str, ids: pa.Array, below: bytes) -> NDArray[np.bool_]:
        """Return which ids have a hash under a salt that is below some bytes, as `first_bytes` of a share are."""
        return self._column(_IS_BELOW, ids, {"salt": salted(salt, ""), "below": below.hex()})

    def _column(self, query: str, ids: pa.Array, values: Mapping[str, str]) -> NDArray[Any]:
        self._database.register("people", pa.table({"id": ids}))
        column = self._database.execute(query, values).fetchnumpy()["hashed"]
        self._database.unregister("people")
        return np.asarray(column)


def scaled_down(bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return `(bits * BUCKETS) >> 64`, whose product has more than 64 bits, by the halves of these."""
    low = ((bits & _LOW) * _BUCKETS) >> _HALF
    return (((bits >> _HALF) * _BUCKETS + low) >> _HALF).astype(np.int64)
