"""What each column of a table says of a person, and what can never be known of one.

A table has `id`, and may have `locale`, `consent`, `segment`, `stage`, signals and fields by their names, and
`<signal>__observed_at`. Where a name could be several of these, it is the first of them. Other columns are passed over,
unless they are nearly one of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec
import pyarrow as pa
from pyarrow import types

from assembler.errors import AssemblerError, slip_of
from assembler.library.records import Content

OBSERVED_AT: Final = "__observed_at"
"""What follows the name of a signal in the name of the column that has its times."""

Key = Literal["id", "locale", "consent", "segment", "stage"]
Part = Key | Literal["signal", "field", "time"]


_KEYS: Final[tuple[Key, ...]] = ("id", "locale", "consent", "segment", "stage")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of which something is known: where it is in the table, the part of a context that it is, and the name of
    the signal or field that it is about."""

    index: int
    part: Part
    name: str


class ColumnProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a column: what it is, None where there is none; what is expected; and the nearest name."""

    column: str
    kind: str | None
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        if self.kind is None:
            hint = f"; is it {self.nearest}?" if self.nearest else ""
            return f"no column {self.column}, {self.expected}{hint}"
        if self.nearest:
            return f"column {self.column!r} is none that the library reads; did you mean {self.nearest}?"
        return f"column {self.column} is {self.kind}; expected {self.expected}"


class PeopleTableError(AssemblerError):
    """A table cannot be read as people: `problems` has all that is wrong with its columns."""

    def __init__(self, problems: Iterable[ColumnProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def columns(schema: pa.Schema, content: Content) -> tuple[Column, ...]:
    """Return the columns of a table that are about people. Raises `PeopleTableError`."""
    parts = _parts(content)
    known = [
        Column(index=index, part=part, name=name)
        for index, field in enumerate(schema)
        for part, name in [parts.get(field.name, (None, ""))]
        if part is not None
    ]
    if problems := tuple(_problems(schema, known, parts, content)):
        raise PeopleTableError(problems)
    return tuple(known)


def plain_type(of: pa.DataType) -> pa.DataType:
    """Return the type of a column's values, however they are laid out."""
    if isinstance(of, pa.BaseExtensionType):
        return plain_type(of.storage_type)
    if types.is_dictionary(of) or types.is_run_end_encoded(of):
        return plain_type(of.value_type)
    return of


def is_text(of: pa.DataType) -> bool:
    """Whether a type is text."""
    return bool(types.is_string(of) or types.is_large_string(of) or types.is_string_view(of))


def is_list(of: pa.DataType) -> bool:
    """Whether a type is a list, whatever its members are; but views of lists, which Arrow does not convert yet."""
    return bool(types.is_list(of) or types.is_large_list(of) or types.is_fixed_size_list(of))


def _is_zoned(of: pa.DataType) -> bool:
    return bool(types.is_timestamp(of)) and of.tz is not None


def _is_number(of: pa.DataType) -> bool:
    return bool(types.is_integer(of) or types.is_floating(of) or types.is_decimal(of))


def _is_list_of_text(of: pa.DataType) -> bool:
    return is_list(of) and (is_text(plain_type(of.value_type)) or bool(types.is_null(of.value_type)))


Accepts = tuple[str, tuple[Callable[[pa.DataType], bool], ...]]

_NUMBERS: Final[Accepts] = ("numbers", (_is_number,))
_TEXT: Final[Accepts] = ("text", (is_text,))
_ACCEPTED: Final[Mapping[str, Accepts]] = {
    "id": ("text or integers", (is_text, _is_number)),
    "locale": _TEXT,
    "consent": ("lists of text, or text with a blank between purposes", (_is_list_of_text, is_text)),
    "segment": _TEXT,
    "stage": _TEXT,
    "time": ("times with a zone", (_is_zoned, is_text)),
    "signal integer": _NUMBERS,
    "signal number": _NUMBERS,
    "signal boolean": ("booleans", (types.is_boolean,)),
    "signal text": _TEXT,
    "signal choice": _TEXT,
    "signal date": ("dates, or times with a zone", (types.is_date, _is_zoned, is_text)),
    "field name": ("text or numbers", (is_text, _is_number)),
    "field text": ("text or numbers", (is_text, _is_number)),
    "field url": _TEXT,
}
"""What a column may be to be known of anybody, by its part and, of a signal or field, by the kind of that."""

_KINDS: Final[tuple[tuple[str, Callable[[pa.DataType], bool]], ...]] = (
    ("text", is_text),
    ("integers", types.is_integer),
    ("numbers", types.is_floating),
    ("decimals", types.is_decimal),
    ("booleans", types.is_boolean),
    ("dates", types.is_date),
    ("times with a zone", _is_zoned),
    ("times without a zone", types.is_timestamp),
    ("lists", is_list),
)


def _parts(content: Content) -> dict[str, tuple[Part, str]]:
    """What a column is, by its name."""
    times: dict[str, tuple[Part, str]] = {f"{name}{OBSERVED_AT}": ("time", name) for name in content.signals}
    fields: dict[str, tuple[Part, str]] = {name: ("field", name) for name in content.fields}
    signals: dict[str, tuple[Part, str]] = {name: ("signal", name) for name in content.signals}
    return times | fields | signals | {key: (key, key) for key in _KEYS}


def _problems(
    schema: pa.Schema, known: Iterable[Column], parts: Mapping[str, object], content: Content
) -> Iterator[ColumnProblem]:
    """All that is wrong with the names and types of columns."""
    yield from _misnamed(schema.names, parts)
    for column in known:
        name, of = schema.names[column.index], plain_type(schema.types[column.index])
        expected, tests = _ACCEPTED[_accepted(column, content)]
        if not (types.is_null(of) or any(test(of) for test in tests)):
            kind = next((words for words, test in _KINDS if test(of)), str(of))
            yield ColumnProblem(column=name, kind=kind, expected=expected)


def _misnamed(names: Sequence[str], parts: Mapping[str, object]) -> Iterator[ColumnProblem]:
    """No `id`; names that are nearly those of what the table does not have otherwise; and known ones that are there
    several times."""
    counts = Counter(names)
    if "id" not in counts:
        yield ColumnProblem(column="id", kind=None, expected=_ACCEPTED["id"][0], nearest=slip_of("id", names))
    absent = [name for name in parts if name not in counts]
    for name, count in counts.items():
        if name in parts:
            if count > 1:
                yield ColumnProblem(column=name, kind=f"there {count} times", expected="one of it")
        elif (nearest := _meant(name, absent)) is not None:
            yield ColumnProblem(column=name, kind="unknown", expected="a known name", nearest=nearest)


def _meant(name: str, absent: Iterable[str]) -> str | None:
    """The known name that a column's is a slip of the pen of. Of the keys of a context, capitals alone are one, since
    `state` is no slip of `stage`."""
    nearest = slip_of(name, absent)
    return None if nearest in _KEYS and (nearest == "id" or nearest != name.strip().casefold()) else nearest


def _accepted(column: Column, content: Content) -> str:
    if column.part == "signal":
        return f"signal {content.signals[column.name].kind}"
    return f"field {content.fields[column.name].kind}" if column.part == "field" else column.part
