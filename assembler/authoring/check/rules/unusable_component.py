"""No campaign can use a component."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import names_its_audience, whole_campaigns
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.errors import listed


@PROJECT.rule(
    "R07",
    "warning",
    __doc__,
    "Name a campaign that has a slot of this type in one of its channels, or retire the component.",
)
def unusable_component(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    if not project.declared["campaign"]:  # R11 tells
        return
    defaults = project.defaults()
    for component in project.components.values():
        if component.tags.status != "retired" and component.address not in defaults and _is_read(project, component):
            yield from _unusable(project, component)


def _is_read(project: LoadedProject, component: AuthoredComponent) -> bool:
    """Return whether the campaigns and channels that a component names are there; what is not has its own finding."""
    tags = component.tags
    campaigns = project.declared["campaign"] if tags.campaigns == "all" else tags.campaigns
    return whole_campaigns(project) >= set(campaigns) and project.declared["channel"] >= set(tags.channels or ())


def _unusable(project: LoadedProject, component: AuthoredComponent) -> Iterator[Finding]:
    campaigns = [campaign for name, campaign in project.campaigns.items() if component.open_to(name)]
    taking = [campaign for campaign in campaigns if component.type in {slot.type for slot in campaign.slots.values()}]
    if not taking:
        yield _without_slot(component, campaigns)
    elif not any(_shares_channel(component, campaign) for campaign in taking):
        channels = sorted(set[str]().union(*(campaign.channels for campaign in taking)))
        message = f"none of the campaigns of {component.address} goes to its channels"
        yield Finding(component.tags.place("channels"), message, "their channels: " + ", ".join(channels))
    else:
        yield from _not_meant(project, component, taking)


def _without_slot(component: AuthoredComponent, campaigns: list[AuthoredCampaign]) -> Finding:
    place = component.tags.place("campaigns")
    if not campaigns:
        return Finding(place, f"{component.address} names no campaign", "name campaigns, or `all`")
    names = ", ".join(campaign.id for campaign in campaigns)
    types = sorted({slot.type for campaign in campaigns for slot in campaign.slots.values()})
    message = f"no slot takes the type {component.type} in the campaigns of {component.address}: {names}"
    return Finding(place, message, f"their slots take: {listed(types)}")


def _not_meant(
    project: LoadedProject, component: AuthoredComponent, campaigns: list[AuthoredCampaign]
) -> Iterator[Finding]:
    """The finding of a component that is only for people whom none of its campaigns is for."""
    keys = [_unshared(component, campaign) for campaign in campaigns]
    key = keys[0]
    if key is not None and None not in keys and all(names_its_audience(project, campaign) for campaign in campaigns):
        message = f"no campaign is for the {key} of {component.address}: {listed(getattr(component.tags, key))}"
        theirs = getattr(campaigns[0].audience, key)
        meant = f"is for {listed(theirs)}; name one of these" if theirs else f"is for nobody in {key}; leave them out"
        hint = f"{campaigns[0].id} {meant}, or add to its `audience`"
        yield Finding(component.tags.key_place(key), message, hint)


def _unshared(component: AuthoredComponent, campaign: AuthoredCampaign) -> str | None:
    """Return the tag of a component of which the audience of a campaign has nothing, if there is one."""
    for key in ("segments", "stages"):
        mine, theirs = getattr(component.tags, key), getattr(campaign.audience, key)
        if mine is not None and theirs is not None and {*mine}.isdisjoint(theirs):
            return key
    return None


def _shares_channel(component: AuthoredComponent, campaign: AuthoredCampaign) -> bool:
    channels = component.tags.channels
    return channels is None or not campaign.channels.keys().isdisjoint(channels)
