"""The closed vocabulary of answers: why a variant, a slot, a loser, a note. Each is a text, and compares as such."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why somebody gets a variant."""

    HOLDOUT = "HOLDOUT"
    ERROR = "ERROR"
    SPLIT = "SPLIT"
    TARGETING_MATCH = "TARGETING_MATCH"
    DEFAULT = "DEFAULT"


class ErrorCode(StrEnum):
    """What kept a decision from being made: a fault of ours, or a context that is none."""

    GENERAL = "GENERAL"
    INVALID_CONTEXT = "INVALID_CONTEXT"


class SlotReason(StrEnum):
    """Why a component fills a slot."""

    CONSTANT = "CONSTANT"
    HOLDOUT = "HOLDOUT"
    SPLIT = "SPLIT"
    TARGETING_MATCH = "TARGETING_MATCH"
    DEFAULT = "DEFAULT"


class Fit(StrEnum):
    """How closely what fills a slot fits somebody."""

    SEGMENT_STAGE = "segment+stage"
    SEGMENT = "segment"
    STAGE = "stage"
    EVERYONE = "everyone"
    DEFAULT = "default"
    EMPTY = "empty"


class Arm(StrEnum):
    """Which arm of an experiment somebody is in."""

    HOLDOUT = "holdout"
    CONTROL = "control"
    TREATED = "treated"
    UNASSIGNED = "unassigned"


class Loss(StrEnum):
    """Why a component does not fill a slot."""

    STATUS = "status"
    CAMPAIGN = "campaign"
    DEFAULT_ELSEWHERE = "default_elsewhere"
    WINDOW = "window"
    LOCALE = "locale"
    CHANNEL = "channel"
    CONSTANT = "constant"
    HOLDOUT = "holdout"
    SEGMENT = "segment"
    STAGE = "stage"
    NEEDS = "needs"
    USED = "used"
    REQUIRES = "requires"
    EXCLUDES = "excludes"
    TEST = "test"
    OUTRANKED = "outranked"


class Problem(StrEnum):
    """What keeps a signal, a field or another part of a context from being known."""

    MISSING = "missing"
    BLANK = "blank"
    TYPE = "type"
    RANGE = "range"
    STALE = "stale"
    FUTURE = "future"
    CONSENT = "consent"
    UNKNOWN_NAME = "unknown_name"
    LENGTH = "length"
    KIND = "kind"
