"""When to look at a project's folder again, because something in it may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from assembler.authoring.load.files import PLACES

_QUIET_MILLISECONDS = 50
_LONGEST_MILLISECONDS = 500


def changes(
    root: Path, *, besides: Iterable[str] = (), stop: Event | None = None, every: int = 2000
) -> Iterator[object]:
    """Give something whenever it is worth to look at a project, and at some more folders in it, until told to stop.

    Not every file system tells of changes, and none tells of a folder that was not there at the beginning: so it is
    worth to look `every` so many milliseconds at the latest. Raises `KeyboardInterrupt` on Ctrl-C.
    """
    paths = (root / name for name in (*PLACES, *besides))
    return watch(
        # Symbolic links are no part of a project.
        *(path for path in paths if path.exists() and not path.is_symlink()),
        stop_event=stop,
        step=_QUIET_MILLISECONDS,
        debounce=_LONGEST_MILLISECONDS,
        rust_timeout=every,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
