"""R07: no campaign can use a component."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.errors import listed


def find(subject: Subject) -> Iterator[Finding]:
    """Components, less the retired, that no slot of the campaigns they name can take."""
    project = subject.project
    defaults = project.defaults()
    for component in project.components.values():
        if component.tags.status == "retired" or component.address in defaults:
            continue
        campaigns = [campaign for name, campaign in project.campaigns.items() if component.open_to(name)]
        if not _all_read(project, component):
            continue
        taking = [each for each in campaigns if any(slot.type == component.type for slot in each.slots.values())]
        if not taking:
            yield _without_slot(component, campaigns)
        elif not any(_shares_channel(component, each) for each in taking):
            channels = sorted({channel for each in taking for channel in each.channels})
            message = f"none of the campaigns of {component.address} goes to its channels"
            yield Finding(component.tags.place("channels"), message, "their channels: " + ", ".join(channels))


def _all_read(project: LoadedProject, component: AuthoredComponent) -> bool:
    """Whether the campaigns and channels that the component names are there; what is not has a finding of its own."""
    named = project.declared["campaign"] if component.tags.campaigns == "all" else component.tags.campaigns
    return all(each in project.campaigns for each in named) and project.declared["channel"] >= set(
        component.tags.channels or ()
    )


def _without_slot(component: AuthoredComponent, campaigns: list[AuthoredCampaign]) -> Finding:
    place = component.tags.place("campaigns")
    if not campaigns:
        return Finding(place, f"{component.address} names no campaign", "name campaigns, or `all`")
    named = ", ".join(each.id for each in campaigns)
    types = sorted({slot.type for each in campaigns for slot in each.slots.values()})
    message = f"no slot takes the type {component.type} in the campaigns of {component.address}: {named}"
    return Finding(place, message, f"their slots take: {listed(types)}")


def _shares_channel(component: AuthoredComponent, campaign: AuthoredCampaign) -> bool:
    return component.tags.channels is None or not campaign.channels.keys().isdisjoint(component.tags.channels)


RULE = Rule(
    code="R07",
    severity="warning",
    summary="No campaign can use a component.",
    fix="Name a campaign that has a slot of this type in one of its channels, or retire the component.",
    find=find,
)
