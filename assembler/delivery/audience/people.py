"""Rows of a table -> contexts: what a row means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from assembler.delivery.audience.columns import Column, columns
from assembler.delivery.audience.values import plain, values
from assembler.runtime.library import Library


def contexts(batch: pa.RecordBatch, *, library: Library) -> list[dict[str, Any]]:
    """Return the context that each row of a batch, or table, means for a library, in order.

    A null is an absent key. A value without its time, where the column of times exists, is unknown. What is decided for
    a row is `library.decide` of its context.

    Raises `PeopleTableError` with all that keeps the table from being read.
    """
    known = columns(batch.schema, library.content)
    return rows(known, plain_arrays(known, batch))


def plain_arrays(known: Iterable[Column], batch: pa.RecordBatch) -> list[pa.Array]:
    """Return the plain arrays of the known columns of a batch."""
    return [plain(batch.column(column.index)) for column in known]


def rows(known: Sequence[Column], arrays: Sequence[pa.Array]) -> list[dict[str, Any]]:
    """Return the contexts of rows, of whose known columns there are the plain arrays."""
    people: list[dict[str, Any]] = [{} for _ in range(len(arrays[0]))]
    times = {column.name: values(array) for column, array in zip(known, arrays, strict=True) if column.part == "time"}
    for column, array in zip(known, arrays, strict=True):
        match column.part:
            case "signal":
                _put(people, "signals", column.name, _observed(values(array), times.get(column.name)))
            case "field":
                _put(people, "fields", column.name, values(array))
            case "consent":
                _put(people, None, "consent", [*map(purposes, values(array))])
            case "id" | "locale" | "segment" | "stage":
                _put(people, None, column.part, values(array))
    return people


def _put(people: Sequence[dict[str, Any]], key: str | None, name: str, given: Sequence[Any]) -> None:
    """Put what is given of each person, null for nothing, into their context, or the mapping that this has at a key."""
    for person, value in zip(people, given, strict=True):
        if value is not None:
            (person if key is None else person.setdefault(key, {}))[name] = value


def _observed(given: list[Any], times: list[Any] | None) -> list[Any]:
    """Values with their times; by themselves where there is no column of times."""
    if times is None:
        return given
    return [
        None if value is None else {"value": value, "observed_at": at} for value, at in zip(given, times, strict=True)
    ]


def purposes(value: Any) -> list[str] | None:
    """Return the purposes of a list, or of a text with blanks, commas or semicolons between them."""
    return value.replace(",", " ").replace(";", " ").split() if isinstance(value, str) else value
