"""Rows of CSV -> tables of people: every value is of the kind that the library declares, none is guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute, csv as arrow_csv

from assembler.delivery.audience.columns import OBSERVED_AT, Column, columns
from assembler.delivery.audience.text_rows import TextRows, TornRows
from assembler.library.records import Content
from assembler.runtime.signals import observed_since

_TYPES: Final = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
"""What a signal of a kind is in a table; of any other kind, text."""

_TRUE: Final = frozenset({"true", "1"})
_FALSE: Final = frozenset({"false", "0"})
_integer = re.compile(r"[+-]?\d{1,38}", re.ASCII).fullmatch
_number = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII).fullmatch
_INT64: Final = range(-(1 << 63), 1 << 63)
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}

Mask = NDArray[np.bool_]


class CsvHeader(msgspec.Struct, frozen=True, kw_only=True):
    """The first row of a file: how many columns it has, and those that say something of people, by name."""

    width: int
    known: dict[str, int]


def read_header(rows: TextRows, content: Content) -> CsvHeader:
    """Return the header that a file begins with. Raises `PeopleTableError` and `TornRows`."""
    header = rows.data[: rows.place(1) - rows.begin].decode().removesuffix("\n").removesuffix("\r")
    if "\r" in header:
        raise TornRows(rows.line_of(0), "has lone carriage returns; save it with line feeds between rows")
    names = next(csv.reader(io.StringIO(header, newline="")), [])
    if len(names) == 1 and (words := next((word for mark, word in _SEPARATORS.items() if mark in names[0]), None)):
        raise TornRows(rows.line_of(0), f"has {words} between its columns; save it with commas")
    schema = pa.schema([(name, _type(name, content)) for name in names])
    known: tuple[Column, ...] = columns(schema, content)
    return CsvHeader(width=len(names), known={names[column.index]: column.index for column in known})


def read_texts(rows: TextRows, header: CsvHeader, first: int = 0) -> pa.Table:
    """Return the known columns of rows from the one of a number on, as text; what is empty and not quoted is null.

    Raises `TornRows` for the first row that has more columns than the header, or fewer.
    """
    names = list(map(str, range(header.width)))
    torn: list[tuple[int | None, int]] = []

    def refuse(row: arrow_csv.InvalidRow) -> str:
        torn.append((row.number, row.actual_columns))
        return "skip"

    if len(rows) == first:
        return pa.table({name: pa.array([], pa.string()) for name in header.known})
    start = rows.place(first) - rows.begin
    data = pa.py_buffer(rows.data).slice(start)
    table = arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=rows.has_quotes, invalid_row_handler=refuse),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=[str(place) for place in header.known.values()],
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            null_values=[""],
        ),
    )
    if torn:
        number, there = torn[0]
        row = first + (number or 1) - 1
        raise TornRows(rows.line_of(min(row, len(rows) - 1)), f"has {there} columns; the header has {header.width}")
    if table.num_rows != len(rows) - first:
        raise TornRows(_stray(rows, first), "has a quote within a value without quotes, or a lone carriage return")
    return table.rename_columns(list(header.known))


class CsvReader:
    """Makes tables of people of texts."""

    def __init__(self, header: CsvHeader, content: Content) -> None:
        self._converters = {name: _converter(name, content) for name in header.known}

    def read(self, texts: pa.Table) -> tuple[pa.RecordBatch, dict[str, Mask]]:
        """Return the people that texts are, and by column the rows whose text is not of the column's kind, which are
        null in the table."""
        arrays: list[pa.Array] = []
        misread: dict[str, Mask] = {}
        for name, column in zip(texts.column_names, texts.columns, strict=True):
            text = column.combine_chunks()
            array = text if (convert := self._converters[name]) is None else convert(text)
            arrays.append(array)
            if array is not text and array.null_count > text.null_count:
                misread[name] = _mask(compute.and_(array.is_null(), text.is_valid()))
        return pa.RecordBatch.from_arrays(arrays, texts.column_names), misread


class NeverKnown:
    """Finds columns of which no value can be known, whoever it is of."""

    def __init__(self, header: CsvHeader, content: Content) -> None:
        self._open = {name: of for name in header.known if (of := _expected(name, content)) is not None}
        self._reader = CsvReader(header, content)
        self._first: dict[str, int] = {}

    def look(self, texts: pa.Table, rows: TextRows, first: int = 0) -> None:
        """Look at further rows."""
        if not self._open:
            return
        names = [name for name in texts.column_names if name in self._open]
        table, misread = self._reader.read(texts.select(names))
        for name, array in zip(names, table.columns, strict=True):
            given = _mask(texts.column(name).combine_chunks().is_valid())
            wrong = misread.get(name, np.zeros(len(given), np.bool_))
            if self._open[name] == _TIMES:
                wrong = given & _mask(compute.invert(compute.is_in(array, value_set=_aware(array))))
            if (given & ~wrong).any():
                del self._open[name]
            elif wrong.any():
                self._first.setdefault(name, rows.line_of(first + int(np.flatnonzero(wrong)[0])))

    def problems(self) -> list[tuple[int, str]]:
        """Return the first line and what is wrong, of each such column, after all rows."""
        return [
            (line, f"column {name} is {'times without a zone' if of == _TIMES else 'text'} in every row; expected {of}")
            for name, of in self._open.items()
            if (line := self._first.get(name)) is not None
        ]


_TIMES: Final = "times with a zone"
_WORDS: Final = {"integer": "numbers", "number": "numbers", "boolean": "true or false"}


def _expected(name: str, content: Content) -> str | None:
    if name in _times(content):
        return _TIMES
    return _WORDS.get(content.signals[name].kind) if _is_signal(name, content) else None


def _aware(array: pa.Array) -> pa.Array:
    """The different texts of an array that are times with a zone."""
    different = array.unique().drop_null().to_pylist()
    return pa.array([text for text in different if observed_since(text) is not None], pa.string())


def _type(name: str, content: Content) -> pa.DataType:
    return _TYPES.get(content.signals[name].kind, pa.string()) if _is_signal(name, content) else pa.string()


def _is_signal(name: str, content: Content) -> bool:
    return name in content.signals and name not in ("id", "locale", "consent", "segment", "stage")


def _times(content: Content) -> Mapping[str, str]:
    return {f"{name}{OBSERVED_AT}": name for name in content.signals}


Convert = Callable[[pa.Array], pa.Array]


def _converter(name: str, content: Content) -> Convert | None:
    of = _type(name, content)
    return None if pa.types.is_string(of) else _booleans if pa.types.is_boolean(of) else _numbers


def _booleans(text: pa.Array) -> pa.Array:
    words = compute.utf8_lower(compute.utf8_trim_whitespace(text))
    is_true = compute.is_in(words, value_set=pa.array(sorted(_TRUE)))
    known = compute.is_in(words, value_set=pa.array(sorted(_TRUE | _FALSE)))
    return compute.if_else(known, is_true, pa.scalar(None, pa.bool_()))


def _numbers(text: pa.Array) -> pa.Array:
    for type_ in (pa.int64(), pa.float64()):
        if text.null_count < len(text):
            try:
                return _finite(compute.cast(text, type_), text)
            except pa.ArrowInvalid:
                continue
    return _numbers_of([None if value is None else _number_of(value) for value in text.to_pylist()])


def _finite(array: pa.Array, text: pa.Array) -> pa.Array:
    """The numbers, unless some text is one that only Arrow takes for one, or one that a float cannot hold."""
    if pa.types.is_floating(array.type):
        sizes = compute.abs(array)
        if not compute.all(compute.less(sizes, float(1 << 53)), min_count=0).as_py() or not _are_numbers(text):
            raise pa.ArrowInvalid("no numbers")
    elif not _are_numbers(text):
        raise pa.ArrowInvalid("no numbers")
    return array


def _are_numbers(text: pa.Array) -> bool:
    """Whether every text is a number in decimal digits: Arrow reads `0x1F`, `nan` and `inf`, too."""
    odd = compute.match_substring_regex(text, r"[^0-9eE.+-]")
    return not compute.any(odd, min_count=0).as_py()


def _number_of(text: str) -> int | float | None:
    text = text.strip()
    if _integer(text):
        return int(text)
    if len(text) > 400 or not _number(text):
        return None
    number = float(text)
    return number if np.isfinite(number) else None


def _numbers_of(numbers: Sequence[int | float | None]) -> pa.Array:
    """Numbers as the narrowest type that holds them all as they are; of a mixture that has no such, as floats."""
    given = [number for number in numbers if number is not None]
    if all(isinstance(number, int) for number in given):
        return pa.array(numbers, pa.int64() if all(number in _INT64 for number in given) else pa.decimal128(38, 0))
    return pa.array([None if number is None else float(number) for number in numbers], pa.float64())


def _mask(array: pa.Array) -> Mask:
    mask: Mask = array.fill_null(False).to_numpy(zero_copy_only=False)
    return mask


def _stray(rows: TextRows, first: int) -> int:
    """The line of the first row that has a quote where none may be."""
    ordinary = re.compile(rb'(?:[^",\r\n]*|"(?:[^"]|"")*")(?:,(?:[^",\r\n]*|"(?:[^"]|"")*"))*\r?\n?').fullmatch
    for row in range(first, len(rows)):
        if not ordinary(rows.data, rows.place(row) - rows.begin, rows.place(row + 1) - rows.begin):
            return rows.line_of(row)
    return rows.line
