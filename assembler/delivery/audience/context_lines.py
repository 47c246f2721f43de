"""Lines of JSON -> contexts: a line is a context, whatever it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, Never

import msgspec

from assembler.delivery.audience.text_rows import TextRows

LONGEST_INTEGER: Final = 4000
"""Digits. Python refuses to read integers that are longer; they are beyond what a signal can be."""

_plain = msgspec.json.Decoder(msgspec.Raw)


class NoJson(Exception):
    """A row is no JSON. `row` is its number."""

    def __init__(self, row: int, problem: str) -> None:
        self.row, self.problem = row, problem
        super().__init__(row, problem)


def read_contexts(rows: TextRows) -> list[Any]:
    """Return the contexts of rows. Raises `NoJson`."""
    return [_read(line, row) for row, line in enumerate(_lines(rows))]


def require_json(rows: TextRows) -> None:
    """Raise `NoJson` for the first row that is none."""
    for row, line in enumerate(_lines(rows)):
        try:
            _plain.decode(line)
        except (msgspec.DecodeError, RecursionError):
            _read(line, row)


def _lines(rows: TextRows) -> Iterator[bytes]:
    ends = [*rows.starts[1:].tolist(), len(rows.data)]
    return (rows.data[start:end] for start, end in zip(rows.starts.tolist(), ends, strict=True))


def _read(line: bytes, row: int) -> Any:
    try:
        return json.loads(line, parse_constant=_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise NoJson(row, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}") from None
    except _NoNumber as error:
        raise NoJson(row, f"not JSON: {error} is no number there") from None
    except RecursionError:
        raise NoJson(row, "nested too deeply") from None


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= LONGEST_INTEGER else float("inf")


class _NoNumber(Exception):
    """NaN or Infinity, which JSON does not have."""


def _constant(name: str) -> Never:
    raise _NoNumber(name)
