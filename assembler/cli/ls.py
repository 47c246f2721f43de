"""`assembler ls`."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import Opened, open_project
from assembler.cli.options import AsOf, as_of_option, format_option, one_of, project_option
from assembler.cli.output import put, put_json, tell
from assembler.cli.text.columns import table
from assembler.cli.text.listings import LISTINGS
from assembler.cli.text.variants import many_variants


@click.command()
@click.argument("kind", metavar="[WHAT]", required=False, callback=one_of(*LISTINGS))
@project_option
@as_of_option
@format_option("text", "json")
def ls(kind: str | None, folder: Path | None, as_of: AsOf | None, format_: str) -> None:
    """List what a project has.

    WHAT is components, campaigns, segments (with the stages), signals (which
    rules read each, and which components that leads to) or variants. If
    omitted, prints how many there are of each.
    """
    opened = open_project(folder, as_of)
    library = opened.compile()
    if kind == "variants":
        _refuse_too_many(opened)
    wanted = LISTINGS if kind is None else {kind: LISTINGS[kind]}
    listings = {name: make(opened.project, library, opened.moment) for name, make in wanted.items()}
    if kind is None:
        counts = {name: listing.count for name, listing in listings.items()}
        if format_ == "json":
            put_json(counts)
        else:
            put(table(((str(count).rjust(6), name) for name, count in counts.items()), indent=""))
    elif format_ == "json":
        put_json(listings[kind].to_dict())
    elif text := listings[kind].text():
        put(text)
    else:
        tell(f"no {kind}")


def _refuse_too_many(opened: Opened) -> None:
    """Raise `Unusable` where there are more variants than a build may write."""
    if opened.project.has_too_many(opened.moment):
        counts = many_variants(opened.project.check(opened.moment).variants)
        raise Unusable(f"{counts} are too many to list; `assembler rule D09` says what to do")
