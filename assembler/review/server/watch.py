"""Looks at a project's folder whenever something changes in it."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from watchfiles import watch

from assembler.review.decisions import FOLDER
from assembler.review.server.session import Session

__all__ = ["follow"]

_WATCHED = ("assembler.yaml", "campaigns", "components", "templates", "assets", FOLDER)
_QUIET_MILLISECONDS = 50
_LONGEST_MILLISECONDS = 500


def follow(session: Session, folder: Path, stop: Event | None = None, every: int = 2000) -> None:
    """Refresh a session whenever the project in a folder changes, until told to stop, or `KeyboardInterrupt`.

    Not every file system tells of changes, and none tells of a folder that was not there at the beginning: so the
    project is looked at after this many milliseconds at the latest.
    """
    paths = (folder / name for name in _WATCHED)
    for _ in watch(
        # Symbolic links are no part of a project.
        *(path for path in paths if path.exists() and not path.is_symlink()),
        stop_event=stop,
        step=_QUIET_MILLISECONDS,
        debounce=_LONGEST_MILLISECONDS,
        rust_timeout=every,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        session.refresh()
