"""What a component inherits from its campaigns and segments, and what is known of it with that."""

from __future__ import annotations

from datetime import date
from itertools import filterfalse

from assembler.authoring.check.missing_keys import is_nothing
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.library_background import ComponentFacts
from assembler.authoring.project.project import LoadedProject


def inherited(project: LoadedProject, component: AuthoredComponent, key: str) -> object:
    """The component's own `owner`, `hypothesis` or `review_by`, or the nearest that it inherits; None: nobody's.

    It inherits from its campaign if it names exactly one, then from such a segment, then from any that it names.
    """
    tags = component.tags
    campaigns = [campaign for name, campaign in project.campaigns.items() if component.open_to(name)]
    segments = [segment for segment in project.settings.segments if segment.id in (tags.segments or ())]
    only_campaign = campaigns if tags.campaigns != "all" and len(tags.campaigns) == 1 else []
    only_segment = segments if len(tags.segments or ()) == 1 else []
    nearest = (tags, *only_campaign, *only_segment, *campaigns, *segments)
    return next(filterfalse(is_nothing, (getattr(noun, key) for noun in nearest)), None)


def component_facts(project: LoadedProject) -> dict[str, ComponentFacts]:
    """Return what is known of every component, by its address."""
    return {address: _facts(project, component) for address, component in project.components.items()}


def _facts(project: LoadedProject, component: AuthoredComponent) -> ComponentFacts:
    owner, hypothesis, review_by = (inherited(project, component, key) for key in ("owner", "hypothesis", "review_by"))
    return ComponentFacts(
        owner=owner if isinstance(owner, str) else None,
        hypothesis=hypothesis if isinstance(hypothesis, str) else None,
        review_by=review_by if isinstance(review_by, date) else None,
        until=component.tags.valid_until,
        path=component.original.source.path,
        paths=tuple(words.source.path for words in component.words.values()),
    )
