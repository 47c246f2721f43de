"""What is said of a component by its campaigns and segments, and what nobody says."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Subject
from assembler.authoring.project.authored import Authored
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Segment
from assembler.library.values import is_blank

__all__ = ["inherited", "is_nothing", "lacks", "parents"]


def parents(project: LoadedProject, component: AuthoredComponent) -> Iterator[AuthoredCampaign | Segment]:
    """What a component inherits from, the nearest first.

    Its campaign if it names exactly one, then its segment if it names exactly one, then any that it names.
    """
    campaigns = [each for name, each in project.campaigns.items() if component.open_to(name)]
    segments = [each for each in project.settings.segments if each.id in (component.tags.segments or ())]
    for group, named in ((campaigns, component.tags.campaigns), (segments, component.tags.segments or ())):
        yield from group if named != "all" and len(named) == 1 else ()
    yield from campaigns
    yield from segments


def inherited(project: LoadedProject, component: AuthoredComponent, key: str) -> object:
    """The component's own `owner`, `hypothesis` or `review_by`, or the nearest that it inherits; None: nobody's."""
    for each in (component.tags, *parents(project, component)):
        value = getattr(each, key)
        if not is_nothing(value):
            return value
    return None


def lacks(subject: Subject, noun: Authored, key: str, attribute: str | None = None) -> bool:
    """Whether a key has no value, or a blank one. A value that could not be read is not lacking."""
    if not is_nothing(getattr(noun, attribute or key)):
        return False
    misread = {finding.place for finding in subject.project.findings.of("R02")}
    return not (noun.written(key) and noun.place(key) in misread)


def is_nothing(value: object) -> bool:
    """Whether a value is missing or blank."""
    return value is None or (isinstance(value, str) and is_blank(value))
