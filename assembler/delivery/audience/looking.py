"""Files of people, looked through before anything is decided: what they are, how many rows they have, what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet

from assembler.delivery.audience.columns import PeopleTableError, columns
from assembler.delivery.audience.context_lines import NoJson, require_json
from assembler.delivery.audience.csv_people import NeverKnown, read_header, read_texts
from assembler.delivery.audience.files import (
    FileProblem,
    PeopleFile,
    PeopleFilesError,
    Slice,
    kind_of,
    require_unchanged,
    state_of,
)
from assembler.delivery.audience.parts import AudiencePart, PartCutter
from assembler.delivery.audience.text_rows import TextRows, TornRows, text_rows
from assembler.library.records import Content

Told = Callable[[int, int], object]
"""Is told how much is done, of how much."""


def look_through(
    paths: Sequence[str], content: Content, part_rows: int, told: Told | None = None
) -> tuple[tuple[PeopleFile, ...], tuple[AudiencePart, ...]]:
    """Return files of people as they are, in order, and the parts that their rows make, of so many rows each.

    Each is read whole. Raises `PeopleFilesError` with all that is wrong, file by file.
    """
    cutter = PartCutter(part_rows)
    files: list[PeopleFile] = []
    problems: list[FileProblem] = []
    for number, path in enumerate(paths):
        if told is not None:
            told(number, len(paths))
        try:
            files.append(_Look(path, number, content, cutter).file())
        except PeopleFilesError as error:
            problems.extend(error.problems)
    if problems:
        raise PeopleFilesError(problems)
    return tuple(files), cutter.parts()


class _Look:
    """One file."""

    def __init__(self, path: str, number: int, content: Content, cutter: PartCutter) -> None:
        self._path = path
        self._number = number
        self._content = content
        self._cutter = cutter
        self._rows = 0
        self._columns: dict[str, int] = {}
        self._width = 0

    def file(self) -> PeopleFile:
        """Return the file, after its rows were cut. Raises `PeopleFilesError`."""
        kind = kind_of(self._path)
        state = state_of(self._path)
        with self._refusing(), Path(self._path).open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            {"parquet": self._parquet, "csv": self._csv, "jsonl": self._lines}[kind](file)
        looked = PeopleFile(
            path=self._path,
            kind=kind,
            bytes=state[1],
            sha256=sha256,
            rows=self._rows,
            state=state,
            columns=self._columns,
            width=self._width,
        )
        require_unchanged(looked)
        return looked

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except TornRows as error:
            raise self._refusal((error.line, error.problem)) from None
        except PeopleTableError as error:
            raise self._refusal(*((None, str(problem)) for problem in error.problems)) from None
        except OSError as error:
            raise self._refusal((None, f"cannot be read: {error.strerror or 'it is damaged'}")) from None

    def _refusal(self, *told: tuple[int | None, str]) -> PeopleFilesError:
        return PeopleFilesError(FileProblem(path=self._path, line=line, problem=problem) for line, problem in told)

    def _parquet(self, file: BinaryIO) -> None:
        try:
            table = parquet.ParquetFile(file)
            schema, rows = table.schema_arrow, table.metadata.num_rows
        except (pa.ArrowException, OSError):
            raise self._refusal((None, "is no whole Parquet file")) from None
        self._columns = {schema.names[column.index]: column.index for column in columns(schema, self._content)}
        while self._rows < rows:
            count = min(self._cutter.next_room(), rows - self._rows)
            self._cutter.add(Slice(file=self._number, start=self._rows, rows=count))
            self._rows += count

    def _csv(self, file: BinaryIO) -> None:
        header, never = None, None
        for rows in text_rows(file, quoted=True):
            first = 0
            if header is None or never is None:
                header = read_header(rows, self._content)
                never = NeverKnown(header, self._content)
                self._columns, self._width, first = header.known, header.width, 1
            never.look(read_texts(rows, header, first), rows, first)
            self._cut(rows, first)
        if never is None:
            raise TornRows(1, "is empty: not even a header")
        if problems := never.problems():
            raise self._refusal(*problems)

    def _lines(self, file: BinaryIO) -> None:
        for rows in text_rows(file, quoted=False):
            try:
                require_json(rows)
            except NoJson as error:
                raise TornRows(rows.line_of(error.row), error.problem) from None
            self._cut(rows, 0)

    def _cut(self, rows: TextRows, first: int) -> None:
        while first < len(rows):
            count = min(self._cutter.next_room(), len(rows) - first)
            self._cutter.add(
                Slice(
                    file=self._number,
                    start=self._rows,
                    rows=count,
                    begin=rows.place(first),
                    end=rows.place(first + count),
                    line=rows.line_of(first),
                )
            )
            self._rows += count
            first += count
