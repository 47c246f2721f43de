"""`assembler export`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Unpack

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.export_options import ExportOptions, export_options
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import AsOf, format_option, known
from assembler.cli.output import put_json, tell
from assembler.cli.parameters import Named
from assembler.cli.progress import progress
from assembler.cli.text.exported import exported_json, exported_text

if TYPE_CHECKING:
    from assembler.authoring.project.provider_settings import ProviderSettings
    from assembler.delivery.export.outcomes import Period
    from assembler.delivery.export.request import ExportRequest

_NO_PROVIDER: Final = (
    "the project has no providers; add one to assembler.yaml, such as\n"
    "  providers: {crm: {kind: customerio, fields: {first_name: first_name}}}"
)


@click.command()
@click.argument("campaign", type=Named("campaign"))
@export_options
@with_project
@format_option("text", "json")
def export(opened: Opened, campaign: str, format_: str, **options: Unpack[ExportOptions]) -> None:
    """Write a campaign as templates for an e-mail provider.

    A template holds a part of every variant. One attribute of a person holds a
    token, which chooses among them; whoever has none gets the default. Before
    anything is written, each template is run on the provider's engine for every token, and
    what comes out is compared with the variants.

    For whoever sends through an e-mail provider.
    """
    from assembler.delivery.export.export import export as write_export

    request = _request(opened, campaign, options)
    target = options["output"] or opened.folder / "export" / campaign / request.provider
    with progress("proving") as told:
        exported = write_export(opened.project, request, target, told)
    if format_ == "json":
        put_json(exported_json(exported))
    else:
        tell(exported_text(exported))


def _request(opened: Opened, campaign: str, options: ExportOptions) -> ExportRequest:
    from assembler.delivery.export.request import ExportRequest

    settings = _settings(opened, options["provider"])
    library = opened.compile()
    there = library.channels(campaign)
    return ExportRequest(
        campaign=campaign,
        provider=options["provider"],
        settings=settings,
        period=_period(opened, options["until"]),
        channels=tuple(known("channel", name, there) for name in dict.fromkeys(options["channels"])) or there,
        locales=tuple(known("locale", name, library.locales) for name in dict.fromkeys(options["locales"]))
        or library.locales,
        by=options["by"],
        edition=options["edition"],
        without=_given_up(options["without"], options["by"]),
        unproven=options["unproven"],
    )


def _settings(opened: Opened, provider: str) -> ProviderSettings:
    providers = opened.project.settings.providers
    if not providers:
        raise Unusable(_NO_PROVIDER)
    return providers[known("provider", provider, providers)]


def _period(opened: Opened, until: AsOf | None) -> Period:
    from assembler.delivery.export.outcomes import Period

    zone = opened.project.settings.zone
    start = opened.moment.astimezone(zone)
    if until is None or isinstance(until, datetime):
        end = until
    else:
        end = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
    if end is not None and end <= start:
        raise Unusable(f"--until {until} is past; the export has to hold from {start.isoformat(timespec='seconds')} on")
    return Period(start=start, until=end)


def _given_up(written: tuple[str, ...], by: str) -> frozenset[str]:
    from assembler.delivery.export.outcomes import GIVEN_UP
    from assembler.library.parts import PARTS

    words = [word.strip() for text in written for word in text.split(",")]
    given_up = frozenset(known("thing to give up", word, (*GIVEN_UP, *PARTS)) for word in words)
    if by == "key" and (honoured := sorted(given_up.intersection(GIVEN_UP))):
        raise Unusable(f"an export by key honours {', '.join(honoured)}; leave out --without, or add --by cell")
    return given_up
