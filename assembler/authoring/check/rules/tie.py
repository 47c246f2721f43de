"""Two candidates could tie: nothing decides between them for some people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.check.slots import channel_slots
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.ties import ties
from assembler.authoring.project.settings import Segment, Stage
from assembler.library.records import Audience, Campaign, Content, Or
from assembler.runtime.choose import slot_plans


@FRONT_MATTER.rule(
    "T05",
    "error",
    __doc__,
    "Tell them apart by segments, stages, needs, channels or dates, or make them a test of one id.",
)
def tie(checked: CheckedProject) -> Iterator[Finding]:
    content = _complete(checked)
    for two in ties(content, checked.plans if content == checked.compiled.content else slot_plans(content)):
        segment, stage = two.cell
        who = f"segment {segment or 'none'}, stage {stage or 'none'}"
        pair = f"{two.first.address} and {two.second.address}"
        message = f"{pair} could tie in slot {two.slot!r} of {two.campaign}: {who}"
        hint = "tell them apart by segments, stages, needs, channels or dates, or test one against the other"
        yield Finding(targeting_place(checked.project.components[two.second.address].tags), message, hint)


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
