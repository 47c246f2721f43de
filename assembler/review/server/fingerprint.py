"""What tells the files of a project from what they were before."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from assembler.authoring.load.files import Folder


def project_fingerprint(folder: Path) -> bytes | None:
    """Return a digest of all that a project is compiled from; None where a folder of it cannot be listed."""
    try:
        files = Folder(folder)
    except OSError:
        return None
    digest = sha256()
    for path in files.links():
        digest.update(f"{path}\0link\0".encode("utf-8", "surrogateescape"))
    for path in files.paths():
        data = _read(files, path)
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.digest()


def _read(files: Folder, path: str) -> bytes:
    """The bytes of a file; of one that cannot be read, none: that is for the project's findings to say."""
    try:
        return files.read(path)
    except OSError:
        return b""
