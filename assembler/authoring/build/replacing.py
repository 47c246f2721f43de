"""A folder that is written in one step: whole, or not there at all.

While `build` is written, these stand beside each other. Where a process is killed, the next one that writes there goes
on from what it finds, as said on the right:

    build                     .build-x.new   being written, and locked; without its lock it is rubbish: removed
              .build-x.old    .build-x.new   being exchanged: `.old` is moved back to `build`
    build     .build-x.old                   exchanged: `.old` is removed, and so it is where `build` has gone since
    build                     .build-x.new   `.old` under another name, being removed: rubbish

One process at a time holds the lock of the folder around them, while it exchanges or sweeps.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from assembler.authoring.load.files import is_leftover

if sys.platform != "win32":
    import fcntl

_NEW = ".new"
_OLD = ".old"


class NewFolder:
    """A folder that is being written to take the place of another, the old one, which may not be there."""

    def __init__(self, path: Path, old: Path) -> None:
        self.path = path
        self._old = old
        files = (Path(folder) / name for folder, _, names in os.walk(old) for name in names)
        self._old_files = {file.relative_to(old).as_posix() for file in files}
        self._make = cache(partial(Path.mkdir, parents=True, exist_ok=True))

    def write(self, name: str, data: bytes) -> None:
        """Write a file at a path below the folder. Raises `OSError`.

        Where the old folder has the same bytes there, it is the same file in both, until the old one is removed.
        """
        target = self.path / name
        self._make(target.parent)
        if name not in self._old_files or not self._is_linked(name, target, data):
            target.write_bytes(data)

    def _is_linked(self, name: str, target: Path, data: bytes) -> bool:
        """Whether a file of the old folder is now the target too. It is compared there, as nobody exchanges it."""
        with contextlib.suppress(OSError):  # it is gone, or the file system has no such links
            target.hardlink_to(self._old / name)
            about = target.lstat()
            if stat.S_ISREG(about.st_mode) and about.st_size == len(data) and target.read_bytes() == data:
                return True
        target.unlink(missing_ok=True)
        return False


@contextmanager
def replacing(output: Path, kind: str, is_ours: Callable[[Path], bool]) -> Iterator[NewFolder]:
    """Give a new folder beside `output`, an absolute path, that takes its place at the end.

    Where something fails before, the new folder is removed and the old one stays. Several processes may do this at
    once: the last one's stays. Raises `FileExistsError` where `output` holds something of which `is_ours` is false,
    which says that this is not of the `kind`; and `OSError` where it cannot be written.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with _locked(output.parent):
            _refuse_foreign(output, kind, is_ours)
            _sweep(output)
            folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", suffix=_NEW, dir=output.parent))
            stack.enter_context(_locked(folder))
        folder.chmod(0o755)
        try:
            yield NewFolder(folder, output)
            with _locked(output.parent):
                _refuse_foreign(output, kind, is_ours)
                _exchange(output, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Give whether nobody else holds the lock of a folder as long as this lasts; false where the system has none."""
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


def _exchange(output: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, which takes its name: the next name of it is rubbish."""
    previous = folder.with_suffix(_OLD)
    try:
        if output.exists():
            output.rename(previous)
        folder.rename(output)
    except BaseException:
        if folder.exists() and previous.exists():
            previous.rename(output)
        raise
    with contextlib.suppress(OSError):  # then it is swept by the next
        if previous.exists():
            previous.rename(folder)


def _sweep(output: Path) -> None:
    """Go on from where processes were killed: see the states above."""
    for previous in _beside(output, _OLD):
        if previous.with_suffix(_NEW).exists() and not output.exists():
            previous.rename(output)
        else:
            shutil.rmtree(previous, ignore_errors=True)
    for folder in _beside(output, _NEW):
        with _locked(folder, wait=False) as abandoned:
            if abandoned:
                shutil.rmtree(folder, ignore_errors=True)


def _beside(output: Path, suffix: str) -> list[Path]:
    """The folders that exchanges at `output` may have left: they are named as `tempfile` names them."""
    named = re.compile(rf"\.{re.escape(output.name)}-[a-z0-9_]+{re.escape(suffix)}", re.ASCII)
    paths = (path for path in output.parent.iterdir() if named.fullmatch(path.name))
    return sorted(path for path in paths if path.is_dir() and not path.is_symlink())


def holds_only(folder: Path, names: Container[str], suffix: str = "/") -> bool:
    """Return true where a folder holds nothing but what has these names, or the suffix, and what a file manager left.

    Raises `FileExistsError`, which names what it holds beside them.
    """
    for path in sorted(folder.iterdir()):
        if path.name not in names and not path.name.endswith(suffix) and not _left_by_a_viewer(path):
            raise FileExistsError(f"{folder} also holds {path.name!r}, which would be lost")
    return True


def _refuse_foreign(output: Path, kind: str, is_ours: Callable[[Path], bool]) -> None:
    """Raise `FileExistsError` for a folder that is something else: it is never replaced."""
    if output.is_dir() and not output.is_symlink():
        if not any(output.iterdir()) or is_ours(output):
            return
        raise FileExistsError(f"{output} holds files that are not {kind}")
    if output.exists() or output.is_symlink():
        raise FileExistsError(f"{output} is no folder")


def _left_by_a_viewer(path: Path) -> bool:
    """Whether a file is what a file manager leaves in a folder that it shows. Other hidden files are somebody's."""
    hidden = path.name.startswith(".") and not path.name.startswith((".DS_Store", "._", ".directory"))
    return is_leftover(path.name) and not hidden and path.is_file()
