"""Which arm of an experiment a person is in: by hash, so that every process and every day says the same."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Literal

from assembler.library.records import Holdout
from assembler.runtime.signals import Moment, span

__all__ = ["BUCKETS", "Arm", "Group", "Groups", "arm", "bucket", "first_bytes", "groups"]

BUCKETS = 10_000
"""Buckets are hundredths of a per cent."""

Arm = Literal["holdout", "control", "treated", "unassigned"]


def bucket(salt: str, person: str) -> int:
    """The person's bucket, 0 to 9,999, under a salt: the first 64 bits of SHA-256, scaled down."""
    digest = sha256(_salted(salt, person).encode()).digest()
    return (int.from_bytes(digest[:8], "big") * BUCKETS) >> 64


class Group:
    """The people of a holdout, while it runs."""

    def __init__(self, holdout: Holdout) -> None:
        self._before_id = _salted(holdout.salt, "")
        self._below = first_bytes(holdout.share)
        self._until = timedelta.max if holdout.until is None else span(holdout.until)

    def holds(self, person: str, moment: Moment) -> bool:
        """Whether the person's bucket is among those held out: that can be told without working it out."""
        return moment.since < self._until and sha256((self._before_id + person).encode()).digest() < self._below


Groups = tuple[tuple[Arm, Group], ...]
"""The holdouts that a person may be in, by arm, the first that goes before the others."""


def groups(everywhere: Holdout | None, campaign: Holdout | None) -> Groups:
    """The holdout over all campaigns goes before the campaign's own."""
    found: tuple[tuple[Arm, Holdout | None], ...] = (("holdout", everywhere), ("control", campaign))
    return tuple((arm, Group(holdout)) for arm, holdout in found if holdout is not None)


def arm(person: str | None, moment: Moment, groups: Groups) -> Arm:
    """The arm of a person at a moment."""
    if person is None:
        return "unassigned"
    for arm, group in groups:
        if group.holds(person, moment):
            return arm
    return "treated"


def _salted(salt: str, person: str) -> str:
    return f"1|{salt}|{person}"


def first_bytes(share: int) -> bytes:
    """What the hashes of buckets below the share are below, as bytes: `(first * BUCKETS) >> 64 < share` of the first 64
    bits, solved for them."""
    first = -(-(share << 64) // BUCKETS)
    return first.to_bytes(8, "big") if first < 1 << 64 else b"\xff" * 33
