"""A slot has no default."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D01", "error", __doc__, "Name a component that is good for everybody, or `empty` where the slot may hold nothing."
)
def slot_without_default(checked: CheckedProject) -> Iterator[Finding]:
    for campaign, name, slot in checked.project.slots():
        if lacks(checked, slot, "default"):
            hint = f"add `default: {slot.type}/<id>`, or `default: empty` where nothing may stand"
            yield Finding(campaign.key_place("slots", name), f"slot {name!r} has no default", hint)
