"""A component requires or excludes one of a later slot, or one that no earlier slot can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import channel_slots
from assembler.authoring.compile.candidates import may_fill
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent


@PROJECT.rule(
    "T08", "error", __doc__, "Name components of slots that are filled earlier in the same campaign and channel."
)
def requires_later_slot(checked: CheckedProject) -> Iterator[Finding]:
    order = _Order(checked)
    defaults = checked.project.defaults()
    for component in checked.ready:
        # A default may have no conditions at all, and nothing may exclude one (D07).
        if component.address in defaults:
            continue
        for key in ("requires", "excludes"):
            for index, address in enumerate(getattr(component.tags, key)):
                if not (key == "excludes" and address in defaults):
                    yield from order.faults(component, key, index, address)


class _Order:
    """Which slots are filled before which, by campaign and channel."""

    def __init__(self, checked: CheckedProject) -> None:
        self._project = checked.project
        self._defaults = frozenset(checked.project.defaults())
        self._channels: Mapping[str, Mapping[str, tuple[str, ...]]] = {
            name: channel_slots(checked, campaign) for name, campaign in checked.project.campaigns.items()
        }

    def faults(self, component: AuthoredComponent, key: str, index: int, address: str) -> Iterator[Finding]:
        """The finding on one name, if there is one."""
        other = self._project.components.get(address)
        if other is None:
            return
        pairs = [pair for campaign in self._campaigns(component) for pair in self._pairs(campaign, component, other)]
        if any(theirs < ours for ours, theirs in pairs) or not self._stands(component):
            return
        if pairs:
            why = "whose slot is filled later"
            hint = "slots are filled in campaign order: move the slot up, or turn the condition round"
        else:
            why = "which no earlier slot of its campaigns can hold"
            hint = self._why(other) or f"{key} names what an earlier slot of the same campaign and channel can hold"
        yield Finding(component.tags.place(key, index), f"{component.address} {key} {address}, {why}", hint)

    def _campaigns(self, component: AuthoredComponent) -> Iterator[AuthoredCampaign]:
        return (campaign for name, campaign in self._project.campaigns.items() if component.open_to(name))

    def _pairs(
        self, campaign: AuthoredCampaign, component: AuthoredComponent, other: AuthoredComponent
    ) -> Iterator[tuple[int, int]]:
        """The positions of both, wherever they can stand in one channel."""
        for channel, slots in self._channels[campaign.id].items():
            if all(rival.tags.channels is None or channel in rival.tags.channels for rival in (component, other)):
                for ours in self._positions(campaign, slots, component):
                    for theirs in self._positions(campaign, slots, other):
                        if ours != theirs:
                            yield ours, theirs

    def _positions(self, campaign: AuthoredCampaign, slots: tuple[str, ...], component: AuthoredComponent) -> list[int]:
        return [index for index, name in enumerate(slots) if may_fill(component, campaign, name, self._defaults)]

    def _stands(self, component: AuthoredComponent) -> bool:
        """Return whether the component has a slot at all; if not, that is the finding (R07)."""
        return any(
            self._positions(campaign, slots, component)
            for campaign in self._campaigns(component)
            for slots in self._channels[campaign.id].values()
        )

    def _why(self, other: AuthoredComponent) -> str | None:
        if not other.ready:
            return f"{other.address} is {other.tags.status}"
        return f"{other.address} is a default elsewhere" if other.address in self._defaults else None
