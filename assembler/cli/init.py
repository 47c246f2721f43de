"""`assembler init`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from assembler.cli.options import AsOf, as_of_option
from assembler.cli.output import tell
from assembler.cli.starter import copy_starter
from assembler.cli.text.words import path_text


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=".")
@as_of_option
def init(folder: Path, as_of: AsOf | None) -> None:
    """Copy the starter into a folder.

    DIR is the working directory, if omitted. Nothing is overwritten. The
    starter's dates are moved so that they lie ahead.

    For whoever begins a project.
    """
    count = copy_starter(folder, today(as_of))
    tell(f"copied the starter, {count} files, to {path_text(folder)}")
    tell("next: `assembler check`" + ("" if folder.absolute() == Path.cwd() else f" in {path_text(folder)}"))


def today(as_of: AsOf | None) -> date:
    """Return the day of a moment, or this day where there is none."""
    moment = as_of or datetime.now(UTC)
    return moment.date() if isinstance(moment, datetime) else moment
