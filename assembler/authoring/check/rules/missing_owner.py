"""The project, a segment, a campaign or a signal has no owner."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks, place_of
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.authored import Authored

_HINT = "add `owner: <address of the person or team accountable for it>`"


@PROJECT.rule(
    "G01",
    "error",
    __doc__,
    "Name the person or team who answers for it. Components inherit theirs from their campaign or segment.",
)
def missing_owner(checked: CheckedProject) -> Iterator[Finding]:
    for noun, name, place in _owned(checked):
        if lacks(checked, noun, "owner"):
            yield Finding(place_of(noun, "owner", place), f"{name} has no owner", _HINT)


def _owned(checked: CheckedProject) -> Iterator[tuple[Authored, str, Place]]:
    """All that needs an owner, with what to call it and where it stands."""
    settings = checked.project.settings
    yield settings, "the project", settings.place()
    for segment in settings.segments:
        yield segment, f"segment {segment.id!r}", segment.place("id")
    for name, signal in settings.signals.items():
        yield signal, f"signal {name!r}", settings.key_place("signals", name)
    for campaign in checked.project.campaigns.values():
        yield campaign, f"campaign {campaign.id!r}", campaign.place()
