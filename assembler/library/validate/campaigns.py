"""Campaigns: what they are called, and that the default of every slot can always stand there."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.library.records import Campaign, Component, Content, Slot, Window
from assembler.library.validate.invalid_library import InvalidLibrary, check_holdout, check_known, check_names


def check_campaign(name: str, campaign: Campaign, content: Content, components: Mapping[str, Component]) -> None:
    """Check the campaign of that name; `components` has all components by their addresses.

    Raises `InvalidLibrary` unless slots and channels have names of their own, and every slot a default of its own.
    """
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
                raise InvalidLibrary(where, f"{slot.default} is the default of another slot too")
            seen.add(slot.default)
            _check_default(name, slot, components[slot.default], content.locales, where)


def _check_default(campaign: str, slot: Slot, default: Component, locales: tuple[str, ...], place: str) -> None:
    """A default stands whoever asks, whenever, and beside whatever."""
    is_ready = default.status == "ready" and {*locales} <= {*default.locales}
    if default.type != slot.type or not is_ready:
        raise InvalidLibrary(place, f"{default.address} is no {slot.type} that is ready in every locale")
    if not default.is_open_to(campaign):
        raise InvalidLibrary(place, f"{default.address} is not for this campaign")
    if _depends(default):
        raise InvalidLibrary(place, f"{default.address} depends on the person, the moment or other components")


def _depends(component: Component) -> bool:
    """Whether it depends on the person, the moment or other components that a component may be used."""
    if component.segments is not None or component.stages is not None or component.window != Window():
        return True
    return bool(component.needs or component.requires or component.excludes or component.test)
