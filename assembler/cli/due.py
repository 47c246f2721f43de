"""`assembler due`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, known, span_of
from assembler.cli.output import put, put_bytes, put_json, tell
from assembler.cli.parameters import Named
from assembler.cli.text.columns import wrapped
from assembler.cli.text.due import consequences, due_text, summary
from assembler.library.values import in_nfc

if TYPE_CHECKING:
    from assembler.authoring.check.agenda import Agenda, Due
    from assembler.cli.text.calendar import AllDay

_SPAN = "90d"


@click.command()
@click.option(
    "--within",
    metavar="SPAN",
    callback=span_of,
    default=_SPAN,
    help=f"How far ahead to look, in days (30d) or weeks (4w). Default: {_SPAN}. What is overdue is always shown.",
)
@click.option("--owner", metavar="OWNER", type=Named("owner"), help="Only what one owner has to do with.")
@with_project
@format_option("text", "json", "ics")
def due(opened: Opened, within: timedelta, owner: str | None, format_: str) -> None:
    """List what must be reviewed or decided, and what starts and ends.

    By owner and day: reviews, campaigns to be decided, holdouts that end, and
    components that start or end, with what appears in their place then. `ics`
    is a calendar that calendar programs import.

    For the owners of campaigns, segments and components.
    """
    from assembler.authoring.check.agenda import agenda
    from assembler.authoring.check.rule import CheckedProject

    loaded = opened.project.loaded
    listed = agenda(CheckedProject(project=loaded, compiled=opened.project.compiled, moment=opened.moment), within)
    unread = sorted({finding.place.path for code in ("R01", "R02") for finding in loaded.findings.of(code)})
    if unread:
        told = "not read in full, so that something may be left out (see `assembler check`): "
        tell(wrapped(told + ", ".join(unread)))
    if owner is not None:
        listed = listed.of(known("owner", in_nfc(owner), listed.owners))
    if format_ == "json":
        put_json(_json(listed))
    elif format_ == "ics":
        from assembler.cli.text.calendar import calendar

        name = loaded.settings.name
        events = [_event(entry, name, listed) for entry in listed.due]
        put_bytes(calendar(f"{name}: due", events, opened.moment).encode(errors="replace"))
    else:
        put(due_text(listed))


def _json(listed: Agenda) -> dict[str, object]:
    return {
        "as_of": listed.today.isoformat(),
        "until": listed.until.isoformat(),
        "due": [
            {
                "day": entry.day.isoformat(),
                "overdue": entry.day < listed.today,
                "event": entry.event,
                "kind": entry.kind,
                "name": entry.name,
                "owner": entry.owner,
                "path": entry.place.path,
                "line": entry.place.line,
                "changes": [asdict(change) for change in entry.changes],
            }
            for entry in listed.due
        ],
    }


def _event(entry: Due, project: str, listed: Agenda) -> AllDay:
    from assembler.cli.text.calendar import AllDay

    following = "; ".join(consequences(entry, listed.today))
    written = f"owner: {entry.owner or 'nobody'}\n{entry.place.path}, line {entry.place.line}"
    return AllDay(
        uid=f"{entry.event}-{entry.kind}-{entry.name or 'all'}@{project}",
        day=entry.day,
        summary=summary(entry, listed.today),
        description=f"{following}\n{written}" if following else written,
        category=entry.event,
    )
