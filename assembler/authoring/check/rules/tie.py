"""T05: two candidates could tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.slots import channel_slots
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.ties import ties
from assembler.authoring.project.settings import Segment, Stage
from assembler.library.records import Audience, Campaign, Content, Or
from assembler.runtime.choose import slot_plans


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Components that could fill one slot for the same people with nothing to decide between them."""
    content = _complete(checked)
    for tie in ties(content, checked.plans if content == checked.compiled.content else slot_plans(content)):
        segment, stage = tie.cell
        who = f"segment {segment or 'none'}, stage {stage or 'none'}"
        pair = f"{tie.first.address} and {tie.second.address}"
        message = f"{pair} could tie in slot {tie.slot!r} of {tie.campaign}: {who}"
        hint = "tell them apart by segments, stages, needs, channels or dates, or test one against the other"
        yield Finding(targeting_place(checked.project.components[tie.second.address].tags), message, hint)


def _complete(checked: CheckedProject) -> Content:
    """The content as if every layout could be rendered and every condition be read: ties are told before that."""
    content, settings = checked.compiled.content, checked.project.settings
    return msgspec.structs.replace(
        content,
        segments=_declared(settings.segments, content.segments),
        stages=_declared(settings.stages, content.stages),
        campaigns={name: _with_every_slot(checked, name) for name in content.campaigns},
    )


def _declared(written: Sequence[Segment | Stage], compiled: Sequence[Audience]) -> tuple[Audience, ...]:
    """The audiences that are written down; nobody is in one that could not be compiled."""
    by_id = {audience.id: audience for audience in compiled}
    return tuple(by_id.get(one.id) or Audience(id=one.id, condition=Or(conditions=())) for one in written)


def _with_every_slot(checked: CheckedProject, name: str) -> Campaign:
    campaign = checked.compiled.content.campaigns[name]
    slots = channel_slots(checked, checked.project.campaigns[name])
    channels = {
        channel: msgspec.structs.replace(compiled, slots=slots[channel])
        for channel, compiled in campaign.channels.items()
    }
    return msgspec.structs.replace(campaign, channels=channels)


RULE = Rule(
    code="T05",
    severity="error",
    summary="Two candidates could tie: nothing decides between them for some people.",
    fix="Tell them apart by segments, stages, needs, channels or dates, or make them a test of one id.",
    judges=(FRONT_MATTER.by(find),),
)
