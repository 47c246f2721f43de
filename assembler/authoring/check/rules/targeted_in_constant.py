"""A targeted component's only slots are constant."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import is_partly_read
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeted_by_type, targeting_place
from assembler.authoring.diagnostics import Finding


@FRONT_MATTER.rule("V05", "warning", __doc__, "Let one of the slots vary, or retire the component.")
def targeted_in_constant(checked: CheckedProject) -> Iterator[Finding]:
    return iter(()) if is_partly_read(checked.project) else _in_constant(checked)


def _in_constant(checked: CheckedProject) -> Iterator[Finding]:
    for type_, components in targeted_by_type(checked).items():
        of_type = [place for place in checked.project.slots() if place[2].type == type_]
        for component in components:
            slots = [place for place in of_type if component.open_to(place[0].id)]
            if slots and all(slot.constant for _, _, slot in slots):
                names = ", ".join(f"{name!r} of {campaign.id}" for campaign, name, _ in slots)
                message = f"{component.address} is targeted, but its only slots are constant: {names}"
                hint = "a constant slot always holds its default; let the slot vary, or retire the component"
                yield Finding(targeting_place(component.tags), message, hint)
