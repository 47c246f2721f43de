"""D06: a default cannot be shown in a channel of its slot."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.standing import channel_slots, defaults
from assembler.authoring.diagnostics import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """Defaults that are not for a channel in which their slot stands; what has no rendition there is R05 or R09."""
    for each in defaults(subject):
        channels = each.component.tags.channels
        for channel, slots in channel_slots(subject, each.campaign).items():
            if each.name in slots and channels is not None and channel not in channels:
                hint = f"add {channel}, or remove `channels`: a default stands in every channel of its slot"
                yield Finding(each.component.tags.place("channels"), f"{each} is not for the channel {channel}", hint)


RULE = Rule(
    code="D06",
    severity="error",
    summary="A default cannot be rendered in a channel of its slot.",
    fix="A default stands in every channel whose layout calls its slot: widen its channels and write the templates.",
    find=find,
)
