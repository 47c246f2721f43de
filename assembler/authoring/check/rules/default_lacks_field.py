"""A default leaves out an optional field that most targeted components of its slot fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.slots import SlotDefault, slot_defaults
from assembler.authoring.check.targeting import targeted_by_type
from assembler.authoring.compile.candidates import may_fill
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent


@FRONT_MATTER.rule("D08", "warning", __doc__, "A default is as rich as any variant: fill the field.")
def default_lacks_field(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    addresses = frozenset(project.defaults())
    targeted = targeted_by_type(checked)
    for default in slot_defaults(checked):
        if not default.slot.constant:
            campaign, name = default.campaign, default.name
            candidates = targeted.get(default.slot.type, ())
            rivals = [rival for rival in candidates if may_fill(rival, campaign, name, addresses)]
            yield from _left_out(checked, default, rivals)


def _left_out(checked: CheckedProject, default: SlotDefault, rivals: Sequence[AuthoredComponent]) -> Iterator[Finding]:
    original = default.component.original
    for name, spec in checked.project.types[default.slot.type].fields.items():
        # What a default says holds on any day: a date belongs to offers that end.
        is_free = spec.required or spec.kind == "date"
        filled = 0 if is_free else sum(rival.original.fills(name) for rival in rivals)
        if filled * 2 > len(rivals) and not original.fills(name):
            message = f"{default} has no {name}, which {filled} of {len(rivals)} targeted components have"
            yield Finding(default.place, message, f"fill {name} in {original.source.path}")
