"""`assembler check --fix` and `--diff`: what has one right answer is written, or shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.cli.folder import folder_of
from assembler.cli.opening import cache_for, moment_of
from assembler.cli.options import AsOf
from assembler.errors import ProjectError

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")

if TYPE_CHECKING:
    from assembler.authoring import Diagnostic
    from assembler.authoring.check.mending import Mended
    from assembler.authoring.load.files import Files


def mended(folder: Path | None, as_of: AsOf | None, wanted: Callable[[Diagnostic], bool], jobs: int | None) -> Mended:
    """Return what becomes of the project in a folder when each wanted finding that has one right answer gets it."""
    from assembler.authoring import Project
    from assembler.authoring.check.mending import mend
    from assembler.authoring.load.files import Folder

    root = folder_of(folder)
    cache = cache_for(root)

    def find_faults(files: Files) -> Sequence[Diagnostic]:
        try:
            project = Project.read(files, cache=cache)
        except ProjectError as error:
            return error.diagnostics
        return project.check(moment_of(as_of, project), jobs=jobs).diagnostics

    return mend(Folder(root, cache.memo), find_faults, wanted)


def write_mended(folder: Path | None, mended: Mended) -> None:
    """Write the files that are mended, all or none. Raises `Refused` where one has changed since, and `OSError`."""
    from assembler.authoring.scaffold.file_changes import write_files

    changes = {path: (mended.before[path], data) for path, data in mended.after.items()}
    write_files(folder_of(folder), {}, changes)


def difference(mended: Mended, way: str) -> bytes:
    """Return the changes as a unified diff; `way` leads to the project from where it is read."""
    return b"".join(part for path in sorted(mended.after) for part in _of_file(path, mended, way))


def _of_file(path: str, mended: Mended, way: str) -> Iterator[bytes]:
    name = f"{way}/{path}" if way else path
    texts = [data[path].decode("utf-8", "surrogateescape") for data in (mended.before, mended.after)]
    before, after = (_LINE.findall(text) for text in texts)
    for line in unified_diff(before, after, f"a/{name}", f"b/{name}"):
        yield line.encode("utf-8", "surrogateescape")
        if not line.endswith("\n"):
            yield b"\n\\ No newline at end of file\n"
