"""`assembler measure`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import FINDINGS, Unusable
from assembler.cli.extras import needing
from assembler.cli.measurements import MEASUREMENTS
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, known, span_of, with_options
from assembler.cli.output import put, put_json, tell
from assembler.cli.parameters import AnyOf, Named
from assembler.cli.text.words import path_text

if TYPE_CHECKING:
    from assembler.authoring.project.campaign import AuthoredOutcome
    from assembler.measure.goal import Goal
    from assembler.measure.measurement import Measurement
    from assembler.measure.people import Comparison

_EXTRA = "`assembler measure` needs {}: pip install 'assembler[measure]'"
_OPTIONS = (
    click.option("--programme", is_flag=True, help="All campaigns together, against the holdout over all of them."),
    click.option(
        "--exposures",
        metavar="DIR",
        required=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="What people were given: a folder that `assembler exposures compact` wrote.",
    ),
    click.option(
        "--outcomes",
        metavar="FILE",
        required=True,
        type=click.Path(path_type=Path),
        help="What people did, as CSV, Parquet or JSONL: unit_id (or id), event, timestamp, and value if it has one.",
    ),
    click.option(
        "--count",
        "metric",
        metavar="HOW",
        type=AnyOf("rate", "value"),
        default="rate",
        help="Count the people with any event (rate), or add up the values of each (value). Default: rate.",
    ),
    click.option("--event", metavar="NAME", help="The event that counts. Default: the campaign's outcome."),
    click.option(
        "--within",
        metavar="SPAN",
        callback=span_of,
        help="How long after the first exposure it counts. Default: the campaign's outcome.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"The folder of measurements, also of earlier looks. Default: `{MEASUREMENTS}` in the project's folder.",
    ),
)


@click.command()
@click.argument("campaign", required=False, type=Named("campaign"))
@with_options(*_OPTIONS)
@with_project
@format_option("text", "json")
def measure(
    opened: Opened,
    campaign: str | None,
    programme: bool,
    exposures: Path,
    outcomes: Path,
    metric: str,
    event: str | None,
    within: timedelta | None,
    output: Path | None,
    format_: str,
) -> None:
    """Say whether a campaign, and each part of it, beats the default.

    Compares treated people with those who were held out: of the campaign, each
    segment, stage and component, and each test. It may be asked as often as
    you like: the intervals hold at every look, and the verdicts for all
    questions together. It exits with 1 where something should be retired, or
    where the figures cannot be trusted.

    For the owner of the programme.
    """
    if (campaign is None) is not programme:
        raise click.UsageError("name a campaign, or give --programme for all of them together")
    comparison, goal = _asked(opened, campaign, metric, event, within)
    folder = opened.folder / MEASUREMENTS if output is None else output
    measurement = _measured(opened, comparison, goal, exposures, outcomes, folder)
    if format_ == "json":
        put_json(_json(measurement))
    else:
        from assembler.cli.text.measurement import measurement_text

        put(measurement_text(measurement))
    if not measurement.is_healthy or "retire" in measurement.verdicts():
        raise click.exceptions.Exit(FINDINGS)


def _asked(
    opened: Opened, campaign: str | None, metric: str, event: str | None, within: timedelta | None
) -> tuple[Comparison, Goal]:
    """Who is compared, and what is counted of them. Raises `Unusable` where the project does not say."""
    from assembler.library.records import BUCKETS
    from assembler.measure.comparing import comparison_of
    from assembler.measure.goal import Goal, Metric

    library = opened.project.compile_unchecked(opened.moment)
    name = None if campaign is None else known("campaign", campaign, library.campaigns)
    outcome = _outcome(opened, name)
    if outcome is not None:
        event, within = event or outcome.event, within or _span(outcome)
    if not event or within is None:
        where = "the campaigns have no outcome in common" if name is None else f"campaign {name} has no whole outcome"
        raise Unusable(f"{where}: give --event and --within, or write `outcome: {{event: purchase, within: 30d}}`")
    minimum = 0 if outcome is None else outcome.minimum_lift or 0
    goal = Goal(event=event, within=within, metric=Metric(metric), minimum_lift=minimum / BUCKETS)
    return comparison_of(library.content, name), goal


def _span(outcome: AuthoredOutcome) -> timedelta | None:
    return None if outcome.within is None else timedelta(microseconds=outcome.within)


def _outcome(opened: Opened, campaign: str | None) -> AuthoredOutcome | None:
    """The outcome of a campaign; of all of them, if it is the same for each."""
    campaigns = opened.project.loaded.campaigns
    outcomes = [one.outcome for name, one in campaigns.items() if campaign in (None, name)]
    same = {(one.event, one.within) for one in outcomes if one is not None}
    return outcomes[0] if len(same) == 1 and None not in outcomes else None


def _measured(
    opened: Opened, comparison: Comparison, goal: Goal, exposures: Path, outcomes: Path, folder: Path
) -> Measurement:
    """What is measured now, after what was before; it is in the folder then."""
    from assembler.cli.unit_key import unit_key

    with needing("duckdb", "scipy", otherwise=_EXTRA):
        from assembler.measure.measurement_files import measurement_path, read_measurement, write_measurement
        from assembler.measure.measuring import measured
    path = measurement_path(folder, comparison.campaign)
    measurement = measured(
        comparison,
        goal,
        exposures=exposures,
        outcomes=outcomes,
        key=lambda: unit_key("a file of outcomes with `id`"),
        as_of=opened.moment,
        earlier=read_measurement(path),
        digests={component.address: component.digest for component in opened.project.loaded.components.values()},
    )
    write_measurement(path, measurement)
    tell(f"wrote {path_text(path)}")
    return measurement


def _json(measurement: Measurement) -> object:
    import msgspec

    return msgspec.to_builtins(measurement)
