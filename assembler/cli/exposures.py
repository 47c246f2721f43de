"""`assembler exposures`."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.cli.exit_codes import FINDINGS
from assembler.cli.extras import needing
from assembler.cli.options import format_option
from assembler.cli.output import put, put_json
from assembler.cli.text.compaction import compaction_json, compaction_text
from assembler.cli.unit_key import unit_key

_EXTRA = "`assembler exposures compact` needs DuckDB, of the extra `audience`: pip install 'assembler[audience]'"


@click.group()
def exposures() -> None:
    """Read what `serve --exposures` put on record of people.

    For engineers who run a decision service, and whoever measures.
    """


@exposures.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--audience",
    "audiences",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder that `assembler audience` wrote: everybody in it was exposed at its moment. Repeatable.",
)
@format_option("text", "json")
def compact(folder: Path, audiences: tuple[Path, ...], format_: str) -> None:
    """Write the exposures in a folder as Parquet by day.

    DIR is the folder of `assembler serve --exposures`. A folder `parquet` in it
    is written in one step: a file a day, with the first exposure of each
    person, version and arm. Lines stay where they are, and may be written
    meanwhile; the next run takes them, and keeps what there was.

    A list that was sent counts as well: --audience names its folder, and ids
    become pseudonyms by ASSEMBLER_UNIT_KEY. Once is enough.

    Torn lines, which killed processes leave, are counted and left out. So is
    who was in two arms of a version; where these are more than 1% of it, the
    exit code is 1, as its arms cannot be compared.

    For engineers who run a decision service, and whoever measures.
    """
    with needing("duckdb", otherwise=_EXTRA):
        from assembler.measure.compaction import compact
    compaction = compact(folder, audiences, unit_key("`--audience`") if audiences else "")
    if format_ == "json":
        put_json(compaction_json(compaction))
    else:
        put(compaction_text(compaction))
    if not compaction.is_healthy:
        raise click.exceptions.Exit(FINDINGS)
