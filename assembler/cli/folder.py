"""Where the project is that a command is about."""

from __future__ import annotations

from pathlib import Path


def folder_of(folder: Path | None) -> Path:
    """Return the folder that is meant: where none is named, that of the nearest project upward."""
    if folder is not None:
        return folder
    here = Path.cwd()
    return next((above for above in (here, *here.parents) if (above / "assembler.yaml").is_file()), here)
