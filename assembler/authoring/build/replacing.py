"""A folder that is written in one step: whole, or not there at all."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from assembler.authoring.load.files import is_leftover

if sys.platform != "win32":
    import fcntl

__all__ = ["Draft", "Overtaken", "holds_only", "replacing"]


class Overtaken(FileNotFoundError):
    """What was to be kept of an old folder is no more what it was: somebody else has put another in its place."""


class Draft:
    """A new folder that takes the place of an old one at the end.

    `still` is asked of the old one, just before anything that is kept is moved, whether it is what it was.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: list[str] = []
        self.still: Callable[[Path], bool] = lambda folder: True

    def keep(self, path: str) -> None:
        """Take over what stands at a path in the old folder, as it is."""
        self.kept.append(path)


@contextmanager
def replacing(output: Path, what: str, is_ours: Callable[[Path], bool]) -> Iterator[Draft]:
    """A new folder beside `output`, an absolute path, that takes its place at the end.

    Where something fails before, the new folder is removed and the old one stays. Several processes may do this at
    once: the last one's stays. Raises `FileExistsError` where `output` holds something of which `is_ours` is false; it
    says that this is not `what`; and `Overtaken` where what is kept is no more what it was.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with _locked(output.parent):
            _refuse_foreign(output, what, is_ours)
            _restore(output)
            folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", suffix=".new", dir=output.parent))
            stack.enter_context(_locked(folder))
        folder.chmod(0o755)
        draft = Draft(folder)
        try:
            yield draft
            with _locked(output.parent):
                _refuse_foreign(output, what, is_ours)
                _exchange(output, draft)
        finally:
            if not folder.with_suffix(".moved").exists():
                shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder.with_suffix(".gone"), ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Whether nobody else holds a lock on the folder as long as this lasts, where the system knows of locks.

    The lock on a parent is for exchanging the folders in it; that on a new folder says that it is being written.
    """
    if sys.platform == "win32":
        yield False
        return
    with contextlib.ExitStack() as stack:
        number = os.open(folder, os.O_RDONLY)
        stack.callback(os.close, number)
        locked = False
        with contextlib.suppress(OSError):
            fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            locked = True
        yield locked


def _exchange(output: Path, draft: Draft) -> None:
    """Put the new folder in the place of the old one, after moving into it what is kept.

    The list of what is moved stays until all is in its place: here, or put back by the next who comes.
    """
    folder, previous = draft.folder, draft.folder.with_suffix(".old")
    moved = folder.with_suffix(".moved")
    try:
        if draft.kept:
            moved.write_text(json.dumps(draft.kept), encoding="utf-8")
        if output.exists():
            output.rename(previous)
        if draft.kept and not draft.still(previous):
            raise Overtaken(f"{output} is no more what it was")
        _move(draft.kept, previous, folder)
        folder.rename(output)
    except BaseException:
        if folder.exists():
            if previous.exists():
                _move(draft.kept, folder, previous)
                previous.rename(output)
            moved.unlink(missing_ok=True)
        raise
    if previous.exists():
        previous.rename(folder.with_suffix(".gone"))
    moved.unlink(missing_ok=True)


def _move(paths: Iterable[str], source: Path, target: Path) -> None:
    """Move what stands at some paths below a folder, unless it has been moved already."""
    for path in paths:
        if not (target / path).exists():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).rename(target / path)


def holds_only(folder: Path, names: Container[str], suffix: str = "/") -> bool:
    """Whether a folder holds nothing but what has these names, or the suffix, and what a file manager left.

    Raises `FileExistsError`, which names what it holds beside them.
    """
    for each in sorted(folder.iterdir()):
        if each.name not in names and not each.name.endswith(suffix) and not _left_by_a_viewer(each):
            raise FileExistsError(f"{folder} also holds {each.name!r}, which would be lost")
    return True


def _refuse_foreign(output: Path, what: str, is_ours: Callable[[Path], bool]) -> None:
    """A folder that is something else is never replaced."""
    if output.is_dir() and not output.is_symlink():
        if not any(output.iterdir()) or is_ours(output):
            return
        raise FileExistsError(f"{output} holds files that are not {what}")
    if output.exists() or output.is_symlink():
        raise FileExistsError(f"{output} is no folder")


def _left_by_a_viewer(path: Path) -> bool:
    """Whether a file is what a file manager leaves in a folder that it shows. Other hidden files are somebody's."""
    hidden = path.name.startswith(".") and not path.name.startswith((".DS_Store", "._", ".directory"))
    return is_leftover(path.name) and not hidden and path.is_file()


def _restore(output: Path) -> None:
    """Where writing was killed while the folders were exchanged, put back what stood at `output` before; where it was
    killed thereafter, remove that; where before, remove what was written."""
    for previous in _beside(output, ".old"):
        folder, moved = previous.with_suffix(".new"), previous.with_suffix(".moved")
        if not output.exists() and (folder.exists() or not moved.exists()):
            _move(_moved(moved), folder, previous)
            previous.rename(output)
            moved.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
        elif not folder.exists():
            previous.rename(previous.with_suffix(".gone"))
            moved.unlink(missing_ok=True)
    for gone in _beside(output, ".gone"):
        shutil.rmtree(gone, ignore_errors=True)
    for folder in _beside(output, ".new"):
        with _locked(folder, wait=False) as abandoned:
            if abandoned:
                shutil.rmtree(folder, ignore_errors=True)


def _moved(listed: Path) -> list[str]:
    """The paths in a list of what was moved; not those that lead out of the folder, which nobody here has written."""
    try:
        found = json.loads(listed.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    paths = [PurePosixPath(each) for each in found if isinstance(each, str)] if isinstance(found, list) else []
    return [str(path) for path in paths if not path.is_absolute() and ".." not in path.parts]


def _beside(output: Path, suffix: str) -> list[Path]:
    """The folders that exchanges at `output` may have left: they are named as `tempfile` names them."""
    made = re.compile(rf"\.{re.escape(output.name)}-[a-z0-9_]+{re.escape(suffix)}", re.ASCII)
    found = (each for each in output.parent.iterdir() if made.fullmatch(each.name))
    return sorted(each for each in found if each.is_dir() and not each.is_symlink())
