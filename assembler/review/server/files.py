"""The files of a project as they are now."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from assembler.authoring.load.files import Folder

__all__ = ["project_digest"]


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


def _read(files: Folder, path: str) -> bytes:
    """The bytes of a file; of one that cannot be read, none: that is for the project's findings to say."""
    try:
        return files.read(path)
    except OSError:
        return b""
