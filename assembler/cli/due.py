"""`assembler due`."""

from __future__ import annotations

from collections.abc import Iterator
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
    from assembler.cli.measurements import LastAnswer, ProjectMeasurements
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

    By owner and day: reviews, campaigns to be decided, holdouts that end,
    components that start or end, with what appears in their place then, and
    what was measured and is to be retired. `ics` is a calendar that calendar
    programs import.

    For the owners of campaigns, segments and components.
    """
    from assembler.authoring.check.agenda import agenda
    from assembler.authoring.check.rule import CheckedProject

    loaded = opened.project.loaded
    listed = agenda(CheckedProject(project=loaded, compiled=opened.project.compiled, moment=opened.moment), within)
    listed = listed.adding(_measured(opened))
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


def _measured(opened: Opened) -> Iterator[Due]:
    """What measurements say is to be done: a component that is ready, in words that it still has, is to be retired; or
    a campaign's arms are to be looked after."""
    from assembler.authoring.check.agenda import Due
    from assembler.authoring.check.inheritance import inherited

    project, measurements = opened.project.loaded, opened.measurements()
    zone = project.settings.zone
    for campaign, measurement in measurements.measurements.items():
        authored = project.campaigns.get(campaign)
        if authored is not None and not measurement.is_healthy:
            day = measurement.as_of.astimezone(zone).date()
            yield Due(day, "unhealthy", "campaign", campaign, authored.owner, authored.place())
    for address, component in project.components.items():
        days = [one.measured.last.at.astimezone(zone).date() for one in _retiring(measurements, address)]
        if days and component.ready:
            owner = inherited(project, component, "owner")
            place = component.tags.place()
            yield Due(max(days), "retire", "component", address, str(owner) if owner else None, place)


def _retiring(measurements: ProjectMeasurements, address: str) -> Iterator[LastAnswer]:
    """The answers that say that a component, as it is now, is to be retired."""
    for answer in measurements.about("component", address):
        if answer.is_current and answer.verdict == "retire":
            yield answer


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
