"""`assembler audience`."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

import click

from assembler.cli.audience_options import AudienceOptions, PeopleCommand, audience_options
from assembler.cli.exit_codes import FINDINGS, Unusable
from assembler.cli.extras import needing
from assembler.cli.folder import folder_of
from assembler.cli.opening import moment_of, open_project
from assembler.cli.options import AsOf, as_of_option, format_option, known, project_option
from assembler.cli.output import put_json, tell
from assembler.cli.parameters import Named
from assembler.cli.progress import progress
from assembler.cli.text.audience import audience_json, audience_text, resumed_text
from assembler.cli.text.columns import wrapped

if TYPE_CHECKING:
    from assembler import Library
    from assembler.delivery.audience import AudienceRequest

_PACKAGES: Final = ("duckdb", "numpy", "pyarrow")
_EXTRA: Final = "`assembler audience` needs the extra `audience`: pip install 'assembler[audience]'"


@click.command(cls=PeopleCommand)
@click.argument("campaign", type=Named("campaign"))
@audience_options
@project_option
@as_of_option
@format_option("text", "json")
@click.pass_context
def audience(
    ctx: click.Context,
    campaign: str,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
    **options: Unpack[AudienceOptions],
) -> None:
    """Decide for lists of people what each of them gets.

    Reads Parquet, CSV or JSONL, and writes a folder of Parquet files: the same
    people in the same order, with their arm, variant and components. A table
    has a column `id`, and may have `locale`, `consent`, `segment`, `stage`,
    signals and fields by their names, and `<signal>__observed_at`; a line of
    JSONL is a context.

    The same command goes on where it was stopped. `_SUCCESS` is written last.
    It exits with 1 where something speaks against using the list, and says
    what.

    For whoever sends a campaign to many people, and for their data engineers.
    """
    with needing(*_PACKAGES, otherwise=_EXTRA):
        from assembler.delivery.audience import PeopleFilesError, write_audience
    request = _request(campaign, folder, as_of, options)
    try:
        with progress("deciding") as told:
            written = write_audience(request, options["max_unknown"], told, told)
    except PeopleFilesError as error:
        first, *others = str(error).split("\n")
        raise Unusable("\n".join([first, *(wrapped(line, rest="  ") for line in others)])) from None
    if format_ == "json":
        put_json(audience_json(written, request.output))
    else:
        tell(audience_text(written, request.output, options["max_unknown"]))
    if not written.is_good:
        ctx.exit(FINDINGS)


def _request(campaign: str, folder: Path | None, as_of: AsOf | None, options: AudienceOptions) -> AudienceRequest:
    from assembler.authoring.compile.jobs import processor_count
    from assembler.delivery.audience import AudienceRequest, read_export

    output = options["output"]
    library, at = _opened(folder, as_of, options["library"], _moment_before(as_of, output))
    channel = options["channel"]
    there = tuple(library.default(campaign, channel=channel).encoded)
    return AudienceRequest(
        library=library,
        campaign=campaign,
        channel=channel,
        at=at,
        people=options["people"],
        output=output,
        part_rows=options["part_rows"],
        prove=options["prove"],
        bodies=tuple(known("part", name, there) for name in dict.fromkeys(options["bodies"])),
        tokens=None if options["tokens"] is None else read_export(options["tokens"], campaign, channel),
        jobs=options["jobs"] or processor_count(otherwise=os.cpu_count() or 1),
    )


def _moment_before(as_of: AsOf | None, output: Path) -> datetime | None:
    """The moment of the list that is in a folder, where none is named: it is that list that goes on."""
    from assembler.delivery.audience import moment_in

    before = moment_in(output) if as_of is None else None
    if before is None:
        return None
    tell(resumed_text(before))
    return datetime.fromisoformat(before)


def _opened(
    folder: Path | None, as_of: AsOf | None, library: Path | None, before: datetime | None
) -> tuple[Library, datetime]:
    """The library, and the moment to decide at."""
    if library is None:
        opened = open_project(folder, before or as_of)
        return opened.compile(), opened.moment
    from assembler import Library

    read = Library.open(library)
    moment = before or as_of or datetime.now(UTC)
    if isinstance(moment, datetime):
        return read, moment.astimezone(UTC)
    if (folder_of(folder) / "assembler.yaml").is_file():
        return read, moment_of(moment, open_project(folder, None).project)
    return read, datetime.combine(moment, time(), tzinfo=UTC)
