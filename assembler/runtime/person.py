"""Somebody as one library knows them at one moment: what was read out of a context, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from assembler.conditions.evaluation import Value
from assembler.runtime.encode_values import EncodedValues
from assembler.runtime.fields import Values
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Arm, ErrorCode, Problem

Noted = Literal["signal", "field", "segment", "stage", "context"]


class Note(msgspec.Struct, frozen=True):
    """Something about the context that a reader of the decision should know. `kind` is what `name` names; a name that
    must not be repeated is None."""

    kind: Noted
    name: str | None
    problem: Problem

    def to_dict(self) -> dict[str, str | None]:
        return {self.kind: self.name, "problem": self.problem}


class Observations(msgspec.Struct, frozen=True, gc=False):
    """What an explanation speaks of: what was said of each signal, and the purposes that were consented to, in NFC."""

    signals: Mapping[str, object] = {}
    consent: frozenset[str] = frozenset()


UNOBSERVED: Final = Observations()


class Person(msgspec.Struct, frozen=True, gc=False):
    """Somebody as one library knows them at one moment. Hand it to that library in place of a context.

    `library` is the digest of the library, `locale` the one that is served. `arm` is theirs over all campaigns: who is
    treated there may be in a campaign's own control group. `signals` and `values` are what is known; `problems` says,
    for every signal or field that was given and is not known, why; `notes` are about everything else.
    `segment` and `stage` are those that the caller vouched for, where `told` says so, else those of the conditions.
    `error` is what kept the context from being read: then every answer is the stored default.
    """

    library: str
    locale: str
    at: Moment
    id: str | None
    arm: Arm
    signals: dict[str, Value]
    values: Values
    problems: dict[str, Problem]
    segment: str | None
    stage: str | None
    told: tuple[bool, bool]
    notes: tuple[Note, ...]
    error: ErrorCode | None = None
    encoded: EncodedValues | None = None
    observations: Observations = UNOBSERVED

    def __repr__(self) -> str:
        """No value of theirs is in it."""
        return f"<Person segment={self.segment} stage={self.stage} locale={self.locale} error={self.error}>"
