"""A slot varies, but has no targeted candidate, though the project has segments or stages."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import is_partly_read
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeted_by_type
from assembler.authoring.compile.candidates import may_fill
from assembler.authoring.diagnostics import Finding


@FRONT_MATTER.rule(
    "V04",
    "warning",
    __doc__,
    "Write a component for a segment or a stage, or make the slot `constant`, so that it always holds its default.",
)
def slot_never_varies(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    if is_partly_read(project) or not (project.settings.segments or project.settings.stages):
        return
    defaults = frozenset(project.defaults())
    targeted = targeted_by_type(checked)
    for campaign, name, slot in project.slots():
        if slot.constant or slot.type not in project.types:
            continue
        rivals = targeted.get(slot.type, ())
        if not any(may_fill(rival, campaign, name, defaults) for rival in rivals):
            message = f"the slot {name!r} of {campaign.id} varies, but nothing targeted can fill it"
            hint = (
                f"write {_one(slot.type)} for a segment or a stage, or let it always hold its default: `constant: true`"
            )
            yield Finding(campaign.key_place("slots", name), message, hint)


def _one(type_: str) -> str:
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}"
