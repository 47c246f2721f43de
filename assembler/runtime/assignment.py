"""Which arm of an experiment a person is in: by hash, so that every process and every day says the same."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from assembler.library.records import Holdout

__all__ = ["BUCKETS", "Arm", "arm", "bucket"]

BUCKETS = 10_000
"""Buckets are hundredths of a per cent."""

Arm = Literal["holdout", "control", "treated", "unassigned"]


def bucket(salt: str, person: str) -> int:
    """The person's bucket, 0 to 9,999, under a salt: the first 64 bits of SHA-256, scaled down."""
    digest = sha256(f"1|{salt}|{person}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") * BUCKETS) >> 64


def arm(person: str | None, moment: int, everywhere: Holdout | None, campaign: Holdout | None) -> Arm:
    """The arm of a person at a moment: the holdout over all campaigns goes before the campaign's own."""
    if person is None:
        return "unassigned"
    if everywhere is not None and _holds(everywhere, person, moment):
        return "holdout"
    if campaign is not None and _holds(campaign, person, moment):
        return "control"
    return "treated"


def _holds(holdout: Holdout, person: str, moment: int) -> bool:
    runs = holdout.until is None or moment < holdout.until
    return runs and bucket(holdout.salt, person) < holdout.share
