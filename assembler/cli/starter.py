"""The starter: a whole project to begin with, and how it is copied."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.cli.exit_codes import Unusable
from assembler.cli.text.words import first_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

STARTER_DATE = date(2026, 11, 22)
"""The day for which the starter's dates are written."""

_SETTINGS = "assembler.yaml"
_FOLDERS = ("campaigns", "components", "templates", "assets")
_NAMED = 10
_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_DATE = re.compile(
    r"""(\b(?:review_by|decide_by|until|valid_from|valid_until)["']?[ ]*:[ ]+["']?)(\d{4}-\d{2}-\d{2})\b""", re.ASCII
)


def copy_starter(folder: Path, today: date) -> int:
    """Copy the starter into a folder, its dates moved as if it had been written today; return how many files it has.

    Raises `Unusable` where a file of it is already there, and writes nothing. Where writing fails, what was written is
    removed again.
    """
    moved = {path: _moved(path, data, today - STARTER_DATE) for path, data in _files()}
    _refuse_overwriting(folder, moved)
    with contextlib.ExitStack() as undo:
        for path in sorted(moved, key=lambda path: (path == _SETTINGS, path)):
            _write(folder / path, moved[path], undo)
        undo.pop_all()
    return len(moved)


def _files() -> Iterator[tuple[str, bytes]]:
    """Yield the starter's files, in the package or, in a checkout, beside it; not the code that drew its images."""
    from importlib.resources import files

    from assembler.authoring.load.files import is_leftover

    package = files("assembler")
    root = package / "starter"
    if not root.is_dir():
        root = Path(str(package)).parent
    yield _SETTINGS, (root / _SETTINGS).read_bytes()
    for name in _FOLDERS:
        yield from _below(root / name, name, is_leftover)


def _below(folder: Traversable, path: str, is_foreign: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if is_foreign(entry.name) or entry.name.endswith(".py"):
            continue
        if entry.is_dir():
            yield from _below(entry, f"{path}/{entry.name}", is_foreign)
        else:
            yield f"{path}/{entry.name}", entry.read_bytes()


def _moved(path: str, data: bytes, days: timedelta) -> bytes:
    """Return a file with the dates of its date keys moved; words are left alone."""
    if not days or not path.endswith((".yaml", ".md")):
        return data
    text = data.decode()
    end = len(text)
    if path.endswith(".md"):
        front = _FRONT_MATTER.match(text)
        end = front.end() if front else 0

    def later(match: re.Match[str]) -> str:
        return match[1] + (date.fromisoformat(match[2]) + days).isoformat()

    return (_DATE.sub(later, text[:end]) + text[end:]).encode()


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
