"""One request: who may ask, what for, and the answer."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from assembler.review.approvals.decision import InvalidDecision
from assembler.review.approvals.inbox import parse_download
from assembler.review.gallery.page import page
from assembler.review.server.connections import Connections, Incoming, ServerLimits
from assembler.review.server.guard import MOST_BYTES, Guard, RequestRefused, is_number, length
from assembler.review.server.session import ProjectBroken, Session

_JSON = "application/json"
_METHODS = {"/": "GET", "/contents": "GET", "/decisions": "POST"}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_MOST_UNREAD = 4 * MOST_BYTES
_CHUNK = 65_536

NO_ROOM = "\r\n".join(
    [
        "HTTP/1.0 503 Service Unavailable",
        *(f"{name}: {value}" for name, value in _HEADERS.items()),
        "Retry-After: 1",
        f"Content-Type: {_JSON}",
        "",
        json.dumps({"problem": "Too many pages are open: close some."}),
    ]
).encode()
"""The answer to a connection for which there is no room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int = 200
    kind: str = _JSON
    body: bytes = b""


class Handler(BaseHTTPRequestHandler):
    """Answers from a session what a guard lets in, under a Content-Security-Policy. No answer repeats its request."""

    server_version = "assembler"
    sys_version = ""
    default_request_version = "HTTP/1.0"
    raw_requestline: bytes

    def __init__(
        self,
        session: Session,
        guard: Guard,
        policy: str,
        connections: Connections,
        limits: ServerLimits,
        *connection: Any,
    ) -> None:
        self._session = session
        self._guard = guard
        self._policy = policy
        self._connections = connections
        self._limits = limits
        super().__init__(*connection)

    def setup(self) -> None:
        """Read with a deadline for all of a request's head, not for each byte of it."""
        super().setup()
        self.rfile.close()
        self._incoming = Incoming(self.connection, self._limits.head)
        self.rfile = io.BufferedReader(self._incoming)

    def parse_request(self) -> bool:
        """Return whether there is a request to answer.

        One without a version, of 1991, has no headers that could let it in.
        """
        if len(self.raw_requestline.split()) < 3:
            self.requestline, self.request_version, self.command = "", self.default_request_version, ""
            self.close_connection = True
            self.send_error(400)
            return False
        return super().parse_request()

    def do_GET(self) -> None:
        """Answer a request, whatever becomes of it."""
        answer = _problem(500, "That is a fault of Assembler itself; the terminal that it runs in says more.")
        try:
            answer = self._answer()
        except RequestRefused as refused:
            answer = _problem(refused.status, refused.problem)
        except TimeoutError:
            answer = _problem(408, "The request did not come to an end.")
        finally:
            self._send(answer)

    def do_POST(self) -> None:
        """Answer a request that hands in decisions as any other."""
        self.do_GET()

    def finish(self) -> None:
        """End the answer, then throw away what still comes: a connection closed on unread bytes loses its answer."""
        super().finish()
        left, rest = _MOST_UNREAD, Incoming(self.connection, self._limits.rest)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            while left > 0 and (data := rest.read(_CHUNK)):
                left -= len(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request, or has a method that nothing here has."""
        self._send(_problem(405 if code == 501 else code, "That is no request that is answered here."))

    def log_message(self, *_: Any, **__: Any) -> None:
        """Say nothing: the first line of a request holds the token."""

    def _answer(self) -> _Answer:
        path, _, words = self.path.partition("?")
        query = {name: values[-1] for name, values in parse_qs(words).items()}
        self._guard.origin(self.headers, changes=self.command == "POST")
        if path not in _METHODS:
            raise RequestRefused(404, "There is nothing here.")
        if self.command != _METHODS[path]:
            raise RequestRefused(405, f"Only {_METHODS[path]} is answered here.")
        self._guard.knows(query.get("token", "") if path == "/" else self.headers.get("X-Assembler-Token", ""))
        self._connections.let_in(self.connection)
        if path == "/":
            return self._page()
        number = query.get("after", "")
        seen = int(number) if is_number(number) else 0
        return self._contents(seen) if path == "/contents" else self._decisions(seen)

    def _page(self) -> _Answer:
        revision = self._session.revision
        served = {"token": self._guard.token, "revision": revision.page_number}
        body = page(revision.contents, revision.gallery.images, session=served)
        return _Answer(kind="text/html; charset=utf-8", body=body)

    def _contents(self, seen: int) -> _Answer:
        news = self._session.wait(seen, self._limits.news).news(seen)
        return _json(news) if news else _Answer(status=204)

    def _decisions(self, seen: int) -> _Answer:
        if self.headers.get_content_type() != _JSON:
            raise RequestRefused(415, "Decisions come as JSON.")
        body = self._body(length(self.headers))
        try:
            received = self._session.receive(parse_download(body, reviewer=self._session.reviewer))
        except InvalidDecision:
            raise RequestRefused(400, "These are no decisions such as the page hands in. Load it again.") from None
        except ProjectBroken as error:
            raise RequestRefused(409, f"Nothing was taken. {error}") from None
        except OSError as error:
            raise RequestRefused(500, f"Not everything could be written: {error.strerror}.") from None
        refused = [{"subject": decision.subject, "reason": reason} for decision, reason in received.refused]
        return _json({"refused": refused, **self._session.revision.news(seen)})

    def _body(self, size: int) -> bytes:
        self._incoming.allow(self._limits.body)
        body = self.rfile.read(size)
        if len(body) < size:
            raise RequestRefused(400, "The body ends before it should.")
        return body

    def _send(self, answer: _Answer) -> None:
        self.connection.settimeout(self._limits.answer)
        self.send_response(answer.status)
        for name, value in {**_HEADERS, "Content-Security-Policy": self._policy}.items():
            self.send_header(name, value)
        if answer.status == 405:
            self.send_header("Allow", _METHODS.get(self.path.partition("?")[0], "GET, POST"))
        if answer.body:
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


def _json(value: Mapping[str, object], status: int = 200) -> _Answer:
    return _Answer(status=status, body=json.dumps(value, ensure_ascii=False).encode())


def _problem(status: int, words: str) -> _Answer:
    return _json({"problem": words}, status)
