"""What a component inherits from its campaigns and segments."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import is_nothing
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Segment


def inherited(project: LoadedProject, component: AuthoredComponent, key: str) -> object:
    """The component's own `owner`, `hypothesis` or `review_by`, or the nearest that it inherits; None: nobody's."""
    for noun in (component.tags, *_parents(project, component)):
        value = getattr(noun, key)
        if not is_nothing(value):
            return value
    return None


def _parents(project: LoadedProject, component: AuthoredComponent) -> Iterator[AuthoredCampaign | Segment]:
    """What a component inherits from, the nearest first.

    Its campaign if it names exactly one, then its segment if it names exactly one, then any that it names.
    """
    tags = component.tags
    campaigns = [campaign for name, campaign in project.campaigns.items() if component.open_to(name)]
    segments = [segment for segment in project.settings.segments if segment.id in (tags.segments or ())]
    if tags.campaigns != "all" and len(tags.campaigns) == 1:
        yield from campaigns
    if len(tags.segments or ()) == 1:
        yield from segments
    yield from campaigns
    yield from segments
