"""A default is not ready."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D04", "error", __doc__, "Only what is ready is ever assembled: finish the component, or name another default."
)
def default_not_ready(checked: CheckedProject) -> Iterator[Finding]:
    for default in slot_defaults(checked):
        if not default.component.ready:
            status = default.component.tags.status
            hint = (
                "choose another default before retiring it"
                if status == "retired"
                else "finish it, or choose another default"
            )
            yield Finding(default.component.tags.place("status"), f"{default} is {status}, not ready", hint)
