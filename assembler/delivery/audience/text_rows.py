"""The rows of files of text, a block of them at a time, with the places where they begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

LONGEST_ROW: Final = 1_000_000
"""Bytes. A file of which nothing ends is not read to its end."""

_BLOCK: Final = 1 << 22
_BOM: Final = b"\xef\xbb\xbf"
_OTHER_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_NEWLINE, _QUOTE, _RETURN = b'\n"\r'

Places = NDArray[np.int64]


class TornRows(Exception):
    """What stands in a line of a file keeps the rows from being told apart, or read."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(line, problem)


class TextRows(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Whole rows of a file: their bytes, the place and line in the file where these begin, and where in them each row
    begins; blank lines are none. `has_quotes` says that a row may have several lines."""

    data: bytes
    begin: int
    line: int
    starts: Places
    has_quotes: bool

    def __len__(self) -> int:
        return len(self.starts)

    def place(self, row: int) -> int:
        """Return where in the file a row begins, or ends the last one, for the number after the last."""
        return self.begin + (int(self.starts[row]) if row < len(self.starts) else len(self.data))

    def line_of(self, row: int) -> int:
        """Return the number of the line in which a row begins."""
        return self.line + self.data.count(b"\n", 0, int(self.starts[row]) if row < len(self.starts) else None)


def text_rows(
    file: BinaryIO, *, quoted: bool, begin: int = 0, end: int | None = None, line: int = 1
) -> Iterator[TextRows]:
    """Yield the rows of a file between two places, of which the first is in a line of that number.

    Where they may be `quoted`, line ends between quotes end no row. Raises `TornRows`.
    """
    file.seek(begin)
    left, carried, last = end, b"", False
    while not last:
        wanted = _BLOCK if left is None else min(_BLOCK, left - begin - len(carried))
        block = file.read(wanted) if wanted > 0 else b""
        last = not block
        data = carried + block
        if begin == 0 and not carried:
            begin, data = _after_mark(data)
        stop, starts, has_quotes = _split(data, quoted=quoted, whole=last)
        rows = TextRows(data=data[:stop], begin=begin, line=line, starts=starts, has_quotes=has_quotes)
        _require_readable(rows, data[stop:], quoted=quoted, whole=last)
        if len(rows):
            yield rows
        begin, line, carried = begin + stop, line + rows.data.count(b"\n"), data[stop:]


def _after_mark(data: bytes) -> tuple[int, bytes]:
    """Where a file begins behind the mark of UTF-8, and its bytes from there."""
    if data.startswith(_OTHER_BOMS):
        raise TornRows(1, "is in UTF-16; save it in UTF-8")
    return (len(_BOM), data[len(_BOM) :]) if data.startswith(_BOM) else (0, data)


def _split(data: bytes, *, quoted: bool, whole: bool) -> tuple[int, Places, bool]:
    """Where the last whole row ends, where each begins that is not blank, and whether there are quotes."""
    array = np.frombuffer(data, np.uint8)
    newlines = np.flatnonzero(array == _NEWLINE)
    quotes = np.flatnonzero(array == _QUOTE) if quoted and b'"' in data else array[:0].astype(np.int64)
    ends = newlines[quotes.searchsorted(newlines) % 2 == 0] + 1 if len(quotes) else newlines + 1
    if whole and len(quotes) % 2 == 0 and len(data) and (not len(ends) or ends[-1] != len(data)):
        ends = np.append(ends, len(data))
    if not len(ends):
        return 0, ends, False
    starts = np.concatenate([np.zeros(1, np.int64), ends[:-1]])
    lengths = ends - starts
    first = array[starts]
    blank = ((lengths == 1) & ((first == _NEWLINE) | (first == _RETURN))) | (
        (lengths == 2) & (first == _RETURN) & (array[np.minimum(starts + 1, len(array) - 1)] == _NEWLINE)
    )
    return int(ends[-1]), starts[~blank], bool(len(quotes))


def _require_readable(rows: TextRows, rest: bytes, *, quoted: bool, whole: bool) -> None:
    """Raise `TornRows` where a row is too long, or no UTF-8, or the rest behind them is one that can never end."""
    lengths = np.diff(np.append(rows.starts, len(rows.data)))
    if (long := np.flatnonzero(lengths > LONGEST_ROW)).size:
        raise TornRows(rows.line_of(int(long[0])), _too_long(rows.has_quotes))
    if len(rest) > LONGEST_ROW:
        raise TornRows(rows.line + rows.data.count(b"\n"), _too_long(quoted and b'"' in rest))
    try:
        rows.data.decode()
    except UnicodeDecodeError as error:
        raise TornRows(rows.line + rows.data.count(b"\n", 0, error.start), "is not in UTF-8") from None
    if whole and rest:
        raise TornRows(rows.line + rows.data.count(b"\n"), "a quote that nothing closes begins in this row")


def _too_long(has_quotes: bool) -> str:
    """What is wrong with a row that does not end."""
    quote = ", or a quote that nothing closes" if has_quotes else ""
    return f"a row of more than {LONGEST_ROW:,} bytes{quote}"
