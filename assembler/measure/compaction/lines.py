"""Files of lines -> rows of the table of exposures. What is torn or no exposure is counted, and never a row."""

from __future__ import annotations

from glob import escape
from pathlib import Path
from typing import Final, get_args

import duckdb
import msgspec

from assembler.measure.compaction.table import COLUMNS, TEXTS, ExposuresError, first_line, firsts_of
from assembler.measure.exposures.record import SCHEMA, Exposure, Kind
from assembler.measure.exposures.writer import SUFFIX
from assembler.runtime.reasons import Arm

_READ_AS: Final = dict.fromkeys(Exposure.__annotations__, "VARCHAR") | {
    "schema": "BIGINT",
    **{name: "JSON" for name, kind in COLUMNS.items() if kind not in ("VARCHAR", "TIMESTAMP WITH TIME ZONE")},
}
_READ: Final = ", ".join(f"'{name}': '{kind}'" for name, kind in _READ_AS.items())
_NEEDED: Final = (
    "experiment_id",
    "experiment_version",
    "reason",
    "channel",
    "locale",
    "key",
    "would",
    "library",
    "algo",
)
_KINDS: Final = ", ".join(f"'{kind}'" for kind in get_args(Kind))
_ARMS: Final = ", ".join(f"'{arm}'" for arm in Arm)
_IS_EXPOSURE: Final = " and ".join(
    (
        f"schema = {SCHEMA}",
        "regexp_full_match(event_id, '[0-9a-f]{32}')",
        "timestamp is not null",
        f"kind in ({_KINDS})",
        f"variation_id in ({_ARMS})",
        *(f"{name} <> ''" for name in _NEEDED),
    )
)
_ZONED: Final = "(Z|[+-][0-9][0-9]:[0-9][0-9])$"
_LINES: Final = f"""
create table lines as
select
    *,
    case
        when coalesce({", ".join(f"{name}::varchar" for name in _READ_AS)}) is null then 'torn'
        when not coalesce({_IS_EXPOSURE}, false) then 'foreign'
        when unit_id is null then 'nobody'
        else 'person'
    end as state
from (
    select * replace (case when regexp_matches(timestamp, '{_ZONED}') then try_cast(timestamp as timestamptz) end
        as timestamp)
    from read_json(
        $files, format := 'newline_delimited', ignore_errors := true, filename := 'file', columns := {{{_READ}}}
    )
)
"""
_MAPS: Final = [name for name, kind in COLUMNS.items() if kind == TEXTS]
_COLUMNS: Final = ", ".join(
    f"{name}_map.map" if kind == TEXTS else f"try_cast({name} as {kind})" for name, kind in COLUMNS.items()
)
_JOINS: Final = " ".join(f"left join maps as {name}_map on {name}_map.text = {name}" for name in _MAPS)
_FIRSTS: Final = (
    "create table firsts_of_lines as " + firsts_of("lines", "state = 'person'"),
    f"""
    create table maps as select text, try_cast(text as {TEXTS}) as map
    from (select distinct unnest([{", ".join(_MAPS)}]) as text from firsts_of_lines)
    """,
    f"insert into exposures select {_COLUMNS} from firsts_of_lines {_JOINS}",
    "drop table firsts_of_lines; drop table maps",
)
"""There are few different variants, so that each mapping is read once, not once a line."""


class LineCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that were read: all; of those, the torn ones and those that are no exposures, by file; and those of nobody
    known, who cannot be followed."""

    all: int
    torn: dict[str, int]
    foreign: dict[str, int]
    nobody: int


def line_files(folder: Path) -> list[Path]:
    """Return the files of lines in a folder. Raises `ExposuresError` where it is none."""
    if not folder.is_dir():
        raise ExposuresError(folder, "this is no folder; name the one that exposures are written to")
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())


def add_lines(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> LineCounts:
    """Add the first exposure of each person, version and arm in files of lines to the table, and return what was read.

    Raises `ExposuresError` where a file cannot be read.
    """
    if not files:
        return LineCounts(all=0, torn={}, foreign={}, nobody=0)
    try:
        connection.execute(_LINES, {"files": [escape(str(path)) for path in files]})
    except duckdb.Error as error:
        raise ExposuresError(files[0].parent, f"the lines cannot be read: {first_line(error)}") from None
    for statement in _FIRSTS:
        connection.execute(statement)
    counted = connection.execute("select state, file, count(*) from lines group by all order by all").fetchall()
    by_file: dict[str, dict[str, int]] = {"torn": {}, "foreign": {}, "nobody": {}, "person": {}}
    for state, file, count in counted:
        by_file[state][Path(file).name] = count
    connection.execute("drop table lines")
    return LineCounts(
        all=sum(count for *_, count in counted),
        torn=by_file["torn"],
        foreign=by_file["foreign"],
        nobody=sum(by_file["nobody"].values()),
    )
