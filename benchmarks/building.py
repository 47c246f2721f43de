"""What loading, compiling, checking and building of a large project cost, and what is left of it after one edit.

    python -m benchmarks.building [--components 2000] [--cells]

prints seconds of a clock and of processors. With `--cells`, also time and memory of a build of 100,000 cells.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.build.output import write_build
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import FolderCache
from benchmarks.scale import Scale, project

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CELLS = Scale(components=2000, segments=50, stages=50, campaigns=10)

Result = TypeVar("Result")


def timed(task: str, work: Callable[[], Result]) -> Result:
    """The result of some work, whose times are printed; those of processes that it started are counted."""
    before, clock = os.times(), time.perf_counter()
    result = work()
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    print(f"{task:<44}{time.perf_counter() - clock:>9.2f} s{spent:>9.2f} s", flush=True)
    return result


def write(files: dict[str, str | bytes], folder: Path) -> None:
    """Write a project into a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())


def loaded(folder: Path, cache: BuildCache) -> Project:
    """The project in a folder, of which everything is loaded that else would be when it is first asked for."""
    whole = Project.load(folder, cache=cache)
    assert whole.loaded.components
    return whole


def edits(components: int, folder: Path) -> None:
    """Compile a project for the first time, again, and after an edit of one component."""
    write(project(Scale(components=components)), folder)
    processors = len(os.sched_getaffinity(0))
    print(f"{f'{components:,} components in 2 locales':<44}{'clock':>11}{'processors':>11}")
    alone = timed("load", lambda: loaded(folder, BuildCache()))
    timed("compile, one process", alone.render)
    timed("check, one process", lambda: alone.check(MOMENT))
    cache = folder / ".assembler-cache"
    first = Project.load(folder, cache=BuildCache(disk=FolderCache(cache)))
    timed(f"compile, {processors} processes", lambda: first.render(jobs=processors))
    timed(f"check, {processors} processes", lambda: first.check(MOMENT, jobs=processors))
    kept = BuildCache(disk=FolderCache(cache))
    again = Project.load(folder, cache=kept)
    timed("compile, everything kept on disk", again.render)
    again.check(MOMENT)
    built = timed("build, for the first time", lambda: again.build(folder / "build", MOMENT))
    edited = min((folder / "components" / "body").glob("campaign_1_*[0-9].md"))
    text = edited.read_text(encoding="utf-8").rstrip()
    for number, edit in enumerate(("a word", "a word more", "another word"), start=1):
        kept.memo.forget_unused()
        gc.collect()
        gc.freeze()
        edited.write_text(f"{text} {edit}\n", encoding="utf-8")
        print(f"edit {number} of one component, while watching")
        changed = timed("  load", lambda: loaded(folder, kept))
        timed("  compile", changed.render)
        timed("  check", partial(changed.check, MOMENT))
        timed("  build", partial(changed.build, folder / "build", MOMENT))
    print(f"{built.variants:,} variants, {built.bytes / 1e6:.1f} MB")


def cells(folder: Path) -> None:
    """Build 100,000 cells in a process of its own, for the sake of its memory."""
    generated = Project.from_files(project(CELLS))
    generated.render(jobs=None)
    Library(generated.compiled.content, generated.compiled.texts).save(folder / "cells.library")
    code = f"from benchmarks.building import measured; measured({str(folder)!r})"
    os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code])


def measured(folder: str) -> None:
    """Write the variants of a library in a folder, and print what it took."""
    library = Library.open(Path(folder) / "cells.library")
    before = _most_memory()
    count = sum(len(library.channels(campaign)) for campaign in library.campaigns) * len(library.locales) * 51 * 51
    built = timed(f"write {count:,} cells", lambda: write_build(library, {}, Path(folder) / "build", MOMENT))
    print(f"{built.variants:,} variants; memory {before:.0f} MB with the library, {_most_memory():.0f} MB at most")


def _most_memory() -> float:
    """The most memory that this process has had so far, in MB: proc(5), VmHWM."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="What compiling and building a large project cost.")
    parser.add_argument("--components", type=int, default=2000)
    parser.add_argument("--cells", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        edits(asked.components, Path(folder))
        if asked.cells:
            cells(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
