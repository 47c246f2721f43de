"""What compiling has made before, kept by a digest of all that went into it.

Losing any of it costs time and nothing else: a cache may forget what it likes, and what cannot be read is not there.
"""

from __future__ import annotations

import contextlib
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

__all__ = ["Cache", "FolderCache", "InMemoryCache", "NoCache"]

MOST_BYTES: Final = 256_000_000
"""A folder that has grown larger is pruned to half of it, what was not asked for the longest first."""

_DIGEST = 32
_OURS = re.compile(r"\.?[0-9a-f]{64}(-\dx)?(\.[0-9a-f]{12})?")
"""The names of what was kept, and of drafts. Nothing else in the folder is ever removed."""


class Cache(Protocol):
    """Bytes by key. A key names its content for good, so it does not matter who wrote it, or when."""

    def get(self, key: str) -> bytes | None:
        """What was put under a key; None where nothing was, or nothing is left of it."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if possible."""


class NoCache:
    """Keeps nothing."""

    def get(self, key: str) -> bytes | None:
        """Nothing."""
        return None

    def put(self, key: str, data: bytes) -> None:
        """Forget it."""


class InMemoryCache:
    """Keeps everything as long as it lives."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What was put under a key."""
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""
        self.kept[key] = data


class FolderCache:
    """Keeps a file for each key in a folder, which git ignores and anybody may delete at any time.

    Every file begins with the digest of its key and the rest, and takes its name in one step, so that several builds at
    once never read what is half written. Where the folder cannot be written, or is a link, nothing is kept.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._since_pruned = most_bytes

    def get(self, key: str) -> bytes | None:
        """The bytes of a key's file, if every one of them is as it was written."""
        path = self._folder / key
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        found = data[_DIGEST:]
        return found if _seal(key, found) == data[:_DIGEST] else None

    def put(self, key: str, data: bytes) -> None:
        """Write a key's file."""
        draft = self._folder / f".{key}.{os.urandom(6).hex()}"
        try:
            self._prepare()
            draft.write_bytes(_seal(key, data) + data)
            draft.replace(self._folder / key)
            self._since_pruned += len(data)
            if self._since_pruned > self._most_bytes // 8:
                self._since_pruned = 0
                self._prune()
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)

    def _prune(self) -> None:
        """Remove the files that were not asked for the longest, where all together are too many bytes."""
        with contextlib.suppress(OSError):
            found = [(each, each.stat()) for each in self._folder.iterdir() if _OURS.fullmatch(each.name)]
            total = sum(about.st_size for _, about in found)
            if total <= self._most_bytes:
                return
            for path, about in sorted(found, key=lambda each: each[1].st_mtime_ns):
                path.unlink(missing_ok=True)
                total -= about.st_size
                if total <= self._most_bytes // 2:
                    return

    def _prepare(self) -> None:
        if self._folder.is_symlink():
            raise OSError("a link may lead to what is somebody else's")
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            ignore.write_text("*\n")


def _seal(key: str, data: bytes) -> bytes:
    """What proves that bytes are those of a key."""
    return sha256(key.encode() + data).digest()
