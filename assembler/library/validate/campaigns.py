"""Campaigns: what they are called, and that the default of every slot can always stand there."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.library.records import Campaign, Component, Content, Slot, Window
from assembler.library.validate.fault import Fault, check_holdout, check_known, check_names

__all__ = ["check_campaign"]


def check_campaign(name: str, campaign: Campaign, content: Content, components: Mapping[str, Component]) -> None:
    """A campaign has names of its own for its slots and channels, and a default of its own for every slot."""
    place = f"campaigns.{name}"
    check_names((slot.name for slot in campaign.slots), f"{place}.slots")
    check_names(campaign.channels, f"{place}.channels")
    check_known(campaign.needs, content.signals.keys() | content.fields.keys(), f"{place}.needs")
    check_holdout(campaign.holdout, f"{place}.holdout")
    seen: set[str] = set()
    for slot in campaign.slots:
        check_names((slot.type,), f"{place}.slots.{slot.name}.type")
        if slot.default is not None:
            where = f"{place}.slots.{slot.name}.default"
            check_known([slot.default], components, where)
            if slot.default in seen:
                raise Fault(where, f"{slot.default} is the default of another slot too")
            seen.add(slot.default)
            _check_default(name, slot, components[slot.default], content.locales, where)


def _check_default(campaign: str, slot: Slot, default: Component, locales: tuple[str, ...], place: str) -> None:
    """A default stands whoever asks, whenever, and beside whatever."""
    if default.type != slot.type or default.status != "ready" or {*locales} > {*default.locales}:
        raise Fault(place, f"{default.address} is no {slot.type} that is ready in every locale")
    if default.campaigns is not None and campaign not in default.campaigns:
        raise Fault(place, f"{default.address} is not for this campaign")
    audience = default.segments is not None or default.stages is not None or default.test is not None
    if audience or default.window != Window() or default.needs or default.requires or default.excludes:
        raise Fault(place, f"{default.address} depends on the person, the moment or other components")
