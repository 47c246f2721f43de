"""A file of outcomes -> the table `outcomes`: who did what, when, and what it was worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.errors import AssemblerError, nearest
from assembler.measure.exposures import pseudonym
from assembler.measure.goal import Goal
from assembler.runtime.context import id_of

if TYPE_CHECKING:
    import duckdb

_READERS: Final = {
    ".csv": "read_csv($file, all_varchar := true, header := true, strict_mode := true)",
    ".parquet": "read_parquet($file)",
    ".jsonl": "read_json($file, format := 'newline_delimited', convert_strings_to_integers := false)",
}
_UNITS: Final = ("unit_id", "id")
_NEEDED: Final = ("event", "timestamp")
_ZONED: Final = r"[0-9] ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)\s*$"
"""What the text of a moment ends with, if its zone is told."""

_MOST_ROWS: Final = 5
"""Of rows with one fault, so many are named."""


class OutcomesError(AssemblerError):
    """A file of outcomes cannot be read: `problems` has all that is wrong with it."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(path, self.problems)

    def __str__(self) -> str:
        return "\n".join(f"{self.path}: {problem}" for problem in self.problems)


def read_outcomes(connection: duckdb.DuckDBPyConnection, path: Path, goal: Goal, key: Callable[[], str]) -> int:
    """Make the table `outcomes` of a CSV, Parquet or JSONL file: those of the goal's event; return how many there are.

    Its columns are `unit_id`, or `id`, of which pseudonyms are made with a key that is asked for then; `event`;
    `timestamp`, with its zone; and `value`, without which every event is worth 1.

    Raises `OutcomesError` where the file cannot be read whole.
    """
    import duckdb

    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise OutcomesError(path, [f"this is none of the files that are read: {', '.join(_READERS)}"])
    if not path.is_file():
        raise OutcomesError(path, ["there is no such file"])
    try:
        connection.execute(f"create temp view source as select * from {reader}".replace("$file", _quoted(path)))
        columns = {name: str(kind) for name, kind, *_ in connection.execute("describe source").fetchall()}
        _require_columns(path, columns)
        unit = "unit_id"
        if unit not in columns:
            unit = "pseudonym(id::varchar)"
            connection.create_function("pseudonym", _pseudonyms(key()), ["VARCHAR"], "VARCHAR")
        connection.execute(
            f"""
            create temp table outcomes as select
                row_number() over () as row,
                {unit}::varchar as unit_id,
                event::varchar as event,
                {_time(columns["timestamp"])} as timestamp,
                {"try_cast(value as double)" if "value" in columns else "1.0"} as value
            from source where event::varchar = $event
            """,
            {"event": goal.event},
        )
    except duckdb.Error as error:
        raise OutcomesError(path, [str(error).splitlines()[0]]) from None
    if problems := [*_row_problems(connection)]:
        raise OutcomesError(path, problems)
    return int(connection.execute("select count(*) from outcomes").fetchall()[0][0])


def _pseudonyms(key: str) -> Callable[[str], str | None]:
    """What returns the pseudonym of an id, None of what is none."""

    def pseudonym_of(person: str) -> str | None:
        return None if id_of(person) is None else pseudonym(person, key)

    return pseudonym_of


def _require_columns(path: Path, columns: dict[str, str]) -> None:
    """Raise `OutcomesError` where a column is not there, or cannot be what it is for."""
    problems: list[str] = []
    if not any(unit in columns for unit in _UNITS):
        problems.append(_missing("unit_id", columns) + ", nor id")
    problems += [_missing(name, columns) for name in _NEEDED if name not in columns]
    kind = columns.get("timestamp", "")
    if kind.startswith("TIMESTAMP") and "WITH TIME ZONE" not in kind:
        problems.append("column timestamp has times without a zone, so nobody knows when they were; add the zone")
    if problems:
        raise OutcomesError(path, problems)


def _missing(name: str, columns: dict[str, str]) -> str:
    near = nearest(name, columns)
    return f"no column {name}" + (f"; is it {near}?" if near else f" among {', '.join(columns)}")


def _time(kind: str) -> str:
    """The expression of a moment, null for what is none."""
    if kind == "VARCHAR":
        return f"case when regexp_matches(timestamp, '{_ZONED}') then try_cast(timestamp as timestamptz) end"
    return "try_cast(timestamp as timestamptz)"


def _row_problems(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """What is wrong with the rows of the goal's event: a fault with the numbers of the first rows that have it."""
    faults = {
        "unit_id is null or trim(unit_id) = ''": "nobody's: unit_id is blank",
        "timestamp is null": "timestamp is no moment with a zone, such as 2026-11-22T12:00:00Z",
        "value is null or not isfinite(value)": "value is no number",
    }
    for condition, fault in faults.items():
        rows = connection.execute(f"select row, count(*) over () from outcomes where {condition} limit {_MOST_ROWS}")
        if told := rows.fetchall():
            numbers = ", ".join(str(row) for row, _ in told)
            more = told[0][1] - len(told)
            yield f"{fault}, in row {numbers}{f' and {more:,} more' if more else ''} of this event"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
