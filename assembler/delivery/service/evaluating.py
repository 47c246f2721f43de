"""Answers of OpenFeature's Remote Evaluation Protocol, which are worked out beside the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from assembler.delivery.flags import FlagMetadata, evaluate, evaluate_all
from assembler.delivery.service.answers import JSON, Answer, RequestError, answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.conditional import entity_tag, has_already
from assembler.delivery.service.reading import read_json


def read_payload(body: bytes) -> Any:
    """Return what a body holds as JSON; None where it is none, for which the protocol has an answer of its own."""
    try:
        return read_json(body)
    except RequestError:
        return None


def evaluate_flag(asked: Asked) -> Answer:
    """Answer one flag: its value, and why."""
    (key,) = asked.names
    status, data = evaluate(asked.served.library, key, asked.body)
    if status == 200:
        metadata = _count(asked, data)
        asked.state.put_on_record(metadata.decision, metadata.person_id)
    return Answer(status, _AS_JSON, msgspec.json.encode(data))


def evaluate_flags(asked: Asked) -> Answer:
    """Answer the flag of every campaign and channel. Whoever has the same already is told so.

    These are fetched ahead: nobody knows yet which of them the person is given.
    """
    status, data = evaluate_all(asked.served.library, asked.body)
    body = msgspec.json.encode(data)
    if status != 200:
        return Answer(status, _AS_JSON, body)
    flags: Any = data["flags"]
    for flag in flags:
        _count(asked, flag)
    etag = entity_tag(body)
    if has_already(asked.headers, etag):
        return Answer(304, ((b"etag", etag),), b"")
    return answer(body, headers=((b"etag", etag),))


_AS_JSON = ((b"content-type", JSON),)


def _count(asked: Asked, flag: Mapping[str, Any]) -> FlagMetadata:
    """Count a decision, and return what stands behind the flag."""
    metadata: FlagMetadata = flag["metadata"]
    decision = metadata.decision
    reason = metadata["assembler_reason"]
    asked.state.metrics.count_decision(decision.campaign, decision.channel, decision.arm, reason)
    return metadata
