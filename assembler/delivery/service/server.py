"""uvicorn's server with a tick of ours: deadlines of connections, files that change, and an end that loses nobody."""

from __future__ import annotations

import asyncio
import math
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from types import FrameType
from typing import Final

import uvicorn

from assembler.delivery.service.app import ServiceApp
from assembler.delivery.service.protocol import GuardedProtocol
from assembler.delivery.service.state import ServiceState

HELD_BACK: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
"""Signals that wait, where a process is started, until it can take them."""

_BACKLOG: Final = 2_048


class ServiceServer(uvicorn.Server):
    """Serves one process of the service until a signal ends it.

    SIGHUP takes the files again. After SIGTERM it goes on for a while, not ready, and tells each connection with an
    answer that it ends; only then it stops. SIGINT, or a second signal, stops it as soon as what is asked is answered.
    """

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._reload_asked = False
        self._reloading: asyncio.Task[None] | None = None
        self._next_look = 0.0
        self._drained_at = math.inf
        config = uvicorn.Config(
            ServiceApp(state),
            http=GuardedProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_keep_alive=math.ceil(state.limits.idle),
            timeout_graceful_shutdown=state.limits.finish,
        )
        super().__init__(config)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take signals, those that were held back as well."""
        with super().capture_signals():
            before = signal.signal(signal.SIGHUP, self._ask_for_files)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD_BACK)
            try:
                yield
            finally:
                signal.signal(signal.SIGHUP, before)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        if sig == signal.SIGTERM and not self._state.draining:
            self._drain()
        else:
            self._state.draining = True
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Do what is due, ten times a second."""
        now = asyncio.get_running_loop().time()
        for connection in [*self.server_state.connections]:
            if isinstance(connection, GuardedProtocol):
                connection.expire(now)
        self._look_at_files(now)
        parent = parent_process()
        if parent is not None and counter % 10 == 0 and not parent.is_alive() and not self._state.draining:
            self._drain()
        self.should_exit = self.should_exit or now >= self._drained_at
        return await super().on_tick(counter)

    def _drain(self) -> None:
        self._state.draining = True
        self._drained_at = asyncio.get_running_loop().time() + self._state.limits.drain

    def _ask_for_files(self, sig: int, frame: FrameType | None) -> None:
        self._reload_asked = True

    def _look_at_files(self, now: float) -> None:
        """Take files again that have changed, or for which a signal asked; once at a time."""
        watch = self._state.settings.watch
        is_due = watch is not None and now >= self._next_look
        if (is_due or self._reload_asked) and (self._reloading is None or self._reloading.done()):
            self._next_look = now + (watch or 0)
            self._reloading = asyncio.create_task(self._state.reload(asked=self._reload_asked))
            self._reload_asked = False
