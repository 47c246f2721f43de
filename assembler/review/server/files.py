"""The files of a project as they are now: what it is compiled from, and its decisions."""

from __future__ import annotations

import contextlib
import os
from hashlib import sha256
from pathlib import Path

from assembler.authoring.load.files import Folder
from assembler.review.decisions import FOLDER

__all__ = ["decisions_stamp", "project_digest"]


def project_digest(folder: Path) -> bytes | None:
    """The digest of all that a project is compiled from; None where a folder of it cannot be listed."""
    try:
        files = Folder(folder)
    except OSError:
        return None
    found = sha256()
    for path in files.links():
        found.update(f"{path}\0link\0".encode("utf-8", "surrogateescape"))
    for path in files.paths():
        data = _read(files, path)
        found.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return found.digest()


def decisions_stamp(folder: Path) -> frozenset[tuple[str, int, int]]:
    """The files of decisions in a project's folder: the path, the time of change and the size of each."""
    found = set()
    for parent, _, names in os.walk(folder / FOLDER):
        for name in names:
            # A file may be gone by now.
            with contextlib.suppress(OSError):
                stat = Path(parent, name).stat()
                found.add((f"{parent}/{name}", stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def _read(files: Folder, path: str) -> bytes:
    """The bytes of a file; of one that cannot be read, none: that is for the project's findings to say."""
    try:
        return files.read(path)
    except OSError:
        return b""
