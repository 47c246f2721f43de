"""Answers about a person: a variant, one of its parts, a decision, an explanation."""

from __future__ import annotations

from typing import Final

import msgspec

from assembler.delivery.service.answers import Answer, RequestError, answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.keys import KeyScope
from assembler.delivery.service.quoting import parts_of
from assembler.delivery.service.requests import DecideRequest
from assembler.library.parts import PARTS
from assembler.runtime.decision import Decision
from assembler.runtime.variant import Variant

CONTENT_TYPES: Final = {
    name: f"{part.media_type}; charset=utf-8".encode()
    if part.media_type.startswith("text/")
    else part.media_type.encode()
    for name, part in PARTS.items()
}
"""The type of each part, as HTTP has it."""


def assemble(asked: Asked) -> Answer:
    """Answer the decision and the parts of a variant."""
    names: list[str] | None = asked.body.parts
    variant = _variant(asked)
    try:
        decision, body = asked.served.writer.whole(variant, names and dict.fromkeys(names))
    except KeyError:
        raise RequestError("UNKNOWN_PART", parts_of(variant)) from None
    _give(asked, decision)
    return answer(body)


def assemble_part(asked: Asked) -> Answer:
    """Answer one part of a variant, as it is sent; headers tell of the decision."""
    (name,) = asked.names
    variant = _variant(asked)
    decision, contents = variant.decision, variant.contents
    if name not in contents:
        raise RequestError("UNKNOWN_PART", contents)
    _give(asked, decision)
    headers = (
        (b"assembler-key", decision.key.encode()),
        (b"assembler-library", asked.served.digest),
        (b"assembler-reason", decision.reason.encode()),
        (b"assembler-arm", decision.arm.encode()),
    )
    return answer(contents[name], CONTENT_TYPES[name], headers)


def decide(asked: Asked) -> Answer:
    """Answer the decision alone."""
    body = _allowed(asked)
    decision = asked.served.library.decide(body.campaign, channel=body.channel, context=body.context, at=body.at)
    _give(asked, decision)
    return answer(asked.served.writer.decision(decision))


def explain(asked: Asked) -> Answer:
    """Answer the decision with everything that led to it, to somebody who looks at it: the person is given nothing."""
    body = _allowed(asked)
    explanation = asked.served.library.explain(body.campaign, channel=body.channel, context=body.context, at=body.at)
    _count(asked, explanation.decision)
    return answer(msgspec.json.encode(explanation.to_dict()))


def _allowed(asked: Asked) -> DecideRequest:
    """What is asked, which may be about another moment only for those who may also ask why."""
    body: DecideRequest = asked.body
    if body.at is not None and asked.scopes is not None and KeyScope.EXPLAIN not in asked.scopes:
        raise RequestError("FORBIDDEN", [KeyScope.EXPLAIN], "To set `at`, a key needs the scope that is known.")
    return body


def _variant(asked: Asked) -> Variant:
    body = _allowed(asked)
    library = asked.served.library
    return library.assemble(body.campaign, channel=body.channel, context=body.context, at=body.at)


def _give(asked: Asked, decision: Decision) -> None:
    """Count a decision that is given to a person, and put it on record, where that is wanted."""
    _count(asked, decision)
    context = asked.body.context
    asked.state.put_on_record(decision, context.get("id") if isinstance(context, dict) else None, asked.body.at)


def _count(asked: Asked, decision: Decision) -> None:
    asked.state.metrics.count_decision(decision.campaign, decision.channel, decision.arm, decision.reason)
