"""`assembler assemble`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from assembler.cli.contexts import ContextOptions, context_options, read_context
from assembler.cli.endings import Unusable
from assembler.cli.opening import open_project
from assembler.cli.options import AsOf, as_of_option, format_option, known, project_option
from assembler.cli.output import put_bytes, put_json, tell

if TYPE_CHECKING:
    from assembler import Decision

__all__ = ["assemble"]

_ALL = "all"


@click.command()
@click.argument("campaign")
@click.option("--channel", required=True, metavar="CHANNEL", help="The channel to assemble for.")
@click.option(
    "--part", metavar="PART", help="The part to print; `all` with `--format json`. Default: html, or the first."
)
@context_options
@project_option
@as_of_option
@format_option("text", "json")
def assemble(
    campaign: str,
    channel: str,
    part: str | None,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
    **context: Unpack[ContextOptions],
) -> None:
    """Print one variant of a campaign.

    Prints one part to standard output, exactly as it would be sent. With
    `--format json`, prints the decision and every part, or the one of `--part`.
    """
    if part == _ALL and format_ == "text":
        raise Unusable("`--part all` needs `--format json`")
    opened = open_project(folder, as_of)
    library = opened.compile()
    part = _part(tuple(library.default(campaign, channel=channel).encoded), part, format_)
    variant = library.assemble(campaign, channel=channel, context=read_context(library, context), at=opened.moment)
    _tell_of(variant.decision)
    if format_ == "text":
        put_bytes(variant.encoded[part])
    else:
        parts = dict(variant.parts) if part == _ALL else {part: variant.parts[part]}
        put_json({"decision": variant.decision.to_dict(), "parts": parts})


def _part(names: tuple[str, ...], part: str | None, format_: str) -> str:
    """The part to print, of those that the channel has, or `all`."""
    if part == _ALL or (part is None and format_ == "json"):
        return _ALL
    if part is not None:
        return known("part", part, names)
    return "html" if "html" in names else known("part", next(iter(names), "html"), names)


def _tell_of(decision: Decision) -> None:
    """Say what kept a value that was given from being used, so that nobody wonders at the variant."""
    if decision.reason == "ERROR":
        tell(f"the default variant, by error: {decision.error_code}")
    for note in decision.notes:
        if note.problem != "missing":
            tell(f"{note.kind} {note.name or 'of that name'}: {note.problem}")
