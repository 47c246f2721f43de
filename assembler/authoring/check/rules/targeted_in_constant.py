"""A targeted component's only slots are constant."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeted_by_type, targeting_place
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign, AuthoredSlot
from assembler.authoring.project.project import LoadedProject


@FRONT_MATTER.rule("V05", "warning", __doc__, "Let one of the slots vary, or retire the component.")
def targeted_in_constant(checked: CheckedProject) -> Iterator[Finding]:
    slots_by_type = _slots_by_type(checked.project)
    for type_, components in targeted_by_type(checked).items():
        for component in components:
            slots = [place for place in slots_by_type.get(type_, ()) if component.open_to(place[0].id)]
            if slots and all(slot.constant for _, _, slot in slots):
                names = ", ".join(f"{name!r} of {campaign.id}" for campaign, name, _ in slots)
                message = f"{component.address} is targeted, but its only slots are constant: {names}"
                hint = "a constant slot always holds its default; let the slot vary, or retire the component"
                yield Finding(targeting_place(component.tags), message, hint)


def _slots_by_type(project: LoadedProject) -> dict[str, list[tuple[AuthoredCampaign, str, AuthoredSlot]]]:
    """The slots of all campaigns, with their campaign and name, by the type that they take."""
    by_type: dict[str, list[tuple[AuthoredCampaign, str, AuthoredSlot]]] = {}
    for campaign, name, slot in project.slots():
        by_type.setdefault(slot.type, []).append((campaign, name, slot))
    return by_type
