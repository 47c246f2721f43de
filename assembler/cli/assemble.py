"""`assembler assemble`."""

from __future__ import annotations

from typing import Unpack

import click

from assembler.cli.contexts import ContextOptions, context_options, read_context
from assembler.cli.exit_codes import Unusable
from assembler.cli.mails import mail_options, message_of, sender_of, tell_of, unsubscribe_link
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import format_option, known
from assembler.cli.output import put_bytes, put_json
from assembler.cli.parameters import Listed, Named
from assembler.library.parts import PARTS

_ALL = "all"
_MESSAGE = "eml"
_FORMATS = {_ALL: "json", _MESSAGE: "text"}
"""The one format in which what is no part can be printed."""


@click.command()
@click.argument("campaign", type=Named("campaign"))
@click.option("--channel", required=True, metavar="CHANNEL", type=Named("channel"), help="The channel to assemble for.")
@click.option(
    "--part",
    metavar="PART",
    type=Listed(lambda: (*PARTS, *_FORMATS)),
    help="The part to print; `eml` for the whole message; `all` with `--format json`. Default: html, or the first.",
)
@click.option("--to", metavar="ADDRESS", default="preview@example.com", help="Of a message: who it is for.")
@mail_options
@context_options
@with_project
@format_option("text", "json")
def assemble(
    opened: Opened,
    campaign: str,
    channel: str,
    part: str | None,
    sender: str | None,
    to: str,
    unsubscribe: str | None,
    format_: str,
    **context: Unpack[ContextOptions],
) -> None:
    """Print one variant of a campaign.

    Prints one part to standard output, exactly as it would be sent. With
    `--format json`, prints the decision and every part, or the one of `--part`.
    With `--part eml`, prints the message that a mail server takes.

    For engineers who want to see what their service would send.
    """
    if part in _FORMATS and format_ != _FORMATS[part]:
        raise Unusable(f"`--part {part}` needs `--format {_FORMATS[part]}`")
    library = opened.compile_unchecked()
    parts = tuple(library.default(campaign, channel=channel).encoded)
    part = _part((*parts, _MESSAGE) if {"subject", "html"} <= set(parts) else parts, part, format_)
    given = read_context(library, context)
    variant = library.assemble(campaign, channel=channel, context=given, at=opened.moment)
    tell_of(variant.decision)
    if part == _MESSAGE:
        settings = opened.project.settings
        link = unsubscribe_link(settings, channel, given, unsubscribe)
        put_bytes(message_of(variant, sender=sender_of(settings, sender), to=to, unsubscribe=link))
    elif format_ == "text":
        put_bytes(variant.encoded[part])
    else:
        printed = dict(variant.parts) if part == _ALL else {part: variant.parts[part]}
        put_json({"decision": variant.decision.to_dict(), "parts": printed})


def _part(names: tuple[str, ...], part: str | None, format_: str) -> str:
    """Return the part to print, of those that the channel has, or `all`."""
    if part == _ALL or (part is None and format_ == "json"):
        return _ALL
    if part is not None:
        return known("part", part, names)
    return "html" if "html" in names else known("part", next(iter(names), "html"), names)
