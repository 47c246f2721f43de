"""Options that several commands have, and values with a hint where they are not known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.parameters import AnyOf
from assembler.errors import nearest

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
AsOf = date | datetime
"""A day, whose midnight in the project's time zone is meant, or an aware moment."""

_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_span = re.compile(r"([1-9]\d{0,3})([dw])", re.ASCII).fullmatch
_DAYS = {"d": 1, "w": 7}
_YEARS = range(1970, 9000)
"""Dates beyond these leave no room to reckon with ages and windows."""


def with_options(*options: Decorator) -> Decorator:
    """Return what gives a command some options, in the order that its help lists them in."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """Return the name, where it is among the names. Raises `Unusable` where it is not, with the nearest of them."""
    choices = tuple(names)
    if name in choices:
        return name
    close = nearest(name, choices)
    there = "there is " + ", ".join(choices) if choices else f"there is no {kind}"
    raise Unusable(f"no {kind} {name[:80]!r}; " + (f"did you mean {close}?" if close else there))


def span_of(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """Return the span that `30d` or `4w` names, as a callback. Raises `BadParameter` where it names none."""
    if value is None:
        return None
    match = _span(value)
    if match is None:
        raise click.BadParameter(f"{value[:80]!r} is no number of days or weeks, such as 30d or 4w", ctx, param)
    return timedelta(days=int(match[1]) * _DAYS[match[2]])


def as_day_or_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> AsOf | None:
    """Return the day or the moment that a text names, as a callback. Raises `BadParameter` where it names none."""
    if value is None:
        return None
    try:
        moment = date.fromisoformat(value) if _day(value) else datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value[:80]!r} is no date such as 2026-11-22", ctx, param) from None
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise click.BadParameter(f"{value!r} has no offset, such as 2026-11-22T12:00:00+00:00 has", ctx, param)
    if moment.year not in _YEARS:
        raise click.BadParameter(f"{value!r} is out of range: years are {_YEARS[0]} to {_YEARS[-1]}", ctx, param)
    return moment


project_option = click.option(
    "--project",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The project's folder. Default: that of the nearest assembler.yaml, from the working directory upward.",
)

as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=as_day_or_moment,
    help="The moment to go by: a date (its midnight in the project's time zone), or a time with offset. Default: now.",
)


jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="At most so many processes share the work, where a project is large enough for that to be faster; the result "
    "is the same. Default: one for each processor, which is also the most.",
)


def output_option(name: str) -> Decorator:
    """Return `-o`: the folder to write, which is called `name` in the project's folder if it is omitted."""
    return click.option(
        "-o",
        "--output",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"The folder to write. Default: `{name}` in the project's folder.",
    )


def format_option(*words: str) -> Decorator:
    """Return `--format`, which is one of some words; the first is the default."""
    return click.option(
        "--format",
        "format_",
        metavar="FORMAT",
        type=AnyOf(*words),
        default=words[0],
        help=f"How to print: {', '.join(words[:-1])} or {words[-1]}. Default: {words[0]}.",
    )
