"""Where a project's files come from: a folder, or a dictionary in memory."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from assembler.authoring.incremental.fingerprint import FileFingerprint
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.library.values import in_nfc

PLACES = ("assembler.yaml", "campaigns", "components", "templates", "assets")
"""The file and the folders in which a project lies, below its root."""

_COARSE: Final = 1_000_000_000
"""Nanoseconds within which a file may change twice and its file system not tell."""

_LEFTOVER = re.compile(
    r"""\.(?!\.?\Z).*                          # hidden: .DS_Store, ._x.md, .x.md.swp, .#x.md, .~lock.x#
      | .*~ | \#.*\# | ~\$.*                  # copies and locks of Emacs, Vim, Kate and Office
      | .*___jb_(?:tmp|old|bak)___            # copies that JetBrains's editors save by
      | .*\.(?:tmp|temp|bak|orig|ori|rej|save|sw[a-p]|part|partial|crdownload|download|pyc)
      | 4913 | 5036 | 5159                    # what Vim tries first when it saves
      | thumbs\.db(?::encryptable)? | ehthumbs(?:_vista)?\.db | desktop\.ini | icon\r
      | \$recycle\.bin | __macosx | __pycache__""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Names that editors, file managers, browsers and merges give to what they leave: see github/gitignore, Global."""


def is_leftover(name: str) -> bool:
    """Whether a file, or a folder with all that is in it, is nobody's content but something that a program left."""
    return _LEFTOVER.fullmatch(name) is not None


class Files(Protocol):
    """The files of a project by their path, with `/`, relative to its root."""

    def paths(self) -> list[str]:
        """Return every path of the project, sorted."""

    def links(self) -> list[str]:
        """Return the paths that are symbolic links; they are never followed."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises `OSError`."""


class Folder:
    """A project in a folder: assembler.yaml and what lies below campaigns, components, templates and assets.

    A file that still is as it was when the memo read it is not read again.
    """

    def __init__(self, root: Path, memo: MemoCache | None = None) -> None:
        self._root = root
        self._memo = memo or MemoCache()
        self._links: list[str] = []
        self.fingerprints: dict[str, FileFingerprint] = {}
        """The fingerprint of each file, by its path."""
        for entry in os.scandir(root) if root.is_dir() else ():
            if entry.name in PLACES:
                self._add(entry, entry.name)

    def paths(self) -> list[str]:
        return sorted(self.fingerprints)

    def links(self) -> list[str]:
        return sorted(self._links)

    def read(self, path: str) -> bytes:
        fingerprint = self.fingerprints[path]
        if time.time_ns() - fingerprint.changed < _COARSE:
            return self._read(path)
        return self._memo.get_or_make(("file", path, fingerprint), partial(self._read, path))

    def _read(self, path: str) -> bytes:
        return (self._root / path).read_bytes()

    def _add(self, entry: os.DirEntry[str], path: str) -> None:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # it has just gone
            if entry.is_symlink():
                self._links.append(path)
            elif entry.is_dir():
                for child in os.scandir(entry.path):
                    if not is_leftover(child.name):
                        self._add(child, f"{path}/{child.name}")
            elif entry.is_file():
                self.fingerprints[path] = FileFingerprint.of(entry.stat())


class Changed:
    """Files of which some have other bytes, by their paths in NFC: as they would be after edits."""

    def __init__(self, files: Files, changed: Mapping[str, bytes]) -> None:
        self._files = files
        self._changed = changed

    def paths(self) -> list[str]:
        return self._files.paths()

    def links(self) -> list[str]:
        return self._files.links()

    def read(self, path: str) -> bytes:
        data = self._changed.get(in_nfc(path))
        return self._files.read(path) if data is None else data


class ReadOnce:
    """Files as they were when each was first read, whatever is written meanwhile."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[str, bytes] = {}

    def paths(self) -> list[str]:
        return self._files.paths()

    def links(self) -> list[str]:
        return self._files.links()

    def read(self, path: str) -> bytes:
        if path not in self._known:
            self._known[path] = self._files.read(path)
        return self._known[path]


class InMemory:
    """A project in a dictionary: path to text, or to bytes for images."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            for path, text in files.items()
            if not any(map(is_leftover, path.split("/")[1:]))
        }

    def paths(self) -> list[str]:
        return sorted(self._files)

    def links(self) -> list[str]:
        """None: a dictionary has no links."""
        return []

    def read(self, path: str) -> bytes:
        return self._files[path]
