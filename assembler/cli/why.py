"""`assembler why`."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from assembler.cli.contexts import ContextOptions, context_options, read_context
from assembler.cli.explaining import explained
from assembler.cli.opening import open_project
from assembler.cli.options import AsOf, as_of_option, format_option, project_option
from assembler.cli.output import put, put_json

__all__ = ["why"]


@click.command()
@click.argument("campaign")
@click.option("--channel", required=True, metavar="CHANNEL", help="The channel to decide for.")
@context_options
@project_option
@as_of_option
@format_option("text", "json")
def why(
    campaign: str,
    channel: str,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
    **context: Unpack[ContextOptions],
) -> None:
    """Explain a decision: every signal, every candidate, every reason."""
    opened = open_project(folder, as_of)
    library = opened.compile()
    library.default(campaign, channel=channel)  # an unknown campaign or channel is said before standard input is read
    read = read_context(library, context)
    explanation = library.explain(campaign, channel=channel, context=read, at=opened.moment)
    if format_ == "json":
        put_json(explanation.to_dict())
    else:
        put(explained(explanation, library.content, opened.moment))
