"""Parts made by several processes. One of them may be killed: then its part is made again by others."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import connection, get_context, parent_process
from pickle import dumps, loads
from typing import Final

from assembler.delivery.audience.files import PeopleFile
from assembler.delivery.audience.making import AudienceFault, MadePart, PartMaker
from assembler.delivery.audience.parts import AudiencePart
from assembler.delivery.audience.request import AudienceRequest

MOST_ATTEMPTS: Final = 3
"""How often a part is begun whose process is killed."""


def made_parts(
    request: AudienceRequest, files: Sequence[PeopleFile], parts: Iterable[AudiencePart]
) -> Generator[MadePart, None, None]:
    """Yield parts as they are made. Raises what `PartMaker.make` raises."""
    waiting = deque(parts)
    if min(request.jobs, len(waiting)) <= 1:
        maker = PartMaker(request, files)
        yield from map(maker.make, waiting)
        return
    yield from _Crew(request, files, waiting).parts()


class _Crew:
    """Processes that make parts, anew where one of them was killed: then the parts that were begun are made one at a
    time, so that it shows whose process it is that ends."""

    def __init__(self, request: AudienceRequest, files: Sequence[PeopleFile], waiting: deque[AudiencePart]) -> None:
        self._ordered = dumps((request, tuple(files)))
        self._jobs = min(request.jobs, len(waiting))
        self._waiting = waiting
        self._suspects: deque[AudiencePart] = deque()
        self._attempts: dict[int, int] = {}

    def parts(self) -> Generator[MadePart, None, None]:
        """Yield the parts as they are made."""
        while self._waiting or self._suspects:
            begun: dict[Future[MadePart], AudiencePart] = {}
            pool = ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_end_with_parent)
            try:
                while self._begin(pool, begun):
                    for future in wait(begun, return_when=FIRST_COMPLETED).done:
                        part = future.result()
                        del begun[future]
                        yield part
            except BrokenProcessPool:
                self._suspect(begun.values())
            finally:
                _stop(pool)

    def _begin(self, pool: ProcessPoolExecutor, begun: dict[Future[MadePart], AudiencePart]) -> bool:
        """Begin as many parts as are to be made at once; return whether any are begun."""
        while self._suspects and not begun:
            self._submit(pool, begun, self._suspects.popleft())
            return True
        while not self._suspects and self._waiting and len(begun) < self._jobs:
            self._submit(pool, begun, self._waiting.popleft())
        return bool(begun)

    def _submit(
        self, pool: ProcessPoolExecutor, begun: dict[Future[MadePart], AudiencePart], part: AudiencePart
    ) -> None:
        try:
            begun[pool.submit(_make, self._ordered, part)] = part
        except BrokenProcessPool:
            self._waiting.appendleft(part)
            raise

    def _suspect(self, parts: Iterable[AudiencePart]) -> None:
        """Take note that processes were killed while these parts were made."""
        for part in sorted(parts, key=lambda part: part.number, reverse=True):
            attempts = self._attempts[part.number] = self._attempts.get(part.number, 0) + 1
            if attempts >= MOST_ATTEMPTS:
                raise AudienceFault(f"{part.name} was begun {attempts} times, and its process killed each time")
            self._suspects.appendleft(part)


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool, and wait for them."""
    processes = [*(getattr(pool, "_processes", None) or {}).values()]
    for process in processes:
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


def _make(ordered: bytes, part: AudiencePart) -> MadePart:
    return _maker(ordered).make(part)


@lru_cache(1)
def _maker(ordered: bytes) -> PartMaker:
    request, files = loads(ordered)
    return PartMaker(request, files)


def _end_with_parent() -> None:
    """Let this process end when the one ends that began it, which nothing else would tell it; and only then: Ctrl-C is
    for that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
