"""Records -> lines of JSON in a folder: a file a process and day, a write a line."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from assembler.measure.exposures.record import Exposure

MOST_BYTES: Final = 4_000
"""Of a line, with its line feed."""

SUFFIX: Final = ".jsonl"
_DAY: Final = len("2026-11-22")

_log = logging.getLogger(__name__)


class Exposures:
    """Appends exposures to files in a folder, which must be there.

    A process has a file of its own for each UTC day. Each line is one write at the end of the file: whenever the
    process is killed, no line but the last can be torn. It may be shared by threads, copied by a fork, and handed to
    another process: each process goes on in a file of its own. Lines are with the operating system as soon as they are
    written; when they are on the disk is up to that.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)
        self._files = _ProcessFiles(self._folder)

    def __reduce__(self) -> tuple[Callable[[Path], Exposures], tuple[Path]]:
        return Exposures, (self._folder,)

    def __repr__(self) -> str:
        return f"Exposures({str(self._folder)!r})"

    def write(self, exposure: Exposure) -> bool:
        """Append a record, and return whether it could be: whatever the disk does, nothing is raised.

        Lost is what does not fit on the disk, what is written while the folder is not there, and a line of more than
        4,000 bytes. The log says why, once a day.
        """
        files = self._files
        if files.process != os.getpid():
            files.close()
            files = self._files = _ProcessFiles(self._folder)
        return files.append(exposure["timestamp"][:_DAY], msgspec.json.encode(exposure) + b"\n")

    def close(self) -> None:
        """Close the file that is open; another record opens it again."""
        self._files.close()


class _ProcessFiles:
    """The files of one process, of which one at a time is open."""

    def __init__(self, folder: Path) -> None:
        self.process = os.getpid()
        self._folder = folder
        self._name = f"{self.process}-{os.urandom(4).hex()}{SUFFIX}"
        self._lock = Lock()
        self._file: FileIO | None = None
        self._day = ""
        self._is_torn = False
        self._told: set[str] = set()

    def close(self) -> None:
        """Close the file that is open. It waits for nobody: who was writing in another process is not in this one."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def append(self, day: str, line: bytes) -> bool:
        """Write a line of a day, and return whether it is there as a whole."""
        if len(line) > MOST_BYTES:
            self._tell(f"a line of more than {MOST_BYTES:,} bytes")
            return False
        with self._lock:
            try:
                file = self._open(day)
                # Where the disk was full, half a line may stand there: the next one begins after it.
                data = b"\n" + line if self._is_torn else line
                written = file.write(data)
            except OSError as error:
                self._tell(error.strerror or type(error).__name__)
                return False
            self._is_torn = written != len(data)
            if self._is_torn:
                self._tell("a part of a line was taken")
            return not self._is_torn

    def _open(self, day: str) -> FileIO:
        """The file of a day: another one where it was removed. Raises `OSError`."""
        if self._file is not None and (day != self._day or not os.fstat(self._file.fileno()).st_nlink):
            self.close()
        if self._file is None:
            self._file = FileIO(self._folder / f"{day}-{self._name}", "ab")
            if day != self._day:
                self._day = day
                self._told.clear()
        return self._file

    def _tell(self, problem: str) -> None:
        if problem not in self._told:
            self._told.add(problem)
            _log.error("exposures are lost: %s", problem)
