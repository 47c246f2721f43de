"""What a process of the service holds: the library and the keys of now, its counts, and whether it is about to end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from assembler.delivery.service.keys import Keys, KeysFileError
from assembler.delivery.service.metrics import Metrics
from assembler.delivery.service.served import ServedLibrary
from assembler.delivery.service.settings import ServiceSettings
from assembler.delivery.service.watching import WatchedFile
from assembler.errors import LibraryError
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library

_log = logging.getLogger(__name__)


def _problem(error: BaseException) -> str:
    """What is wrong with a file, without its path."""
    if isinstance(error, LibraryError | KeysFileError):
        return error.problem
    return f"a fault of ours: {type(error).__name__}"


class ServiceState:
    """One process of the service. Raises `LibraryError` or `KeysFileError` where it cannot begin."""

    def __init__(self, settings: ServiceSettings, metrics: Metrics, describe: Callable[[Library], bytes]) -> None:
        """`describe` makes the description of the service for a library; that for one of now is remembered."""
        self.settings = settings
        self.limits = settings.limits
        self.metrics = metrics
        self.describe = lru_cache(1)(describe)
        self.library = WatchedFile(settings.library, ServedLibrary.open)
        self.keys = None if settings.keys is None else WatchedFile(settings.keys, Keys.open)
        self.draining = False
        self.connections = 0
        self._reloading = asyncio.Lock()
        self._note()

    @property
    def problem(self) -> str | None:
        """Why the newest file was refused, None where what is served is the newest."""
        return next((file.problem for file in self._files() if file.problem is not None), None)

    def put_on_record(self, decision: Decision, person_id: object, at: datetime | None = None) -> None:
        """Keep on record, where that is wanted, that somebody was given a decision, at a moment, or now."""
        record = self.settings.record
        if record is not None:
            self.metrics.count_exposure(is_written=record(decision, person_id, at or datetime.now(UTC)))

    async def reload(self, *, asked: bool) -> None:
        """Take the files again that have changed; all of them, if that is `asked`."""
        async with self._reloading:
            for file in self._files():
                if asked or file.has_changed():
                    await self._take(file)

    def _files(self) -> Sequence[WatchedFile[ServedLibrary] | WatchedFile[Keys]]:
        return [self.library] if self.keys is None else [self.library, self.keys]

    async def _take(self, file: WatchedFile[ServedLibrary] | WatchedFile[Keys]) -> None:
        """Read a file in a thread, and take what it holds by one assignment; a request that is being answered goes on
        with what it has. A file that is refused, for whatever reason, leaves what there is."""
        reading = asyncio.get_running_loop().run_in_executor(None, file.read_again)
        await asyncio.wait([reading])
        error = reading.exception()
        if error is None:
            file.current = reading.result()  # type: ignore[assignment]  # it is of the same file
            file.problem = None
        else:
            file.problem = _problem(error)
        self.metrics.count_reload("taken" if error is None else "refused")
        self._note()
        if file.problem is None:
            _log.info("%s: taken", file.path)
        else:
            _log.warning("%s: refused, the last good one stays: %s", file.path, file.problem)

    def _note(self) -> None:
        self.metrics.serves(self.library.current.library.digest, stale=self.problem is not None)
