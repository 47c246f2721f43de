"""Which arm of an experiment a person is in: by hash, so that every process and every day says the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from assembler.library.records import BUCKETS, Holdout
from assembler.runtime.moment import Moment, span
from assembler.runtime.reasons import Arm

TREATED: Final = Arm.TREATED
UNASSIGNED: Final = Arm.UNASSIGNED
"""Members of an enumeration take longer to look up."""


def bucket(salt: str, person: str) -> int:
    """The person's bucket, 0 to 9,999, under a salt: the first 64 bits of SHA-256, scaled down."""
    digest = sha256(salted(salt, person).encode()).digest()
    return (int.from_bytes(digest[:8], "big") * BUCKETS) >> 64


Group = tuple[Arm, timedelta, str, bytes]
"""Who is held out, told without their bucket: the arm; when it ends, since the epoch; what stands before the id when it
is hashed; and what the hash is below."""


def groups(everywhere: Holdout | None, campaign: Holdout | None) -> tuple[Group, ...]:
    """The holdout over all campaigns goes before the campaign's own."""
    holdouts: tuple[tuple[Arm, Holdout | None], ...] = ((Arm.HOLDOUT, everywhere), (Arm.CONTROL, campaign))
    return tuple(
        (
            arm,
            timedelta.max if holdout.until is None else span(holdout.until),
            salted(holdout.salt, ""),
            first_bytes(holdout.share),
        )
        for arm, holdout in holdouts
        if holdout is not None
    )


def arm(person: str | None, moment: Moment, groups: Iterable[Group]) -> Arm:
    """The arm of a person at a moment."""
    if person is None:
        return UNASSIGNED
    for arm, until, salted, below in groups:
        if moment.since < until and sha256((salted + person).encode()).digest() < below:
            return arm
    return TREATED


def salted(salt: str, person: str) -> str:
    """Return what is hashed for a person under a salt."""
    return f"1|{salt}|{person}"


def first_bytes(share: int) -> bytes:
    """What the hashes of buckets below the share are below, as bytes: `(first * BUCKETS) >> 64 < share` of the first 64
    bits, solved for them."""
    first = -(-(share << 64) // BUCKETS)
    return first.to_bytes(8, "big") if first < 1 << 64 else b"\xff" * 33
