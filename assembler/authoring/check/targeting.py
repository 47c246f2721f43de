"""Whom components are for: the tags that say it, and the components that are not for everybody."""

from __future__ import annotations

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent, Tags


def targeting_place(tags: Tags) -> Place:
    """Return where the first of the tags stands that say whom a component is for: its segments, stages or campaigns."""
    return tags.key_place(
        "segments" if tags.segments is not None else "stages" if tags.stages is not None else "campaigns"
    )


def targeted_by_type(checked: CheckedProject) -> dict[str, list[AuthoredComponent]]:
    """The ready components, by their type, that are for some people only and the default of no slot."""
    defaults = checked.project.defaults()
    by_type: dict[str, list[AuthoredComponent]] = {}
    for component in checked.ready:
        if component.tags.targeted and component.address not in defaults:
            by_type.setdefault(component.type, []).append(component)
    return by_type
