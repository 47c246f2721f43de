"""A folder of exposures -> Parquet by day in it, in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import msgspec

from assembler.authoring.build.replacing import holds_only, replacing
from assembler.measure.compaction.audience_folder import add_audience
from assembler.measure.compaction.lines import LineCounts, add_lines, line_files
from assembler.measure.compaction.table import (
    FOLDER,
    NAMES,
    SUFFIX,
    TWO_ARMS,
    ExposuresError,
    add_compacted,
    begin,
    first_line,
    firsts_of,
    quoted,
)

_UNHEALTHY: Final = 100
"""More than one person in so many in two arms of a version, and its arms cannot be compared."""

_PERSON: Final = "unit_id, experiment_id, experiment_version"
_UNIT: Final = "firsts.unit_id, firsts.experiment_id, firsts.experiment_version"
_TABLES: Final = f"""
create table firsts as {firsts_of("exposures")};
create table crossed as
    select {_PERSON} from firsts where kind <> 'outside' group by all having count(distinct variation_id) > 1;
create table kept as select * from firsts anti join crossed using ({_PERSON})
"""
_ORDER: Final = f"order by timestamp, {_PERSON}, variation_id"
_ARMS: Final = """
select
    experiment_id, experiment_version, variation_id, count(*) filter (kind = 'experiment'),
    count(*) filter (kind = 'fallback'), count(*) filter (kind = 'outside')
from kept group by all order by all
"""
_VERSIONS: Final = f"""
select experiment_id, experiment_version, count(*), count(*) filter (is_crossed)
from (
    select distinct {_UNIT}, crossed.unit_id is not null as is_crossed
    from firsts left join crossed using ({_PERSON}) where kind <> 'outside'
)
group by all order by all
"""


class ArmCount(msgspec.Struct, frozen=True):
    """People in an arm of a version of a campaign, by the kind of their first exposure."""

    experiment_id: str
    experiment_version: str
    variation_id: str
    experiment: int
    fallback: int
    outside: int


class VersionCount(msgspec.Struct, frozen=True):
    """People who were in an arm of a version of a campaign, and how many of them in two, who are dropped."""

    experiment_id: str
    experiment_version: str
    people: int
    two_arms: int

    @property
    def is_unhealthy(self) -> bool:
        """Whether so many were in two arms that something is wrong with how they are assigned, or told apart."""
        return self.two_arms * _UNHEALTHY > self.people


class Compaction(msgspec.Struct, frozen=True, kw_only=True):
    """What came of compacting: the folder, the lines that were read, the days that are in it now, and who is there.

    `audiences` are the people of each list that was read, `nobody` how many of them and of the lines are nobody known,
    who cannot be followed.
    """

    folder: Path
    lines: LineCounts
    audiences: dict[str, int]
    nobody: int
    days: tuple[str, ...]
    arms: tuple[ArmCount, ...]
    versions: tuple[VersionCount, ...]

    @property
    def is_healthy(self) -> bool:
        """Whether the arms of every version can be compared."""
        return not any(version.is_unhealthy for version in self.versions)


def compact(folder: Path, audiences: Sequence[Path] = (), key: str = "") -> Compaction:
    """Write the exposures of a folder as Parquet, a file a day, into the folder `parquet` in it, in one step.

    Kept is the first exposure of each person, version and arm, whatever day that was on: of the lines, and of what was
    compacted before, whose lines may be gone. Who was in two arms of a version is in none of the days. The same lines
    give the same files.

    `audiences` are folders that `assembler audience` wrote: everybody there counts as exposed at the moment that it was
    decided for, under the pseudonym that a `key` makes of the id.

    Raises `ExposuresError` where a folder or a file of it cannot be read, `OSError` where it cannot be written, and
    `ValueError` where lists are read without a key.
    """
    if audiences and not key.strip():
        raise ValueError("people of a list become pseudonyms by a key, which is blank")
    files = line_files(folder)
    output = folder / FOLDER
    is_ours = partial(holds_only, names=(), suffix=SUFFIX)
    try:
        with (
            replacing(output.absolute(), "compacted exposures", is_ours) as new,
            TemporaryDirectory(dir=new.path) as working,
            closing(begin(Path(working))) as tables,
        ):
            if not (add_compacted(tables, folder) or files or audiences):
                raise ExposuresError(folder, "there are no exposures; name the folder that they are written to")
            lines = add_lines(tables, files)
            people = {str(path): add_audience(tables, path, key) for path in audiences}
            return _compacted(tables, new.path, output, lines, people)
    except duckdb.Error as error:
        raise ExposuresError(output, f"this cannot be written: {first_line(error)}") from None
    except FileExistsError as error:
        raise ExposuresError(output, f"only compacted exposures may be there: {error}") from None


def _compacted(
    tables: duckdb.DuckDBPyConnection,
    new: Path,
    output: Path,
    lines: LineCounts,
    people: Mapping[str, tuple[int, int]],
) -> Compaction:
    """Write the table of exposures into a new folder, and return what came of it."""
    for statement in _TABLES.split(";"):
        tables.execute(statement)
    return Compaction(
        folder=output,
        lines=lines,
        audiences={path: count for path, (count, _) in people.items()},
        nobody=lines.nobody + sum(nobody for _, nobody in people.values()),
        days=_write(tables, new),
        arms=tuple(ArmCount(*row) for row in tables.execute(_ARMS).fetchall()),
        versions=tuple(VersionCount(*row) for row in tables.execute(_VERSIONS).fetchall()),
    )


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    """Write a file for each day, and one of who was in two arms, if there is anybody; return the days."""
    counted = connection.execute("select timestamp::date::varchar from kept group by all order by all").fetchall()
    days = tuple(day for (day,) in counted)
    sources = {f"{day}{SUFFIX}": f"kept where timestamp::date = '{day}'" for day in days}
    if connection.execute("from crossed limit 1").fetchall():
        sources[TWO_ARMS] = f"firsts semi join crossed using ({_PERSON})"
    for name, source in sources.items():
        rows = f"select {NAMES} from {source} {_ORDER}"
        connection.execute(f"copy ({rows}) to {quoted(folder / name)} (format parquet, compression zstd)")
    return days
