"""D04: a default is a draft or retired."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find defaults whose status is not `ready`."""
    for default in slot_defaults(checked):
        if not default.component.ready:
            status = default.component.tags.status
            hint = (
                "choose another default before retiring it"
                if status == "retired"
                else "finish it, or choose another default"
            )
            yield Finding(default.component.tags.place("status"), f"{default} is {status}, not ready", hint)


RULE = Rule(
    code="D04",
    severity="error",
    summary="A default is not ready.",
    fix="Only what is ready is ever assembled: finish the component, or name another default.",
    find=find,
)
