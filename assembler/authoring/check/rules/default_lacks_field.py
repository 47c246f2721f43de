"""D08: a default says less than the components that stand in for it."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import TAGS
from assembler.authoring.check.slots import SlotDefault, slot_defaults
from assembler.authoring.compile.content import can_stand
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent


def find(subject: Subject) -> Iterator[Finding]:
    """Optional fields that a default leaves out and more than half of the targeted components of its slot fill."""
    addresses = frozenset(subject.project.defaults())
    by_type: dict[str, list[AuthoredComponent]] = {}
    for component in subject.ready:
        if component.tags.targeted and component.address not in addresses:
            by_type.setdefault(component.type, []).append(component)
    for each in slot_defaults(subject):
        if each.slot.constant:
            continue
        rivals = [
            rival
            for rival in by_type.get(each.slot.type, ())
            if can_stand(subject.project, rival, each.campaign, each.name, addresses)
        ]
        for name in _optional(subject, each):
            filled = sum(rival.original.fills(name) for rival in rivals)
            if filled * 2 > len(rivals) and not each.component.original.fills(name):
                message = f"{each} has no {name}, which {filled} of {len(rivals)} targeted components have"
                yield Finding(each.place, message, f"fill {name} in {each.component.original.source.path}")


def _optional(subject: Subject, each: SlotDefault) -> list[str]:
    return [name for name, spec in subject.project.types[each.slot.type].fields.items() if not spec.required]


RULE = Rule(
    code="D08",
    severity="warning",
    summary="A default leaves out an optional field that most targeted components of its slot fill.",
    fix="A default is as rich as any variant: fill the field.",
    each=(TAGS.by(find),),
)
