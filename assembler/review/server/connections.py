"""The connections of a server: only so many at once, and each for a limited time."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """How many `connections` there may be, of which a page has one or two; and how many seconds something may take.

    This is: waiting for `news` of which there are none, a request's `head`, its `body`, an `answer`, and the `rest`
    that still comes after it.
    """

    connections: int = 64
    news: float = 25.0
    head: float = 10.0
    body: float = 20.0
    answer: float = 30.0
    rest: float = 2.0


class Incoming(io.RawIOBase):
    """What comes in on a connection. All that is read, however slowly it comes, comes before a deadline; after it,
    reading is a `TimeoutError`."""

    def __init__(self, connection: socket.socket, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._connection = connection
        self._clock = clock
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """Move the deadline: so many seconds from now."""
        self._deadline = self._clock() + seconds

    def readable(self) -> bool:
        """Return that it is for reading."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what there is, or wait for it until the deadline, and return how many bytes that are.

        Raises `TimeoutError` after the deadline.
        """
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Connections:
    """The connections that there are, at most so many. For a new one, that which has been heard of the longest without
    being let in has to go; where every one is let in, there is no room."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = Lock()
        self._is_let_in: dict[socket.socket, bool] = {}

    def __len__(self) -> int:
        return len(self._is_let_in)

    def is_full(self) -> bool:
        """Return whether all that there may be are let in, so that there is no room for another."""
        return sum(self._is_let_in.values()) >= self.most

    def add(self, connection: socket.socket) -> bool:
        """Make room for a connection, and return whether there is any."""
        with self._lock:
            if self.is_full():
                return False
            if len(self) >= self.most:
                oldest = next(held for held, is_let_in in self._is_let_in.items() if not is_let_in)
                del self._is_let_in[oldest]
                # Whoever reads from it finds that it has ended.
                with suppress(OSError):
                    oldest.shutdown(socket.SHUT_RDWR)
            self._is_let_in[connection] = False
            return True

    def let_in(self, connection: socket.socket) -> None:
        """Note that a connection is that of somebody who may ask: nobody else's takes its place."""
        with self._lock:
            if connection in self._is_let_in:
                self._is_let_in[connection] = True

    def remove(self, connection: socket.socket) -> None:
        """Note that a connection has ended."""
        with self._lock:
            self._is_let_in.pop(connection, None)
