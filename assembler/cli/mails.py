"""What commands that make a message have in common: who sends it, and where one click unsubscribes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.options import with_options
from assembler.cli.output import tell

if TYPE_CHECKING:
    from assembler import Decision, Variant
    from assembler.authoring.project.settings import Settings

_OPTIONS = (
    click.option(
        "--from", "sender", metavar="ADDRESS", help="Of a message: who sends it. Default: the brand and the owner."
    ),
    click.option(
        "--unsubscribe", metavar="URL", help="Of a message: where one click unsubscribes. Default: the field's."
    ),
)


mail_options = with_options(*_OPTIONS)
"""The options of a message, beside whom it is for."""


def sender_of(settings: Settings, sender: str | None) -> str:
    """Return who sends a message: as given, else the brand, with the address of the project's owner."""
    return sender or f"{settings.brand.get('name', settings.name)} <{settings.owner}>"


def unsubscribe_link(settings: Settings, channel: str, context: object, unsubscribe: str | None) -> str:
    """Return where a channel unsubscribes: as given, else the context's value of its field, else that field's
    example."""
    name = settings.channels[channel].unsubscribe or ""
    fields = context.get("fields") if isinstance(context, dict) else None
    value = fields.get(name) if isinstance(fields, dict) else None
    example = settings.fields[name].example if name in settings.fields else None
    return unsubscribe or (value if isinstance(value, str) else example or "")


def message_of(variant: Variant, *, sender: str, to: str, unsubscribe: str) -> bytes:
    """Return a variant as a message. Raises `Unusable` where it cannot be one."""
    try:
        return variant.message(sender=sender, to=to, unsubscribe=unsubscribe)
    except ValueError as error:
        raise Unusable(f"no message: {error}") from None


def tell_of(decision: Decision) -> None:
    """Say what kept a value that was given from being used, so that nobody wonders at the variant."""
    if decision.reason == "ERROR":
        tell(f"the default variant, by error: {decision.error_code}")
    for note in decision.notes:
        if note.problem != "missing":
            tell(f"{note.kind} {note.name or 'of that name'}: {note.problem}")
