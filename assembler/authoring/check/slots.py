"""The slots of each channel, and the components that are their defaults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.campaign import AuthoredCampaign, AuthoredSlot
from assembler.authoring.project.component import AuthoredComponent


@dataclass(frozen=True, slots=True, eq=False)
class SlotDefault:
    """A slot and the component that is its default."""

    campaign: AuthoredCampaign
    name: str
    slot: AuthoredSlot
    component: AuthoredComponent

    @property
    def place(self) -> Place:
        """The place where the slot names its default."""
        return self.campaign.place("slots", self.name, "default")

    def __str__(self) -> str:
        return f"{self.component.address}, the default of {self.name!r} in {self.campaign.id},"


def slot_defaults(checked: CheckedProject) -> Iterator[SlotDefault]:
    """Every slot whose default is a component that exists, and of its type."""
    for campaign, name, slot in checked.project.slots():
        component = checked.project.components.get(slot.component or "")
        if component is not None and component.type == slot.type:
            yield SlotDefault(campaign, name, slot, component)


def forbidden_tags(checked: CheckedProject, keys: Iterable[str], hint: str) -> Iterator[Finding]:
    """The findings of defaults that have some of these tags, which no default may have."""
    for default in slot_defaults(checked):
        tags = default.component.tags
        for key in keys:
            if getattr(tags, key) not in (None, ()):
                yield Finding(tags.key_place(key), f"{default} has {key}", hint)


def channel_slots(checked: CheckedProject, campaign: AuthoredCampaign) -> Mapping[str, tuple[str, ...]]:
    """The names of the slots that stand in each channel of a campaign, in the order in which they are filled.

    A channel whose layout could not be rendered in full is taken to call every slot.
    """
    compiled = checked.compiled.content.campaigns[campaign.id]
    slots: dict[str, tuple[str, ...]] = {}
    for name, layout in campaign.channels.items():
        channel = compiled.channels.get(name)
        if channel is not None:
            parts = checked.project.layout(name, layout).keys()
            whole = all(parts == documents.keys() for documents in channel.documents.values())
            slots[name] = channel.slots if whole else tuple(campaign.slots)
    return slots
