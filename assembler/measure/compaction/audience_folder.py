"""A list that `assembler audience` decided -> rows of the table of exposures, at the moment that it was decided for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec

from assembler.measure.compaction.table import NAMES, ExposuresError, define_pseudonym, first_line
from assembler.measure.exposures.record import ALGORITHM

_MANIFEST: Final = "_manifest.json"
_SUCCESS: Final = "_SUCCESS"
_AGAIN: Final = "name a folder that `assembler audience` wrote, or run that again"

_VERSION: Final = "1"
_ROWS: Final = f"""
create table people as
with rows as (
    select *, coalesce(withheld, key)::varchar as would, pseudonym(id) as unit_id from read_parquet($files)
)
select
    $at::timestamptz as timestamp, unit_id, $campaign as experiment_id, '{_VERSION}' as experiment_version,
    arm::varchar as variation_id,
    case
        when arm = 'unassigned' or reason = 'ERROR' then 'outside'
        when list_contains($defaults, would) then 'fallback'
        else 'experiment'
    end as kind,
    reason::varchar as reason, $channel as channel, locale::varchar as locale, segment::varchar as segment,
    stage::varchar as stage, rows.key::varchar as key, would, given.components as components,
    treated.components as would_components,
    list_transform(tests, lambda asked: {{test: asked.id, component: asked.component}}) as tests,
    $library as library, '{ALGORITHM}' as algo, cast($salts::json as map(varchar, varchar)) as salts
from rows
left join variants as given on given.key = rows.key::varchar
left join variants as treated on treated.key = would
"""


class _AudiencePart(msgspec.Struct, frozen=True):
    path: str


class AudienceManifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of the manifest of a list: what was asked, the components of variants by their keys, the keys of
    default variants by locale, and the salts of arms."""

    schema: int
    campaign: str
    channel: str
    at: datetime
    library: str
    salts: dict[str, str | None]
    defaults: dict[str, str]
    variants: dict[str, dict[str, str | None]]
    parts: list[_AudiencePart]


def add_audience(connection: duckdb.DuckDBPyConnection, folder: Path, key: str) -> tuple[int, int]:
    """Add the people of a decided list to the table, under pseudonyms made with a key, and return how many there are,
    and how many of them are nobody known, who are not added.

    Raises `ExposuresError` where the folder holds no whole list.
    """
    manifest = _read(folder)
    files = [escape(str(path)) for path in _parts(folder, manifest)]
    if not files:
        return 0, 0
    _define(connection, manifest, key)
    asked: dict[str, Any] = {
        "files": files,
        "at": manifest.at,
        "campaign": manifest.campaign,
        "channel": manifest.channel,
        "library": manifest.library,
        "defaults": [*manifest.defaults.values()],
        "salts": msgspec.json.encode(manifest.salts).decode(),
    }
    try:
        connection.execute(_ROWS, asked)
    except duckdb.Error as error:
        raise ExposuresError(folder, f"its parts cannot be read, {_AGAIN}: {first_line(error)}") from None
    connection.execute(f"insert into exposures select {NAMES} from people where unit_id is not null")
    ((count, nobody),) = connection.execute("select count(*), count(*) - count(unit_id) from people").fetchall()
    connection.execute("drop table people; drop table variants")
    connection.remove_function("pseudonym")
    return count, nobody


def _read(folder: Path) -> AudienceManifest:
    """The manifest in a folder. Raises `ExposuresError`."""
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=AudienceManifest)
    except OSError as error:
        raise ExposuresError(folder / _MANIFEST, f"{error.strerror}; {_AGAIN}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ExposuresError(folder / _MANIFEST, f"this is no manifest of a list; {_AGAIN}") from None
    if manifest.schema != 1 or manifest.at.tzinfo is None:
        raise ExposuresError(folder / _MANIFEST, f"this manifest is of another version; {_AGAIN}")
    if not (folder / _SUCCESS).is_file():
        raise ExposuresError(folder, "this list is not whole: run `assembler audience` again, which goes on with it")
    return manifest


def _parts(folder: Path, manifest: AudienceManifest) -> Iterator[Path]:
    """The files of the parts. Raises `ExposuresError` for one that is not there."""
    for part in manifest.parts:
        path = folder / Path(part.path).name
        if not path.is_file():
            raise ExposuresError(path, "this part is not there; run `assembler audience` again, which makes it anew")
        yield path


def _define(connection: duckdb.DuckDBPyConnection, manifest: AudienceManifest, key: str) -> None:
    """Define what the rows of a list are joined with."""
    define_pseudonym(connection, key)
    connection.execute("create table variants (key varchar, components map(varchar, varchar))")
    rows = [(name, msgspec.json.encode(slots).decode()) for name, slots in manifest.variants.items()]
    if rows:
        connection.executemany("insert into variants values (?, cast(?::json as map(varchar, varchar)))", rows)
