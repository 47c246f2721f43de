"""Answers for those who run the service."""

from __future__ import annotations

import msgspec

from assembler.delivery.service.answers import Answer, RequestError, answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.metrics import CONTENT_TYPE
from assembler.delivery.service.shapes import Alive, Readiness


def livez(asked: Asked) -> Answer:
    """Answer that the process answers."""
    return answer(msgspec.json.encode(Alive()))


def readyz(asked: Asked) -> Answer:
    """Answer whether to send requests here, and which library answers them."""
    if asked.state.draining:
        raise RequestError("UNAVAILABLE")
    problem = asked.state.problem
    readiness = Readiness("ready" if problem is None else "stale", asked.served.library.digest, problem)
    return answer(msgspec.json.encode(readiness))


def openapi(asked: Asked) -> Answer:
    """Answer this description, with the names that the library has now."""
    return answer(asked.state.describe(asked.served.library))


def metrics(asked: Asked) -> Answer:
    """Answer what all processes have counted, as Prometheus reads it."""
    return answer(asked.state.metrics.written(), CONTENT_TYPE)
