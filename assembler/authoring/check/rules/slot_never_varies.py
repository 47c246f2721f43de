"""A slot varies, but has no targeted candidate, though the project has segments or stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.authoring.check.missing_keys import is_partly_read
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.targeting import targeted_by_type
from assembler.authoring.compile.candidates import may_fill
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.errors import listed


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
    targeted = targeted_by_type(checked)
    if targeted:  # T11 tells of segments and stages that nothing names.
        for campaign in project.campaigns.values():
            yield from _judged(project, campaign, targeted)


def _judged(
    project: LoadedProject, campaign: AuthoredCampaign, targeted: Mapping[str, Sequence[AuthoredComponent]]
) -> Iterator[Finding]:
    """The findings of the slots of a campaign that vary: one, where nothing targeted can fill any of several."""
    defaults = frozenset(project.defaults())
    slots = campaign.slots.items()
    varying = {name: slot.type for name, slot in slots if not slot.constant and slot.type in project.types}

    def is_filled(name: str) -> bool:
        return any(may_fill(rival, campaign, name, defaults) for rival in targeted.get(varying[name], ()))

    silent = [name for name in varying if not is_filled(name)]
    if len(silent) == len(varying) > 1:
        yield _in_campaign(campaign, silent)
        return
    for name in silent:
        message = f"the slot {name!r} of {campaign.id} varies, but nothing targeted can fill it"
        one = f"write {_one(varying[name])} for a segment or a stage"
        hint = f"{one}, or let it always hold its default: `constant: true`"
        yield Finding(campaign.key_place("slots", name), message, hint)


def _in_campaign(campaign: AuthoredCampaign, slots: list[str]) -> Finding:
    """The finding of a campaign of which no slot has anything targeted."""
    message = f"the slots of {campaign.id} vary ({listed(slots)}), but nothing targeted can fill any of them"
    hint = "write a component for a segment or a stage, or give each slot `constant: true`: it always holds its default"
    return Finding(campaign.key_place("slots"), message, hint)


def _one(type_: str) -> str:
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}"
