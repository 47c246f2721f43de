"""`assembler plan`."""

from __future__ import annotations

import math
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import msgspec

from assembler.cli.exit_codes import Unusable
from assembler.cli.extras import needing
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, known, with_options
from assembler.cli.output import put, put_json
from assembler.cli.parameters import Named, a_file
from assembler.cli.progress import progress

if TYPE_CHECKING:
    from assembler import Library
    from assembler.measure.planning import Base, PlannedQuestion


class ShareOrMean(click.ParamType[float]):
    """A share such as 0.57%, or a number."""

    name = "share"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            number = math.nan
        if not 0 < number < math.inf:
            self.fail(f"{text[:80]!r} is no share such as 0.57%, and no number above 0", param, ctx)
        return number


_EXTRA = "`assembler plan` needs {}: pip install 'assembler[audience,measure]'"
_OPTIONS = (
    click.option(
        "--people",
        metavar="FILE|DIR",
        required=True,
        shell_complete=a_file,
        type=click.Path(path_type=Path),
        help="A list as `assembler audience` reads, or a folder that it wrote.",
    ),
    click.option(
        "--channel", metavar="CHANNEL", type=Named("channel"), help="Where a list is decided for. Default: the first."
    ),
    click.option(
        "--base",
        metavar="PERCENT",
        required=True,
        type=ShareOrMean(),
        help="How many held-out people have the outcome, such as 0.57%; with --sd, the mean of a person's value.",
    ),
    click.option(
        "--sd",
        "deviation",
        metavar="N",
        type=click.FloatRange(0, min_open=True),
        help="The values' standard deviation.",
    ),
    click.option(
        "--per-day",
        "daily",
        metavar="N",
        type=click.FloatRange(0, min_open=True),
        help="How many people like those of the list come each day. Default: the list is all there is.",
    ),
)


@click.command()
@click.argument("campaign", type=Named("campaign"))
@with_options(*_OPTIONS)
@with_project
@format_option("text", "json")
def plan(
    opened: Opened,
    campaign: str,
    people: Path,
    channel: str | None,
    base: float,
    deviation: float | None,
    daily: float | None,
    format_: str,
) -> None:
    """Say before launch what a campaign's people can show.

    Of the campaign, each segment, stage and component, and each test: how many
    are in both arms, which lift they find in 80 of 100 tests, and how many
    days it takes until the campaign's minimum_lift can be told, or that it
    cannot be.

    For the owner of the programme.
    """
    from assembler.library.records import BUCKETS

    library = opened.project.compile_unchecked(opened.moment)
    known("campaign", campaign, library.campaigns)
    outcome = opened.project.loaded.campaigns[campaign].outcome
    if outcome is None or not outcome.minimum_lift:
        raise Unusable(f"campaign {campaign} says no lift that is worth having: write `outcome: {{minimum_lift: 10%}}`")
    if deviation is None and base >= 1:
        raise Unusable(f"--base {base:g} is no share of people; give --sd for the values of people")
    minimum_lift = outcome.minimum_lift / BUCKETS
    with needing("duckdb", "numpy", "pyarrow", "scipy", otherwise=_EXTRA):
        from assembler.measure.planning import Base

        expected = (
            Base.of_rate(base, minimum_lift)
            if deviation is None
            else Base(mean=base, deviation=deviation, minimum_lift=minimum_lift)
        )
        questions = _questions(
            library, campaign, people, channel or library.channels(campaign)[0], opened.moment, expected, daily
        )
    if format_ == "json":
        put_json(msgspec.to_builtins(questions))
    else:
        from assembler.cli.text.plan import plan_text

        put(plan_text(campaign, questions, expected))


def _questions(
    library: Library, campaign: str, people: Path, channel: str, at: datetime, base: Base, daily: float | None
) -> list[PlannedQuestion]:
    """What the people of a list, which is decided first, or of a folder can show."""
    from assembler.measure.compaction.audience_folder import add_audience
    from assembler.measure.compaction.table import begin
    from assembler.measure.comparing import comparison_of
    from assembler.measure.planning import planned

    comparison = comparison_of(library.content, campaign)
    with TemporaryDirectory() as working, closing(begin(Path(working) / "overflow")) as connection:
        folder = people if people.is_dir() else Path(working) / "list"
        if folder != people:
            _decide(library, campaign, people, channel, at, folder)
        known_people, nobody = add_audience(connection, folder, secrets.token_hex(32))
        return planned(connection, comparison, base, listed=known_people + nobody, daily=daily)


def _decide(library: Library, campaign: str, people: Path, channel: str, at: datetime, folder: Path) -> None:
    from assembler.delivery.audience import AudienceRequest, write_audience

    request = AudienceRequest(
        library=library, campaign=campaign, channel=channel, at=at, people=(str(people),), output=folder, prove=0
    )
    with progress("deciding") as told:
        write_audience(request, 1.0, told, told)
