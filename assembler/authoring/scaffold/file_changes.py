"""Files of a project, new ones and changed ones: all are written or none, and never over what somebody else wrote."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from assembler.authoring.scaffold.refused import Refused
from assembler.library.format import replace_file

_SETTINGS = "assembler.yaml"
_NAMED = 10
_READ = 200

Changes: TypeAlias = Mapping[str, tuple[bytes, bytes]]
"""What files hold, by path, and what they are to hold."""

_NONE: Final[Changes] = MappingProxyType({})


def write_files(folder: Path, new: Mapping[str, bytes], changes: Changes = _NONE) -> None:
    """Write new files, by their paths, into a folder, and others anew, each in one step; a new assembler.yaml is the
    last of the new.

    Raises `Refused` where a new file is already there, where one that changes holds something else by now or is not to
    be written, and where writing fails. Everything is as before then, also when it is interrupted.
    """
    try:
        _write_all(folder, new, changes)
    except OSError as error:
        place = _cut(str(error.filename or folder))
        raise Refused(f"nothing is written: {place}: {error.strerror or error}") from error


def _write_all(folder: Path, new: Mapping[str, bytes], changes: Changes) -> None:
    _refuse_overwriting(folder, new)
    for path, (before, _) in changes.items():
        _refuse_changed(folder / path, before)
    with contextlib.ExitStack() as undo:
        for path in sorted(new, key=lambda path: (path == _SETTINGS, path)):
            _write(folder / path, new[path], undo)
        drafts = {path: _draft(folder / path, after, undo) for path, (_, after) in changes.items()}
        for path, (before, _) in changes.items():
            _refuse_changed(folder / path, before)
            drafts[path].replace(folder / path)
            undo.callback(_put_back, folder / path, before)
        undo.pop_all()


def _refuse_overwriting(folder: Path, paths: Mapping[str, bytes]) -> None:
    for place in (folder, *folder.parents):
        if os.path.lexists(place) and not place.is_dir():
            raise Refused(f"{_cut(str(place))} is no folder")
    taken = sorted({place for path in paths for place in _in_the_way(folder, path)})
    if taken:
        rest = [f"and {len(taken) - _NAMED} more"][: len(taken) > _NAMED]
        names = (f"  {line}" for line in (*taken[:_NAMED], *rest))
        raise Refused("\n".join([f"nothing is overwritten, and {folder} already holds", *names]))


def _cut(path: str) -> str:
    """Return the end of a path that is too long to be read."""
    return path if len(path) <= _READ else f"...{path[-_READ:]}"


def _in_the_way(folder: Path, path: str) -> Iterator[str]:
    """Yield what is where a file of this path would go: the file, or something above it that is no folder."""
    here = Path(path)
    if os.path.lexists(folder / here):
        yield path
    for parent in here.parents:
        if os.path.lexists(folder / parent) and not (folder / parent).is_dir():
            yield str(parent)


def _refuse_changed(file: Path, before: bytes) -> None:
    if not file.is_file() or file.read_bytes() != before:
        raise Refused(f"nothing is written: {file} has changed meanwhile; give the command again")
    if not (os.access(file, os.W_OK) and file.stat().st_mode & stat.S_IWUSR):
        raise Refused(f"nothing is written: {file} is read-only")


def _write(path: Path, data: bytes, undo: contextlib.ExitStack) -> None:
    """Write a new file, and the folders that it needs, remembering before, lest an interrupt comes between, how to
    remove them."""
    for parent in reversed(path.parents):
        if not parent.exists():
            undo.callback(_forgiving, parent.rmdir)
            parent.mkdir()
    with contextlib.ExitStack() as removing:
        removing.callback(_forgiving, path.unlink)
        try:
            file = path.open("xb")
        except FileExistsError:
            removing.pop_all()  # it is somebody else's
            raise
        with file:
            undo.push(removing.pop_all())
            file.write(data)


def _draft(file: Path, data: bytes, undo: contextlib.ExitStack) -> Path:
    """Write what is to take the place of a file beside it, remembering how to remove it."""
    draft = file.with_name(f".{file.name}.{os.urandom(6).hex()}")
    undo.callback(_forgiving, draft.unlink)
    with draft.open("xb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    shutil.copymode(file, draft)
    return draft


def _put_back(file: Path, before: bytes) -> None:
    mode = file.stat().st_mode
    replace_file(file, before)
    file.chmod(mode)


def _forgiving(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()
