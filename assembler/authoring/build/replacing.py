"""A folder that is written in one step: whole, or not there at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["Draft", "replacing"]


class Draft:
    """A new folder that takes the place of an old one at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: list[str] = []

    def keep(self, path: str) -> None:
        """Take over what stands at a path in the old folder, as it is."""
        self.kept.append(path)


@contextmanager
def replacing(output: Path, what: str, is_ours: Callable[[Path], bool]) -> Iterator[Draft]:
    """A new folder beside `output`, an absolute path, that takes its place at the end.

    Where something fails before, the new folder is removed and the old one stays. Raises `FileExistsError` where
    `output` holds something of which `is_ours` is false; it says that this is not `what`.
    """
    _refuse_foreign(output, what, is_ours)
    output.parent.mkdir(parents=True, exist_ok=True)
    _restore(output)
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", suffix=".new", dir=output.parent))
    folder.chmod(0o755)
    draft = Draft(folder)
    try:
        yield draft
        _exchange(output, draft)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exchange(output: Path, draft: Draft) -> None:
    """Put the new folder in the place of the old one, after moving into it what is kept."""
    folder, previous = draft.folder, draft.folder.with_suffix(".old")
    moved = folder.with_suffix(".moved")
    if draft.kept:
        moved.write_text(json.dumps(draft.kept))
    try:
        if output.exists():
            output.rename(previous)
        _move(draft.kept, previous, folder)
        folder.rename(output)
    except BaseException:
        if previous.exists():
            _move(draft.kept, folder, previous)
            previous.rename(output)
        raise
    finally:
        moved.unlink(missing_ok=True)
    shutil.rmtree(previous, ignore_errors=True)


def _move(paths: Iterable[str], source: Path, target: Path) -> None:
    """Move what stands at some paths, unless it has been moved already."""
    for path in paths:
        if not (target / path).exists():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).rename(target / path)


def _refuse_foreign(output: Path, what: str, is_ours: Callable[[Path], bool]) -> None:
    """A folder that is something else is never replaced."""
    if output.is_dir() and not output.is_symlink():
        if not any(output.iterdir()) or is_ours(output):
            return
        raise FileExistsError(f"{output} holds files that are not {what}")
    if output.exists() or output.is_symlink():
        raise FileExistsError(f"{output} is no folder")


def _restore(output: Path) -> None:
    """Where writing was killed while the folders were exchanged, put back what stood at `output` before."""
    if not output.exists():
        for previous in sorted(output.parent.glob(f".{output.name}-*.old")):
            moved = previous.with_suffix(".moved")
            if moved.exists():
                _move(json.loads(moved.read_text()), previous.with_suffix(".new"), previous)
                moved.unlink()
            previous.rename(output)
            return
