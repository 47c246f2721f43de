"""What to do with whatever was measured."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What to do with whatever a question is about."""

    UNHEALTHY = "unhealthy"
    KEEP_TESTING = "keep testing"
    RETIRE = "retire"
    KEEP = "keep"
