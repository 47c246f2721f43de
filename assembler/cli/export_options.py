"""The options of `assembler export`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, TypedDict

import click

from assembler.cli.options import AsOf, as_day_or_moment, output_option, with_options
from assembler.cli.parameters import AnyOf, Named

_EDITION = re.compile(r"[a-z][a-z0-9_]{0,19}", re.ASCII).fullmatch


class ExportOptions(TypedDict):
    """The values of `export_options`."""

    provider: str
    by: Literal["key", "cell"]
    channels: tuple[str, ...]
    locales: tuple[str, ...]
    until: AsOf | None
    edition: str | None
    without: tuple[str, ...]
    unproven: bool
    output: Path | None


def _edition(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _EDITION(value):
        raise click.BadParameter(
            f"{value[:80]!r} is no word of at most 20 small letters, digits and _, beginning with a letter", ctx, param
        )
    return value


_OPTIONS = (
    click.option(
        "--to",
        "provider",
        required=True,
        metavar="NAME",
        type=Named("provider"),
        help="The provider, by its name under `providers` in assembler.yaml.",
    ),
    click.option(
        "--by",
        type=AnyOf("key", "cell"),
        default="key",
        metavar="WHAT",
        help="What a person's attribute holds: the `key` of a decision that a batch writes, or the `cell` of segment "
        "and stage. Default: key.",
    ),
    click.option(
        "--channel",
        "channels",
        multiple=True,
        metavar="CHANNEL",
        type=Named("channel"),
        help="Only this channel. Repeatable.",
    ),
    click.option(
        "--locale",
        "locales",
        multiple=True,
        metavar="LOCALE",
        type=Named("locale"),
        help="Only this locale. Repeatable.",
    ),
    click.option(
        "--until",
        metavar="DATE",
        callback=as_day_or_moment,
        help="The last day on which the export has to hold (in the project's time zone), or a time with offset before "
        "which. Default: as long as it does.",
    ),
    click.option(
        "--edition",
        metavar="WORD",
        callback=_edition,
        help="A word before each token. With a new one, tokens that were written earlier mean the default.",
    ),
    click.option(
        "--without",
        multiple=True,
        metavar="WHAT,...",
        help="What is given up: holdout, tests or needs (by cell); or a part, such as subject, which is then the "
        "default's for everybody.",
    ),
    click.option("--unproven", is_flag=True, help="Write it also where there is no engine to prove it on."),
    output_option("export/CAMPAIGN/NAME"),
)


export_options = with_options(*_OPTIONS)
"""Gives a command the options of an export."""
