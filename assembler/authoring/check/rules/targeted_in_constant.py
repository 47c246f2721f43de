"""V05: all slots that a targeted component could stand in are constant."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign, AuthoredSlot


def find(subject: Subject) -> Iterator[Finding]:
    """Targeted components of a type that their campaigns have constant slots for, and no others."""
    project = subject.project
    defaults = project.defaults()
    by_type: dict[str, list[tuple[AuthoredCampaign, str, AuthoredSlot]]] = {}
    for each in project.slots():
        by_type.setdefault(each[2].type, []).append(each)
    for component in subject.ready:
        if not component.tags.targeted or component.address in defaults:
            continue
        slots = [each for each in by_type.get(component.type, ()) if component.open_to(each[0].id)]
        if slots and all(slot.constant for _, _, slot in slots):
            names = ", ".join(f"{name!r} of {campaign.id}" for campaign, name, _ in slots)
            key = "segments" if component.tags.segments is not None else "stages"
            message = f"{component.address} is targeted, but its only slots are constant: {names}"
            hint = "a constant slot always holds its default; let the slot vary, or retire the component"
            yield Finding(component.tags.key_place(key), message, hint)


RULE = Rule(
    code="V05",
    severity="warning",
    summary="A targeted component's only slots are constant.",
    fix="Let one of the slots vary, or retire the component.",
    each=(TAGS.by(find),),
)
