"""The rows that come out, worked out the slow way: one decision after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from assembler import Decision, Library
from assembler.delivery.audience import contexts
from tests.runtime.sample import AT

CAMPAIGN, CHANNEL = "come_back", "email"
WORDS = ("arm", "segment", "stage", "locale", "key", "withheld", "reason")


def expected(batch: pa.RecordBatch, sample: Library, at: datetime = AT) -> Iterator[dict[str, object]]:
    """What the rows of decisions are, from a decision for the context of each row."""
    for context in contexts(batch, library=sample):
        yield row(context, sample.decide(CAMPAIGN, channel=CHANNEL, context=context, at=at))


def row(context: dict[str, Any], decision: Decision) -> dict[str, object]:
    """What the row of a decision for a context is."""
    told = decision.to_dict()
    return {
        "id": _text(context.get("id")),
        **{name: None if told[name] is None else str(told[name]) for name in WORDS},
        "slots": {choice.slot: choice.component for choice in decision.choices},
        "tests": [{"id": asked.test, "component": asked.component} for asked in decision.tests],
    }


def _text(id_: object) -> str | None:
    if isinstance(id_, float):
        return str(int(id_)) if id_.is_integer() else None
    return None if id_ is None else str(id_)
