"""Where a project's files come from: a folder, or a dictionary in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

__all__ = ["PLACES", "Files", "Folder", "InMemory"]

PLACES = ("assembler.yaml", "campaigns", "components", "templates", "assets")
"""The file and the folders in which a project lies, below its root."""


class Files(Protocol):
    """The files of a project by their path, with `/`, relative to its root."""

    def paths(self) -> list[str]:
        """Every path of the project, sorted."""

    def links(self) -> list[str]:
        """The paths that are symbolic links; they are never followed."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `OSError`."""


class Folder:
    """A project in a folder: assembler.yaml and what lies below campaigns, components, templates and assets."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: list[str] = []
        self._links: list[str] = []
        for name in PLACES:
            for path in _walk(root / name):
                (self._links if path.is_symlink() else self._paths).append(path.relative_to(root).as_posix())

    def paths(self) -> list[str]:
        """Every path of the project, sorted."""
        return sorted(self._paths)

    def links(self) -> list[str]:
        """The paths that are symbolic links; they are never followed."""
        return sorted(self._links)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `OSError`."""
        return (self._root / path).read_bytes()


class InMemory:
    """A project in a dictionary: path to text, or to bytes for images."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            for path, text in files.items()
        }

    def paths(self) -> list[str]:
        """Every path of the project, sorted."""
        return sorted(self._files)

    def links(self) -> list[str]:
        """None: a dictionary has no links."""
        return []

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._files[path]


def _walk(path: Path) -> Iterator[Path]:
    if path.is_symlink() or path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            if not child.name.startswith((".", "__pycache__")):
                yield from _walk(child)
