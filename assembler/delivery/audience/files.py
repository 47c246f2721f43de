"""Files of people, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, Never

import msgspec

from assembler.errors import AssemblerError

Kind = Literal["parquet", "csv", "jsonl"]

_KINDS: Final[dict[str, Kind]] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_PACKED: Final = ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"))
_PARQUET: Final = b"PAR1"
_MOST_TOLD: Final = 20


class FileProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a file of people, and in which line, from 1, where it has lines. It repeats nothing of it."""

    path: str
    line: int | None = None
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{'' if self.line is None else f'{self.line}:'} {self.problem}"


class PeopleFilesError(AssemblerError):
    """Files cannot be read as people: `problems` has all that is wrong with them."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        told = [str(problem) for problem in self.problems[:_MOST_TOLD]]
        rest = len(self.problems) - len(told)
        return "\n".join([*told, *([f"and {rest} more"] if rest else [])])


class PeopleFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was when it was looked through: its rows, those of its columns that say something of people, and
    what tells whether it has changed since."""

    path: str
    kind: Kind
    bytes: int
    sha256: str
    rows: int
    state: tuple[int, int, int]
    columns: dict[str, int]
    width: int = 0


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one file, by its number: so many from the one of a number on; of a file with lines, its bytes from and to
    some place, and the number of the line that begins there."""

    file: int
    start: int
    rows: int
    begin: int = 0
    end: int = 0
    line: int = 1


def kind_of(path: str) -> Kind:
    """Return what kind of file is at a path. Raises `PeopleFilesError` where none can be read there."""
    beginning = _beginning(path)
    for begins, by in _PACKED:
        if beginning.startswith(begins):
            _refuse(path, f"is compressed by {by}; unpack it first")
    kind = _KINDS.get(Path(path).suffix.lower())
    if kind is None:
        _refuse(path, "is of no known kind: the name ends in none of " + ", ".join(_KINDS))
    if kind == "csv" and not beginning:
        _refuse(path, "is empty: not even a header")
    if (kind == "parquet") is not beginning.startswith(_PARQUET):
        _refuse(path, "is no Parquet file" if kind == "parquet" else "is a Parquet file; let its name end in .parquet")
    return kind


def _beginning(path: str) -> bytes:
    """The first bytes of a file."""
    place = Path(path)
    try:
        if place.is_dir():
            _refuse(path, f"is a folder; name the files in it, such as {path.rstrip('/')}/*.parquet")
        if place.exists() and not place.is_file():
            _refuse(path, "is no file; it has to be one, since it is read twice")
        with place.open("rb") as file:
            return file.read(8)
    except (OSError, ValueError) as error:
        _refuse(path, f"cannot be read: {getattr(error, 'strerror', None) or 'no such path'}")


def state_of(path: str) -> tuple[int, int, int]:
    """Return what changes where a file changes. Raises `OSError`."""
    about = Path(path).stat()
    return about.st_ino, about.st_size, about.st_mtime_ns


def require_unchanged(file: PeopleFile) -> None:
    """Raise `PeopleFilesError` where a file is not what it was when it was looked through."""
    try:
        same = state_of(file.path) == file.state
    except OSError:
        same = False
    if not same:
        _refuse(file.path, "has changed while it was read")


def _refuse(path: str, problem: str) -> Never:
    raise PeopleFilesError([FileProblem(path=path, problem=problem)])
