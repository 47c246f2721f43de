"""A decision -> a record that somebody was given it. It holds no field, no signal's value and no copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal, TypedDict

import msgspec

from assembler.runtime.choose import AskedTest
from assembler.runtime.decision import Decision
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Arm, Reason

SCHEMA: Final = 1
ALGORITHM: Final = "1"
"""The one by which people are assigned to arms (`assembler.runtime.assignment`)."""

MOST_COMPONENTS: Final = 1_000
MOST_TESTS: Final = 400
"""Bytes of what a record says of a variant's components, and of tests. What says more is null in every such record,
whichever the arm, so that the arms can still be compared."""

LONGEST_UNIT: Final = 128
LONGEST_VERSION: Final = 64
_DIGITS: Final = 32
_IN_SECONDS: Final = len("2026-11-22T12:00:00Z")

Kind = Literal["experiment", "fallback", "outside"]


class Exposure(TypedDict):
    """The record: its keys, in their order.

    `kind` says what it counts for. `experiment`: somebody is in an arm, and would as treated get another variant than
    the default; only these are compared. `fallback`: they would get the default in any arm. `outside`: nobody assigned
    them to an arm, or the stored default answered for an error.

    `would` is the key of the variant that they would get as treated, `would_components` are its components by slot, as
    `components` are of what they got; null for an empty slot. `salts` are those that the arms are told by.

    What would take too many bytes is null: `components`, `would_components`, `tests`.
    """

    schema: int
    event_id: str
    timestamp: str
    unit_id: str | None
    experiment_id: str
    experiment_version: int | str
    variation_id: str
    reason: str
    kind: Kind
    channel: str
    locale: str
    segment: str | None
    stage: str | None
    key: str
    would: str
    components: dict[str, str | None] | None
    would_components: dict[str, str | None] | None
    tests: list[dict[str, str | None]] | None
    library: str
    algo: str
    salts: dict[str, str | None]


def exposure(decision: Decision, *, unit_id: str | None, at: datetime, version: int | str) -> Exposure:
    """Return the record that somebody was given a decision at a moment.

    `unit_id` is the person's `pseudonym`, or another name for them that says nothing about them, None for nobody known;
    `version` is the campaign's phase, whose people are compared with each other: 1 where there are no phases. The same
    arguments give the same record, so that one that is written twice is known by its `event_id`.

    Raises `TypeError` where `at` is no aware datetime or another argument is of another type; `ValueError` where one is
    blank, longer than 128 or 64 characters, or has characters that cannot be printed.
    """
    moment = Moment.of(at)
    if unit_id is not None:
        _require_name("unit_id", unit_id, LONGEST_UNIT)
    require_version(version)
    timestamp = _timestamp(moment.utc)
    event = f"{unit_id or ''}|{decision.campaign}|{version}|{decision.channel}|{timestamp}"
    treatment = decision.treatment
    components = _components(decision.choices)
    is_treated = treatment.choices is decision.choices
    would_components = components and components.copy() if is_treated else _components(treatment.choices)
    return {
        "schema": SCHEMA,
        "event_id": sha256(event.encode()).hexdigest()[:_DIGITS],
        "timestamp": timestamp,
        "unit_id": unit_id,
        "experiment_id": decision.campaign,
        "experiment_version": version,
        "variation_id": decision.arm,
        "reason": decision.reason,
        "kind": _kind(decision),
        "channel": decision.channel,
        "locale": decision.locale,
        "segment": decision.segment,
        "stage": decision.stage,
        "key": decision.key,
        "would": treatment.key,
        "components": components,
        "would_components": would_components,
        "tests": _tests(decision.tests),
        "library": decision.library,
        "algo": ALGORITHM,
        "salts": {"holdout": treatment.salts.holdout, "control": treatment.salts.control},
    }


def require_version(version: object) -> None:
    """Raise `TypeError` or `ValueError`, as `exposure` does, for what is no version."""
    if type(version) is int:
        if not 0 <= version < 1 << 63:
            raise ValueError("version must be an integer from 0, of 63 bits at most")
    else:
        _require_name("version", version, LONGEST_VERSION)


def _require_name(argument: str, name: object, most: int) -> None:
    if type(name) is not str:
        raise TypeError(f"{argument} must be text{', or an integer' if argument == 'version' else ', or None'}")
    if not name.strip() or len(name) > most or not name.isprintable():
        raise ValueError(f"{argument} must be text that can be printed, of 1 to {most} characters")


def _timestamp(at: datetime) -> str:
    """A moment in UTC, by RFC 3339, always with microseconds: so texts are in the order of moments."""
    text = msgspec.json.encode(at).decode()[1:-1]
    return text if len(text) > _IN_SECONDS else f"{text[:-1]}.000000Z"


def _kind(decision: Decision) -> Kind:
    if decision.arm is Arm.UNASSIGNED or decision.reason is Reason.ERROR:
        return "outside"
    return "fallback" if decision.treatment.is_default else "experiment"


def _components(choices: Iterable[Choice]) -> dict[str, str | None] | None:
    components = {choice.slot: choice.component for choice in choices}
    return components if _takes(components) <= MOST_COMPONENTS else None


def _tests(tests: Sequence[AskedTest]) -> list[dict[str, str | None]] | None:
    if not tests:
        return []
    asked: list[dict[str, str | None]] = [{"test": test.test, "component": test.component} for test in tests]
    return asked if _takes(asked) <= MOST_TESTS else None


def _takes(value: object) -> int:
    """So many bytes as JSON."""
    return len(msgspec.json.encode(value))
