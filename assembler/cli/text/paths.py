"""Paths, in words."""

from __future__ import annotations

from pathlib import Path


def path_text(path: Path) -> str:
    """Return a path as it is printed: from the working directory, where it lies below that."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)
