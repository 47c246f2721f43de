"""The table of exposures: its columns, and where it is kept as Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from glob import escape
from pathlib import Path
from typing import Final

import duckdb
from duckdb.func import FunctionNullHandling

from assembler.errors import AssemblerError
from assembler.measure.exposures import pseudonym
from assembler.runtime.context import id_of

TEXTS: Final = "MAP(VARCHAR, VARCHAR)"
COLUMNS: Final = {
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    **dict.fromkeys(("unit_id", "experiment_id", "experiment_version", "variation_id", "kind", "reason"), "VARCHAR"),
    **dict.fromkeys(("channel", "locale", "segment", "stage", "key", "would"), "VARCHAR"),
    "components": TEXTS,
    "would_components": TEXTS,
    "tests": "STRUCT(test VARCHAR, component VARCHAR)[]",
    "library": "VARCHAR",
    "algo": "VARCHAR",
    "salts": TEXTS,
}
"""Every column, in order, and its type: what a record says under that name. `event_id` follows from the others."""

NAMES: Final = ", ".join(f'"{name}"' for name in COLUMNS)
FOLDER: Final = "parquet"
SUFFIX: Final = ".parquet"
TWO_ARMS: Final = f"_two_arms{SUFFIX}"
"""The file of people who were in two arms: kept, so that they stay dropped when lines are gone."""


class ExposuresError(AssemblerError):
    """A folder of exposures, or a file in it, cannot be read: `problem` says why."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(path, problem)

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


def begin(overflow: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection to a new database in memory, which puts into a folder what does not fit there. Its moments
    are in UTC, and it fetches nothing."""
    fixed = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    connection = duckdb.connect(":memory:", config={**fixed, "temp_directory": str(overflow)})
    connection.execute("set TimeZone = 'UTC'")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    connection.execute(f"create table exposures ({columns})")
    return connection


def add_compacted(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Add what was compacted of a folder of exposures to the table, and return of how many files it was.

    Raises `ExposuresError` where one of them cannot be read.
    """
    files = _compacted(folder)
    for path in files:
        try:
            connection.execute(
                f"insert into exposures select {NAMES} from read_parquet($file)", {"file": escape(str(path))}
            )
        except duckdb.Error as error:
            raise ExposuresError(path, f"this was not compacted here; remove it: {first_line(error)}") from None
    return len(files)


def firsts_of(table: str, condition: str = "true") -> str:
    """Return the query of the first row of each person, version and arm in a table, among those that meet a condition;
    where moments are equal, it is always the same one."""
    return f"""
        select * from {table} where rowid in (
            select rowid from {table} where {condition}
            qualify row_number() over (
                partition by unit_id, experiment_id, experiment_version, variation_id
                order by timestamp, channel, library, key, would, locale, segment, stage
            ) = 1
        )
    """


def view_compacted(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Make what was compacted of a folder of exposures the views `exposures`, with one row for each person, version and
    arm, and `in_two_arms`, with the rows of who is dropped; and return of how many files they are.

    Nothing is read before it is asked for. Raises `ExposuresError` where one of the files is none of ours.
    """
    files = _compacted(folder)
    dropped = [path for path in files if path.name == TWO_ARMS]
    connection.execute("alter table exposures rename to none")
    try:
        _view(connection, "exposures", [path for path in files if path not in dropped])
        _view(connection, "in_two_arms", dropped)
    except duckdb.Error as error:
        raise ExposuresError(folder / FOLDER, f"this was not compacted here: {first_line(error)}") from None
    return len(files)


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: Sequence[Path]) -> None:
    files = ", ".join(quoted(Path(escape(str(path)))) for path in paths)
    connection.execute(f"create view {name} as select {NAMES} from {f'read_parquet([{files}])' if files else 'none'}")


def _compacted(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / FOLDER).glob(f"*{SUFFIX}") if path.is_file())


def define_pseudonym(connection: duckdb.DuckDBPyConnection, key: str) -> None:
    """Define the function `pseudonym` of an id as text, for one connection; what is no id has none."""

    def unit_id(id_: str | None) -> str | None:
        return None if id_of(id_) is None else pseudonym(id_, key)

    connection.create_function("pseudonym", unit_id, ["VARCHAR"], "VARCHAR", null_handling=FunctionNullHandling.SPECIAL)


def first_line(error: duckdb.Error) -> str:
    """Return what an error says first."""
    return str(error).splitlines()[0]


def quoted(path: Path) -> str:
    """Return a path as SQL has texts, for statements that take no arguments."""
    return "'" + str(path).replace("'", "''") + "'"
