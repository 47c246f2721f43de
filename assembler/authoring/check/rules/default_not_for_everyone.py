"""A default is for some people only, or not open to its campaign."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import forbidden_tags, slot_defaults
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D02",
    "error",
    __doc__,
    "A default has no segments, stages, needs or test, and names the campaigns that it is the default in.",
)
def default_not_for_everyone(checked: CheckedProject) -> Iterator[Finding]:
    hint = "a default is for everybody: remove the tag, or choose another default"
    yield from forbidden_tags(checked, ("segments", "stages", "needs", "test"), hint)
    for default in slot_defaults(checked):
        if not default.component.open_to(default.campaign.id):
            hint = f"add {default.campaign.id} to `campaigns` in {default.component.original.source.path}"
            yield Finding(default.place, f"{default} does not name this campaign", hint)
