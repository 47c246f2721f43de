"""The shapes of answers, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Literal

import msgspec

from assembler.delivery.flags import FlagEvaluation
from assembler.runtime.reasons import Arm, ErrorCode, Fit, Loss, Problem, Reason, SlotReason


class Alive(msgspec.Struct, frozen=True):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Readiness(msgspec.Struct, frozen=True):
    """Whether the newest library is served, its digest, and what is wrong with the newest file, if it was refused."""

    status: Literal["ready", "stale"]
    library: str
    problem: str | None


class FlagsAnswer(msgspec.Struct, frozen=True):
    """The flag of every campaign and channel."""

    flags: list[FlagEvaluation]
    metadata: dict[str, str]


class FlagError(msgspec.Struct, frozen=True):
    """Why a flag is not evaluated, as OpenFeature has it."""

    errorCode: Literal["PARSE_ERROR", "INVALID_CONTEXT", "FLAG_NOT_FOUND"]  # noqa: N815  # the protocol's name
    errorDetails: str  # noqa: N815
    key: str | msgspec.UnsetType = msgspec.UNSET


class SlotAnswer(msgspec.Struct, frozen=True):
    """What fills a slot, and why; no component is an empty slot."""

    component: str | None
    reason: SlotReason
    fit: Fit


class AskedTestAnswer(msgspec.Struct, frozen=True):
    """A test that was asked, and the component that it gave; none outside of its shares."""

    test: str
    component: str | None


class NoteAnswer(msgspec.Struct, frozen=True):
    """Something about the context that a reader of the decision should know; it has one name of what it is about."""

    problem: Problem
    signal: str | msgspec.UnsetType | None = msgspec.UNSET
    field: str | msgspec.UnsetType | None = msgspec.UNSET
    segment: str | msgspec.UnsetType | None = msgspec.UNSET
    stage: str | msgspec.UnsetType | None = msgspec.UNSET
    context: str | msgspec.UnsetType | None = msgspec.UNSET


class DecisionAnswer(msgspec.Struct, frozen=True):
    """Which component fills each slot, and why. It holds no value of a person."""

    campaign: str
    channel: str
    locale: str
    segment: str | None
    stage: str | None
    arm: Arm
    reason: Reason
    error_code: ErrorCode | None
    library: str
    key: str
    withheld: str | None
    slots: dict[str, SlotAnswer]
    tests: list[AskedTestAnswer]
    notes: list[NoteAnswer]


class VariantAnswer(msgspec.Struct, frozen=True):
    """A variant: its key, the decision behind it, and its parts as text."""

    key: str
    decision: DecisionAnswer
    parts: dict[str, str]


class SignalAnswer(msgspec.Struct, frozen=True):
    """One signal as it was read."""

    signal: str
    value: str | bool | int | float | None
    problem: Problem | None
    age_seconds: int | None


class AudienceAnswer(msgspec.Struct, frozen=True):
    """Whether the condition of a segment or stage holds; null for unknown."""

    id: str
    result: bool | None


class ContenderAnswer(msgspec.Struct, frozen=True):
    """One component of a slot's type, and why it does not fill the slot."""

    component: str
    won: bool
    reason: Loss | None
    detail: str


class RangeAnswer(msgspec.Struct, frozen=True):
    """The buckets from `low` to below `high`; of a test, those of a component."""

    component: str | None
    low: int
    high: int


class BucketAnswer(msgspec.Struct, frozen=True):
    """A person's bucket in a holdout, a control group or a test, and the buckets that it takes."""

    kind: Literal["holdout", "control", "test"]
    name: str | None
    bucket: int
    ranges: list[RangeAnswer]
    ended: bool


class ExplanationAnswer(msgspec.Struct, frozen=True):
    """A decision with everything that led to it."""

    decision: DecisionAnswer
    signals: list[SignalAnswer]
    segments: list[AudienceAnswer]
    stages: list[AudienceAnswer]
    slots: dict[str, list[ContenderAnswer]]
    buckets: list[BucketAnswer]
