"""Serves a review on this machine, and to nobody else."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections import deque
from contextlib import suppress
from functools import partial
from socketserver import BaseRequestHandler, TCPServer, ThreadingMixIn
from threading import Thread
from time import monotonic
from typing import Any

from assembler.review.gallery.page import content_policy
from assembler.review.server.connections import Connections, ServerLimits
from assembler.review.server.guard import Guard
from assembler.review.server.handler import NO_ROOM, Handler
from assembler.review.server.session import Session

_HERE = "127.0.0.1"
_TOKEN_BYTES = 32
_LINGER_SECONDS = 1.0


class ReviewServer:
    """Serves a session on 127.0.0.1 for as long as it is entered. Port 0 is any that is free.

    Raises `OSError` where the port is taken.
    """

    def __init__(self, session: Session, *, port: int = 0, limits: ServerLimits | None = None) -> None:
        limits = limits or ServerLimits()
        self.connections = Connections(limits.connections)
        self._server = _Server((_HERE, port), self.connections)
        self.guard = Guard(port=self._server.server_address[1], token=secrets.token_urlsafe(_TOKEN_BYTES))
        policy = content_policy(served=True) + "; frame-ancestors 'none'"
        self._server.RequestHandlerClass = partial(Handler, session, self.guard, policy, self.connections, limits)

    @property
    def address(self) -> str:
        """Where a browser finds the page. It holds the token: whoever has it can decide as the reviewer."""
        return f"http://{_HERE}:{self.guard.port}/?token={self.guard.token}"

    def __enter__(self) -> ReviewServer:
        Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingMixIn, TCPServer):
    daemon_threads = True
    request_queue_size = 128
    # On other systems it would let another program listen at the same port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: tuple[str, int], connections: Connections) -> None:
        self._connections = connections
        self._turned_away: deque[tuple[float, socket.socket]] = deque()
        super().__init__(address, BaseRequestHandler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own; where there is no room for it, say so and end it."""
        if self._connections.add(request):
            try:
                super().process_request(request, client_address)
            except RuntimeError:  # the system has no thread left
                self._connections.remove(request)
                self._turn_away(request)
        else:
            self._turn_away(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """As a thread does it; then there is room again."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.remove(request)

    def _turn_away(self, request: socket.socket) -> None:
        """Without waiting for anything. It is closed a little later: what is closed while it is still sent to loses
        its answer."""
        with suppress(OSError):
            request.setblocking(False)
            request.sendall(NO_ROOM)
            request.shutdown(socket.SHUT_WR)
        self._turned_away.append((monotonic() + _LINGER_SECONDS, request))

    def service_actions(self) -> None:
        """Close what was turned away a while ago. This is called after each connection, and several times a second."""
        turned_away = self._turned_away
        while turned_away and (len(turned_away) > self._connections.most or turned_away[0][0] < monotonic()):
            self.close_request(turned_away.popleft()[1])

    def server_close(self) -> None:
        """Close everything that is open."""
        super().server_close()
        while self._turned_away:
            self.close_request(self._turned_away.popleft()[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong on standard error, but nothing of clients that went away."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)
