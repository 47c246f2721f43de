"""Connections that end when they are too slow, too many or too large. uvicorn itself gives a head any time it takes.

A connection has one deadline, which moves with what it waits for: a head, a body, another request, or its end. A tick
of the server looks at all of them, which costs a request less than a timer would.
"""

from __future__ import annotations

import asyncio
import math
from enum import Enum
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from assembler.delivery.service.answers import ERRORS, raw_answer
from assembler.delivery.service.state import ServiceState

_OTHER_PROTOCOL = "Send the request without `Upgrade`: HTTP/1.1 is all that is spoken here."


class Awaited(Enum):
    """What a connection waits for."""

    HEAD = "head"
    BODY = "body"
    ANSWER = "answer"
    REQUEST = "request"
    END = "end"


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, within the limits of the service."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._state: ServiceState = self.config.app.state  # type: ignore[union-attr]  # it is a `ServiceApp`
        self._limits = self._state.limits
        self._awaited = Awaited.REQUEST
        self._deadline = math.inf
        self._chunk = self._first = self._received = 0
        self._refusal = ("BAD_REQUEST", "")
        self._is_counted = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's is
        """Let a connection in; where there are too many, say so, and end it."""
        super().connection_made(transport)
        most = self._limits.max_connections
        if self._state.connections < most:
            self._state.connections += 1
            self._is_counted = True
            self._await(Awaited.REQUEST, self._limits.header_timeout)
        elif len(self.connections) <= 2 * most:
            self._end("UNAVAILABLE")
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Make room for another connection."""
        super().connection_lost(exc)
        self._state.connections -= self._is_counted
        self._is_counted = False

    def data_received(self, data: bytes) -> None:
        """Take what came in; of a connection that is about to end, nothing more."""
        if self._awaited is Awaited.END:
            return
        self._chunk = len(data)
        self._received += len(data)
        super().data_received(data)
        if self._awaited is Awaited.HEAD and self._received > self._limits.max_head:
            self._end("TOO_LARGE")

    def on_message_begin(self) -> None:
        """Wait for the rest of a head; what came before it in the same chunk is none of it."""
        super().on_message_begin()
        self._first, self._received = self._chunk, 0
        self._await(Awaited.HEAD, self._limits.header_timeout)

    def on_headers_complete(self) -> None:
        """Wait for the body.

        Raises `ValueError`, which the parser hands on, where the head is too large, or wants another protocol for a
        body, which the parser would drop.
        """
        most = self._limits.max_head
        if self._first + self._received > most and self._head_bytes() > most:
            self._refuse("TOO_LARGE")
        if self.parser.should_upgrade() and self.parser.get_method() == b"POST":
            self._refuse("BAD_REQUEST", _OTHER_PROTOCOL)
        super().on_headers_complete()
        if self.parser.should_upgrade():  # there is no other protocol, and the parser is done with this one
            self.cycle.keep_alive = False
        self._await(Awaited.BODY, self._limits.body_timeout)

    def on_message_complete(self) -> None:
        """Wait for the answer, unless there was one already."""
        super().on_message_complete()
        if self.cycle.response_complete:
            self._await(Awaited.REQUEST, self._limits.idle)
        elif self._awaited is not Awaited.END:
            self._await(Awaited.ANSWER, math.inf)

    def on_response_complete(self) -> None:
        """Wait for another request, or for the rest of the body of one that was answered without it."""
        super().on_response_complete()
        if self._awaited is Awaited.ANSWER:
            self._await(Awaited.REQUEST, self._limits.idle)
        elif self._awaited is Awaited.BODY:
            self._await(Awaited.REQUEST, self._limits.body_timeout)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request of HTTP, or too large a one."""
        self._end(*self._refusal)

    def expire(self, now: float) -> None:
        """End what has not come in time: with an answer, if a request has begun."""
        if now < self._deadline:
            return
        if self._awaited is Awaited.END:
            self.transport.abort()
        elif self._awaited is Awaited.REQUEST:
            self.transport.close()
            self._await(Awaited.END, self._limits.linger)
        else:
            self._end("TIMEOUT")

    def _await(self, awaited: Awaited, seconds: float) -> None:
        self._awaited = awaited
        self._deadline = self.loop.time() + seconds

    def _head_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _refuse(self, code: str, message: str = "") -> None:
        self._refusal = (code, message)
        raise ValueError(code)

    def _end(self, code: str, message: str = "") -> None:
        """Answer, and end the connection a little later: what is closed while it is still sent to loses its answer."""
        self._state.metrics.count_refusal(ERRORS[code].status)
        self._unset_keepalive_if_required()
        self._await(Awaited.END, self._limits.linger)
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not self.transport.is_closing():
            self.flow.resume_reading()
            self.transport.write(raw_answer(code, message))
            self.transport.write_eof()
