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
        tags = default.component.tags
        if tags.status != "ready":
            retired = "choose another default before retiring it"
            hint = retired if tags.status == "retired" else "finish it, or choose another default"
            yield Finding(tags.place("status"), f"{default} is {tags.status}, not ready", hint)
