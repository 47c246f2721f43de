"""What lies in a folder that others write to: regular files are read, links never followed, pipes never waited for."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

LINK = "a symbolic link, which is not followed"

_WITHOUT_WAITING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def read_regular(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of a regular file, up to so many. Raises `OSError` where it is none, or a link."""
    _require_regular(path, os.lstat(path).st_mode)

    # Something else may stand there by now.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _WITHOUT_WAITING)) as file:
        _require_regular(path, os.fstat(file.fileno()).st_mode)
        return file.read(most_bytes)


def below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield all that lies in a folder and in its folders, each with what keeps it from being read; empty where nothing
    does.

    A folder that is not there holds nothing.
    """
    open_ = [folder]
    while open_:
        here = open_.pop()
        try:
            mode = os.lstat(here).st_mode
            if not stat.S_ISDIR(mode):
                yield here, _kind(mode) or "no folder"
                continue
            entries = list(os.scandir(here))
        except FileNotFoundError:
            continue
        except OSError as error:
            yield here, f"cannot be listed: {error.strerror}"
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                open_.append(here / entry.name)
            elif entry.is_file(follow_symlinks=False):
                yield here / entry.name, ""
            else:
                yield here / entry.name, LINK if entry.is_symlink() else "no regular file"


def _require_regular(path: Path, mode: int) -> None:
    if problem := _kind(mode):
        raise OSError(errno.EINVAL, problem, str(path))


def _kind(mode: int) -> str:
    """Return why something cannot be read; empty for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    return LINK if stat.S_ISLNK(mode) else "no regular file"
