"""The cache on disk: bytes that outlive a process, under the fingerprint of all that they were made from.

Losing any of it costs time and nothing else: a cache may forget what it likes, and what cannot be read is not there.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

MOST_BYTES: Final = 256_000_000
"""A folder that has grown larger is pruned to half of it, what was not asked for the longest first."""

_DIGEST: Final = 32
_OWN_NAME: Final = re.compile(r"\.?[0-9a-f]{64}(\.[0-9a-f]{12})?")
"""The names of entries, and of drafts of them. Nothing else in the folder is ever removed."""


class DiskCache(Protocol):
    """Bytes by key. A key names its content for good, so it does not matter who wrote it, or when."""

    def get(self, key: str) -> bytes | None:
        """Return the bytes under a key; None where there are none that are whole."""

    def put(self, key: str, data: bytes) -> None:
        """Store bytes under a key, if possible."""


class InMemoryCache:
    """A cache that lasts as long as this object."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.entries.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.entries[key] = data


class FolderCache:
    """A cache with a file for each key in a folder, which git ignores and anybody may delete at any time.

    Every file begins with the digest of its key and the rest, and takes its name in one step, so that several builds at
    once never read what is half written. Where the folder cannot be written, or is a link, nothing is stored.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._since_pruned = most_bytes  # so that the first write prunes what older processes left

    def get(self, key: str) -> bytes | None:
        """Return the bytes of a key's file, if every one of them is as it was written; else None."""
        try:
            data = self._read(self._folder / key)
        except OSError:
            return None
        checksum, content = data[:_DIGEST], data[_DIGEST:]
        return content if _checksum(key, content) == checksum else None

    def put(self, key: str, data: bytes) -> None:
        """Write a key's file, unless it would be more than the whole folder may hold."""
        if len(data) > self._most_bytes:
            return
        draft = self._folder / f".{key}.{os.urandom(6).hex()}"
        try:
            self._prepare()
            draft.write_bytes(_checksum(key, data) + data)
            draft.replace(self._folder / key)
            self._since_pruned += len(data)
            if self._since_pruned > self._most_bytes // 8:
                self._since_pruned = 0
                self._prune()
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)

    def _read(self, path: Path) -> bytes:
        """Return the bytes of a file, and note that it was asked for; none of what is no file (a link, a pipe that
        nobody writes to), or larger than any that is written here. Raises `OSError`."""
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > self._most_bytes + _DIGEST:
            return b""
        os.utime(path)
        return path.read_bytes()

    def _prune(self) -> None:
        with contextlib.suppress(OSError):
            entries = [(path, path.lstat()) for path in self._folder.iterdir() if _OWN_NAME.fullmatch(path.name)]
            total = sum(about.st_size for _, about in entries)
            if total <= self._most_bytes:
                return
            for path, about in sorted(entries, key=lambda entry: entry[1].st_mtime_ns):
                path.unlink(missing_ok=True)
                total -= about.st_size
                if total <= self._most_bytes // 2:
                    return

    def _prepare(self) -> None:
        """Make the folder, and have git ignore it. Raises `OSError`."""
        if self._folder.is_symlink():
            raise OSError("a link may lead to what is somebody else's")
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            ignore.write_text("*\n")


def _checksum(key: str, data: bytes) -> bytes:
    return sha256(key.encode() + data).digest()
