"""D01: a slot has no default."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks
from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find slots without the key `default`."""
    for campaign, name, slot in checked.project.slots():
        if lacks(checked, slot, "default"):
            hint = f"add `default: {slot.type}/<id>`, or `default: empty` where nothing may stand"
            yield Finding(campaign.key_place("slots", name), f"slot {name!r} has no default", hint)


RULE = Rule(
    code="D01",
    severity="error",
    summary="A slot has no default.",
    fix="Name a component that is good for everybody, or `empty` where the slot may hold nothing.",
    find=find,
)
