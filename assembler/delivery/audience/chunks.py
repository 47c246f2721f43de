"""The rows of a part -> people, some of them at a time: as a table, or as contexts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyarrow import parquet

from assembler.delivery.audience.context_lines import NoJson, read_contexts
from assembler.delivery.audience.csv_people import CsvHeader, CsvReader, Mask, read_texts
from assembler.delivery.audience.files import FileProblem, PeopleFile, PeopleFilesError, Slice, require_unchanged
from assembler.delivery.audience.text_rows import text_rows
from assembler.library.records import Content

MOST_ROWS: Final = 1 << 16
"""Rows that are decided at once, and written as one row group."""

MOST_CONTEXTS: Final = 1 << 13
"""Of contexts, whose decisions are in memory one by one."""


class TableOfPeople(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """People as a table, and by column those of whom it had something that was not of its kind."""

    table: pa.RecordBatch
    misread: dict[str, Mask] = {}

    def __len__(self) -> int:
        return int(self.table.num_rows)


class ContextsOfPeople(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """People as contexts."""

    contexts: list[Any]

    def __len__(self) -> int:
        return len(self.contexts)


People = TableOfPeople | ContextsOfPeople


def people_of(piece: Slice, files: Sequence[PeopleFile], content: Content) -> Iterator[People]:
    """Yield the people of a slice, in order, so many at a time as the slice alone says.

    Raises `PeopleFilesError` where the file has changed since it was looked through.
    """
    file = files[piece.file]
    require_unchanged(file)
    rows = 0
    try:
        for people in _READERS[file.kind](piece, file, content):
            rows += len(people)
            yield people
    except (pa.ArrowException, OSError) as error:
        require_unchanged(file)
        raise PeopleFilesError([FileProblem(path=file.path, problem=f"cannot be read: {_words(error)}")]) from None
    require_unchanged(file)
    assert rows == piece.rows, "so many rows were there before"


def _words(error: BaseException) -> str:
    return getattr(error, "strerror", None) or "it is damaged"


def _of_parquet(piece: Slice, file: PeopleFile, _: Content) -> Iterator[People]:
    with parquet.ParquetFile(file.path, pre_buffer=False, buffer_size=1 << 20) as source:
        batches = _rows_between(source, piece.start, piece.start + piece.rows, [*file.columns])
        for table in _of_size(batches, MOST_ROWS):
            yield TableOfPeople(table=table)


def _rows_between(source: parquet.ParquetFile, start: int, stop: int, names: list[str]) -> Iterator[pa.RecordBatch]:
    """Batches with the rows from one number to another."""
    begin = 0
    for group in range(source.num_row_groups):
        end = begin + source.metadata.row_group(group).num_rows
        if begin < stop and end > start:
            at = begin
            for batch in source.iter_batches(batch_size=MOST_ROWS, row_groups=[group], columns=names):
                first, last = max(start - at, 0), min(stop - at, batch.num_rows)
                if first < last:
                    yield batch.slice(first, last - first)
                at += batch.num_rows
                if at >= stop:
                    break
        begin = end


def _of_csv(piece: Slice, file: PeopleFile, content: Content) -> Iterator[People]:
    header = CsvHeader(width=file.width, known=file.columns)
    reader = CsvReader(header, content)
    with Path(file.path).open("rb") as source:
        for rows in text_rows(source, quoted=True, begin=piece.begin, end=piece.end, line=piece.line):
            table, misread = reader.read(read_texts(rows, header))
            for start in range(0, table.num_rows, MOST_ROWS):
                part = slice(start, start + MOST_ROWS)
                yield TableOfPeople(
                    table=table.slice(start, MOST_ROWS), misread={name: mask[part] for name, mask in misread.items()}
                )


def _of_lines(piece: Slice, file: PeopleFile, _: Content) -> Iterator[People]:
    with Path(file.path).open("rb") as source:
        for rows in text_rows(source, quoted=False, begin=piece.begin, end=piece.end, line=piece.line):
            try:
                told = read_contexts(rows)
            except NoJson as error:
                problem = FileProblem(path=file.path, line=rows.line_of(error.row), problem=error.problem)
                raise PeopleFilesError([problem]) from None
            for start in range(0, len(told), MOST_CONTEXTS):
                yield ContextsOfPeople(contexts=told[start : start + MOST_CONTEXTS])


def _of_size(batches: Iterator[pa.RecordBatch], size: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of a size, but for the last."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        start = 0
        while count + batch.num_rows - start >= size:
            yield _joined([*waiting, batch.slice(start, size - count)])
            start, waiting, count = start + size - count, [], 0
        if start < batch.num_rows:
            waiting.append(batch.slice(start))
            count += batch.num_rows - start
    if waiting:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    return pa.Table.from_batches(batches).unify_dictionaries().combine_chunks().to_batches()[0]


_READERS: Final = {"parquet": _of_parquet, "csv": _of_csv, "jsonl": _of_lines}
