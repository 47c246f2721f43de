"""A file of outcomes -> the table `outcomes`: who did what, when, and what it was worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.errors import AssemblerError, nearest
from assembler.measure.compaction.table import define_pseudonym, first_line, quoted
from assembler.measure.goal import Goal, Metric

if TYPE_CHECKING:
    import duckdb

_UNITS: Final = ("unit_id", "id")
_NEEDED: Final = ("event", "timestamp")
_AS_TEXT: Final = ", ".join(f"{name}: 'VARCHAR'" for name in (*_UNITS, *_NEEDED, "value"))
_READERS: Final = {
    ".csv": "read_csv($file, all_varchar := true, header := true, strict_mode := true)",
    ".parquet": "read_parquet($file)",
    ".jsonl": f"read_json($file, format := 'newline_delimited', columns := {{{_AS_TEXT}}})",
}
_MOST_EVENTS: Final = 5
"""Of events that a file has in place of the one that counts, so many are named."""

_FLOATS: Final = ("FLOAT", "DOUBLE")
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
    if not path.stat().st_size:
        raise OutcomesError(path, ["the file is empty"])
    try:
        connection.execute(f"create temp view source as select * from {reader}".replace("$file", _quoted(path)))
        columns = _columns(connection)
        _require_columns(path, columns)
        unit = "unit_id"
        if unit not in columns:
            unit = f"pseudonym(id{'::bigint' if columns['id'] in _FLOATS else ''}::varchar)"
            define_pseudonym(connection, key())
        is_counted = goal.metric is Metric.VALUE and "value" in columns
        connection.execute(
            f"""
            create temp table outcomes as select
                row_number() over () as row,
                {unit}::varchar as unit_id,
                event::varchar as event,
                {_time(columns["timestamp"])} as timestamp,
                {"try_cast(value as double)" if is_counted else "1.0"} as value
            from source where event::varchar = $event
            """,
            {"event": goal.event},
        )
        problems = [*_row_problems(connection), *_no_event(connection, goal.event)]
        ((count,),) = connection.execute("select count(*) from outcomes").fetchall()
    except duckdb.Error as error:
        raise OutcomesError(path, [first_line(error)]) from None
    if problems:
        raise OutcomesError(path, problems)
    return int(count)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The columns of the source, with their types; of lines of JSON those that a line has."""
    described = {name: str(kind) for name, kind, *_ in connection.execute("describe source").fetchall()}
    if set(described) != {*_UNITS, *_NEEDED, "value"}:
        return described
    counts = ", ".join(f"count({name})" for name in described)
    (given,) = connection.execute(f"select {counts} from source").fetchall()
    return {name: kind for (name, kind), count in zip(described.items(), given, strict=True) if count}


def _no_event(connection: duckdb.DuckDBPyConnection, event: str) -> Iterator[str]:
    """That there is no such event, and which there are instead."""
    if connection.execute("from outcomes limit 1").fetchall():
        return
    others = [
        name
        for (name,) in connection.execute(
            f"select event::varchar from source group by 1 order by count(*) desc, 1 limit {_MOST_EVENTS}"
        ).fetchall()
        if name is not None
    ]
    instead = f"; there is {', '.join(others)}" if others else ": it has no rows"
    yield f"there is no event {event}{instead}"


def _require_columns(path: Path, columns: dict[str, str]) -> None:
    """Raise `OutcomesError` where a column is not there, or cannot be what it is for."""
    problems: list[str] = []
    if not any(unit in columns for unit in _UNITS):
        problems.append(_missing("unit_id", columns) + ", nor id")
    problems += [_missing(name, columns) for name in _NEEDED if name not in columns]
    kind = columns.get("timestamp", "")
    if kind.startswith("TIMESTAMP") and "WITH TIME ZONE" not in kind and not kind.startswith("TIMESTAMPTZ"):
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
    return quoted(Path(escape(str(path))))
