"""A file that is read again when it changes. The last one that was in order stays until the next is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Content = TypeVar("Content")
Signature = tuple[int, int, int]
"""The inode, size and time of change of a file."""


class WatchedFile(Generic[Content]):
    """What a file holds, as `read` makes it of the path. `problem` says why a newer file was refused, None for none."""

    def __init__(self, path: Path, read: Callable[[Path], Content]) -> None:
        """Read the file. Raises what `read` raises."""
        self.path = path
        self._read = read
        self._signature = self._look()
        self.current = read(path)
        self.problem: str | None = None

    def has_changed(self) -> bool:
        """Return whether the file is another than the one that was read, or tried, last."""
        return self._look() != self._signature

    def read_again(self) -> Content:
        """Return what the file holds now. Raises what `read` raises.

        It is looked at before it is read: a file that changes meanwhile has changed once more.
        """
        self._signature = self._look()
        return self._read(self.path)

    def _look(self) -> Signature | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns
