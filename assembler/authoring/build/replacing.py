"""A folder that is written in one step: whole, or not there at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["replacing"]


@contextmanager
def replacing(output: Path, what: str, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A new folder beside `output`, an absolute path, that takes its place at the end.

    Where something fails before, the new folder is removed and the old one stays. Raises `FileExistsError` where
    `output` holds something of which `is_ours` is false; it says that this is not `what`.
    """
    _refuse_foreign(output, what, is_ours)
    output.parent.mkdir(parents=True, exist_ok=True)
    _restore(output)
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", suffix=".new", dir=output.parent))
    folder.chmod(0o755)
    try:
        yield folder
        previous = folder.with_suffix(".old")
        if output.exists():
            output.rename(previous)
        try:
            folder.rename(output)
        except BaseException:
            if previous.exists():
                previous.rename(output)
            raise
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_foreign(output: Path, what: str, is_ours: Callable[[Path], bool]) -> None:
    """A folder that is something else is never replaced."""
    if output.is_dir() and not output.is_symlink():
        if not any(output.iterdir()) or is_ours(output):
            return
        raise FileExistsError(f"{output} holds files that are not {what}")
    if output.exists() or output.is_symlink():
        raise FileExistsError(f"{output} is no folder")


def _restore(output: Path) -> None:
    """Where writing was killed between its two last steps, put back what stood at `output` before."""
    if not output.exists():
        for previous in sorted(output.parent.glob(f".{output.name}-*.old")):
            previous.rename(output)
            return
