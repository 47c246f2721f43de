"""Several processes that serve at one address. One that dies is started again; the address never closes meanwhile."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from socket import socket
from time import monotonic
from types import FrameType
from typing import Final

from assembler.delivery.service.counters import SharedCounters
from assembler.delivery.service.server import HELD_BACK
from assembler.delivery.service.settings import ServiceSettings

_log = logging.getLogger(__name__)

_TICK: Final = 0.2
_PAUSE: Final = 1.0
"""Seconds from one start of a process to the next of its kind, so that one that cannot begin does not keep us busy."""

_MORE: Final = 5.0
"""Seconds that a process has to end beyond what it was told to take."""

Work = Callable[[ServiceSettings, SharedCounters, int, socket], None]
"""What a process does: by settings, with its numbers among those of all, on a listening socket."""


class Workers:
    """The processes of a service, which listen together."""

    def __init__(self, settings: ServiceSettings, work: Work, listener: socket) -> None:
        self._settings = settings
        self._work = work
        self._listener = listener
        self._counters = SharedCounters(settings.workers)
        self._started = [0.0] * settings.workers
        self._processes: list[SpawnProcess | None] = [None] * settings.workers
        self._ends_by: int | None = None

    def run(self) -> None:
        """Serve until a signal ends it."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, self._pass_on)
        try:
            while self._ends_by is None:
                self._start_those_that_are_not_there()
                connection.wait([process.sentinel for process in self._running()], _TICK)
            self._stop(self._ends_by)
        finally:
            for process in self._running():
                process.kill()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _running(self) -> list[SpawnProcess]:
        return [process for process in self._processes if process is not None and process.is_alive()]

    def _start_those_that_are_not_there(self) -> None:
        for number, process in enumerate(self._processes):
            if process is not None and process.is_alive():
                continue
            if process is not None and self._started[number]:
                _log.error("worker %d has ended (%s); it is started again", number, process.exitcode)
                self._processes[number] = None
            if monotonic() >= self._started[number] + _PAUSE:
                self._started[number] = monotonic()
                self._processes[number] = self._start(number)

    def _start(self, number: int) -> SpawnProcess:
        """A process, to which signals come once it can take them."""
        arguments = (self._settings, self._counters, number, self._listener)
        process = get_context("spawn").Process(target=self._work, args=arguments, name=f"assembler-worker-{number}")
        signal.pthread_sigmask(signal.SIG_BLOCK, HELD_BACK)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD_BACK)
        return process

    def _end(self, sig: int, frame: FrameType | None) -> None:
        self._ends_by = sig if self._ends_by is None else signal.SIGINT
        self._pass_on(self._ends_by, frame)

    def _pass_on(self, sig: int, frame: FrameType | None) -> None:
        for process in self._running():
            if process.pid is not None:
                os.kill(process.pid, sig)

    def _stop(self, sig: int) -> None:
        limits = self._settings.limits
        deadline = monotonic() + (limits.drain if sig == signal.SIGTERM else 0) + limits.finish + _MORE
        while (running := self._running()) and monotonic() < deadline:
            connection.wait([process.sentinel for process in running], _TICK)
        sys.stderr.flush()
