"""Which components may ever fill a slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject

Candidates = Mapping[str, Sequence[AuthoredComponent]]
"""The components that may fill each slot of a campaign, in the order of their addresses."""


def may_fill(component: AuthoredComponent, campaign: AuthoredCampaign, slot: str, defaults: Container[str]) -> bool:
    """Whether a component may ever fill a slot, whoever asks and whenever.

    `defaults` are the addresses of the components that are the default of some slot: these fill no other slot.
    """
    filled = campaign.slots[slot]
    if component.type != filled.type or not component.ready:
        return False
    if component.address == filled.component:
        return True
    return not filled.constant and component.open_to(campaign.id) and component.address not in defaults


def candidates_by_campaign(project: LoadedProject) -> Mapping[str, Candidates]:
    """Return the candidates of each campaign."""
    defaults = project.defaults().keys()
    by_type: dict[str, list[AuthoredComponent]] = defaultdict(list)
    for component in project.components.values():
        by_type[component.type].append(component)
    candidates: dict[str, dict[str, list[AuthoredComponent]]] = {name: {} for name in project.campaigns}
    for campaign, slot_name, slot in project.slots():
        of_type = by_type[slot.type]
        candidates[campaign.id][slot_name] = [
            component for component in of_type if may_fill(component, campaign, slot_name, defaults)
        ]
    return candidates
