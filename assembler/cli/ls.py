"""`assembler ls`."""

from __future__ import annotations

from typing import Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.measurements import ProjectMeasurements
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option
from assembler.cli.output import put, put_json, tell
from assembler.cli.parameters import AnyOf
from assembler.cli.text.columns import table
from assembler.cli.text.listings import LISTINGS, counts
from assembler.cli.text.variants import many_variants

_FAMILIES = {"components": "component", "campaigns": "campaign", "segments": "segment", "stages": "stage"}
"""What of a listing is measured, and as what."""


@click.command()
@click.argument("kind", metavar="[WHAT]", required=False, type=AnyOf(*LISTINGS))
@with_project
@format_option("text", "json")
def ls(opened: Opened, kind: str | None, format_: str) -> None:
    """List what a project has.

    WHAT is components, campaigns, segments (with the stages), signals (which
    rules read each, and which components that leads to) or variants. If
    omitted, prints how many there are of each. What `assembler measure` found
    stands beside.

    For everybody who looks for a name.
    """
    library = opened.compile_unchecked()
    if kind is None:
        count_of = counts(opened.project, library, opened.moment)
        if format_ == "json":
            put_json(count_of)
        else:
            rows = ((str(count).rjust(6), name if count != 1 else name[:-1]) for name, count in count_of.items())
            put(table(rows, indent=""))
        return
    if kind == "variants":
        from assembler.authoring.build.selection import EVERYTHING
        from assembler.authoring.outcomes.variants import are_too_many

        many = EVERYTHING.counts(library, opened.moment)
        if are_too_many(many, opened.project.settings.policy.max_variants):
            raise Unusable(f"{many_variants(many)} are too many to list; `assembler rule D09` says what to do")
    listing = LISTINGS[kind]
    data = listing.data(opened.project, library, opened.moment)
    _add_measured(data, opened.measurements())
    if format_ == "json":
        put_json(data)
    elif text := listing.text(data):
        put(text)
    else:
        tell(f"no {kind}")


def _add_measured(data: dict[str, Any], measurements: ProjectMeasurements) -> None:
    """Add what was measured of the entries of a listing, where something was."""
    for kind in data.keys() & _FAMILIES.keys():
        family = _FAMILIES[kind]
        for entry in data[kind]:
            if answers := measurements.about(family, entry.get(family) or entry.get("id")):
                entry["measured"] = [answer.to_dict() for answer in answers]
