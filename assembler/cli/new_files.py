"""New files of a project: written whole or not at all, and never over another."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from assembler.cli.exit_codes import Unusable
from assembler.cli.text.words import first_of

_SETTINGS = "assembler.yaml"
_NAMED = 10


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by their paths, into a folder; assembler.yaml is the last.

    Raises `Unusable` where one of them is already there, and writes nothing. Where writing fails, what was written is
    removed again.
    """
    _refuse_overwriting(folder, files)
    with contextlib.ExitStack() as undo:
        for path in sorted(files, key=lambda path: (path == _SETTINGS, path)):
            _write(folder / path, files[path], undo)
        undo.pop_all()


def _refuse_overwriting(folder: Path, paths: Mapping[str, bytes]) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise Unusable(f"{folder} is no folder")
    taken = sorted({place for path in paths for place in _in_the_way(folder, path)})
    if taken:
        names = (f"  {line}" for line in first_of(taken, _NAMED))
        raise Unusable("\n".join([f"nothing is overwritten, and {folder} already holds", *names]))


def _in_the_way(folder: Path, path: str) -> Iterator[str]:
    """Yield what is where a file of this path would go: the file, or something above it that is no folder."""
    here = Path(path)
    if os.path.lexists(folder / here):
        yield path
    for parent in here.parents:
        if os.path.lexists(folder / parent) and not (folder / parent).is_dir():
            yield str(parent)


def _write(path: Path, data: bytes, undo: contextlib.ExitStack) -> None:
    """Write a new file, and the folders that it needs, remembering how to remove them."""
    for parent in reversed(path.parents):
        if not parent.exists():
            parent.mkdir()
            undo.callback(_forgiving, parent.rmdir)
    with path.open("xb") as file:
        undo.callback(_forgiving, path.unlink)
        file.write(data)


def _forgiving(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()
