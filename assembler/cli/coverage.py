"""`assembler coverage`."""

from __future__ import annotations

import json
import math
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from assembler.cli.contexts import read_input
from assembler.cli.exit_codes import FINDINGS, Unusable
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, span_of
from assembler.cli.output import put, put_json, tell
from assembler.cli.parameters import a_file
from assembler.cli.text.coverage import coverage_text
from assembler.cli.text.words import counted, first_of, path_text

if TYPE_CHECKING:
    from assembler.authoring.outcomes.coverage import Coverage

_SPAN = "30d"
_MOST_TOLD = 20


def _number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and math.isnan(value):
        raise click.BadParameter(f"{value} is not in the range 0<=x<=100.", ctx, param)
    return value


@click.command()
@click.option(
    "--expiring",
    metavar="SPAN",
    callback=span_of,
    help=f"Say what ends within so many days (30d) or weeks (4w), and what appears then. Default: {_SPAN}.",
)
@click.option(
    "--audience",
    metavar="FILE",
    shell_complete=a_file,
    help="Real people, a context in JSON on each line: the share of them in each cell. `-` reads standard input.",
)
@click.option(
    "--fail-under",
    metavar="PERCENT",
    type=click.FloatRange(0, 100),
    callback=_number,
    help="Exit with 1 where a smaller share of a campaign's cells in a channel is own or partial.",
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report as a page to this file, too.",
)
@click.option("--full", is_flag=True, help="With --format json: all that the text says, beside the cells.")
@with_project
@format_option("text", "json")
def coverage(
    opened: Opened,
    expiring: timedelta | None,
    audience: str | None,
    fail_under: float | None,
    page: Path | None,
    full: bool,
    format_: str,
) -> None:
    """Show which segments and stages get copy of their own.

    For every campaign, channel and locale: what each segment gets in each
    stage, outside of tests and with all that is needed known. A cell, which is
    one segment at one stage, is `own` where every slot that has targeted copy
    holds some of it, `partial` where some do, else `default`. Every pair of
    segment and stage counts, none of them included, since a service may name
    any; but for those that a campaign is not for.

    For the owner of the programme.
    """
    from assembler.authoring.outcomes.coverage import coverage as covering, people_by_cell

    library = opened.compile_unchecked()
    people = None if audience is None else people_by_cell(library, _contexts(audience), opened.moment)
    within = expiring or timedelta(days=30)
    report = covering(library, opened.moment, within=within, people=people)
    span = counted(within.days, "day")
    if page is not None:
        from assembler.cli.text.coverage_page import coverage_page

        page.write_text(coverage_page(report, library.content.name, opened.moment, span), encoding="utf-8")
        tell(f"wrote {path_text(page)}")
    if format_ == "json":
        put_json(_json(report, followed=expiring is not None, full=full))
    else:
        put(coverage_text(report, span))
    if fail_under is not None and _tell_below(report, fail_under):
        raise click.exceptions.Exit(FINDINGS)


def _json(report: Coverage, *, followed: bool, full: bool) -> dict[str, object]:
    """The cells; an option that was given adds to each of them, and `--full` beside them."""
    cells: list[dict[str, object]] = []
    for cell in report.cells:
        written = msgspec.to_builtins(cell)
        if not (followed or full):
            del written["then"]
        if report.audience is None:
            del written["people"]
        else:
            written["share"] = (cell.people or 0) / max(report.audience, 1)
        cells.append(written)
    if not full:
        return {"cells": cells}
    return {
        "cells": cells,
        "campaigns": [
            {"campaign": campaign, "channel": channel, "covered": covered, "cells": count}
            for (campaign, channel), (covered, count) in report.covered().items()
        ],
        "combinations": [
            {
                "campaign": plan.campaign,
                "channel": plan.channel,
                "locale": plan.locale,
                "before": plan.combinations.before,
                "after": plan.combinations.after,
                "variants": plan.variants,
            }
            for plan in report.plans
        ],
        "components": [{"component": address, "cells": count} for address, count in report.components.items()],
        "stages": [{"campaign": name, "nothing_for": list(stages)} for name, stages in report.bare_stages.items()],
    }


def _tell_below(report: Coverage, least: float) -> bool:
    """Tell of every campaign and channel in which too few cells are own or partial; return whether there is any."""
    below = [(place, counts) for place, counts in report.covered().items() if counts[0] * 100 < least * counts[1]]
    for (campaign, channel), (covered, count) in below:
        share = f"{covered} of {count} cells are own or partial, {100 * covered / count:.1f}%"
        tell(f"{campaign}, {channel}: {share}; {least:g}% is asked for")
    return bool(below)


def _contexts(path: str) -> Iterator[object]:
    """The contexts in a file, one on each line that is not blank; at its end, lines that hold none are refused."""
    name, data = read_input(path, "audience")
    broken: list[str] = []
    for number, line in enumerate(data.removeprefix(BOM_UTF8).split(b"\n"), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                broken.append(f"{name}:{number}: not JSON: {str(error)[:200]}")
    if broken:
        raise Unusable("\n".join(first_of(broken, _MOST_TOLD)))
