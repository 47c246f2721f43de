"""Campaigns: what they are called, and that the default of every slot can always stand there."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.library.records import Campaign, Component, Content, Slot, Window
from assembler.library.validate.invalid_library import check_holdout, check_known, check_names, require


def check_campaign(name: str, campaign: Campaign, content: Content, components: Mapping[str, Component]) -> None:
    """Check the campaign of that name; `components` has all components by their addresses.

    Raises `InvalidLibrary` unless slots and channels have names of their own, and every slot a default of its own.
    """
    place = f"campaigns.{name}"
    check_names((slot.name for slot in campaign.slots), f"{place}.slots")
    check_names(campaign.channels, f"{place}.channels")
    check_known(campaign.needs, content.signals.keys() | content.fields.keys(), f"{place}.needs")
    check_known(campaign.segments or (), {segment.id for segment in content.segments}, f"{place}.segments")
    check_known(campaign.stages or (), {stage.id for stage in content.stages}, f"{place}.stages")
    check_holdout(campaign.holdout, f"{place}.holdout")
    seen: set[str] = set()
    for slot in campaign.slots:
        check_names((slot.type,), f"{place}.slots.{slot.name}.type")
        if slot.default is not None:
            where = f"{place}.slots.{slot.name}.default"
            check_known([slot.default], components, where)
            require(slot.default not in seen, where, f"{slot.default} is the default of another slot too")
            seen.add(slot.default)
            _check_default(name, slot, components[slot.default], content.locales, where)


def _check_default(campaign: str, slot: Slot, default: Component, locales: tuple[str, ...], place: str) -> None:
    """A default stands whoever asks, whenever, and beside whatever."""
    is_ready = default.status == "ready" and {*locales} <= {*default.locales}
    is_for_all = default.segments is None and default.stages is None and default.window == Window()
    depends = default.needs or default.requires or default.excludes or default.test or not is_for_all
    is_one = default.type == slot.type and is_ready
    require(is_one, place, f"{default.address} is no {slot.type} that is ready in every locale")
    require(default.is_open_to(campaign), place, f"{default.address} is not for this campaign")
    require(not depends, place, f"{default.address} depends on the person, the moment or other components")
