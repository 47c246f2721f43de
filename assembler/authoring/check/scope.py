"""What rules judge one by one, and the keys of these things.

What was found about a thing stays true while its key is the same: a key names all that a rule can see of the thing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assembler.authoring.check.copy import Copy, copy_of
from assembler.authoring.check.pages.page import Envelope, Page
from assembler.authoring.check.rule import Scope, Subject
from assembler.authoring.check.word_similarity import Wording
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.component_type import ComponentType
from assembler.authoring.project.project import LoadedProject
from assembler.runtime.choose import SlotPlan, slot_plans

__all__ = [
    "CAMPAIGNS",
    "COMPONENTS",
    "EVERY_COMPONENT",
    "MAILS",
    "PAGES",
    "SURROUNDINGS",
    "TAGS",
    "TYPES",
    "WEB_PAGES",
    "CampaignUnit",
    "ComponentUnit",
    "TypeUnit",
]


@dataclass(frozen=True, eq=False)
class ComponentUnit:
    """A component by itself; the project around it has none."""

    component: AuthoredComponent
    around: LoadedProject
    today: date

    @property
    def type(self) -> ComponentType:
        """What its type has."""
        return self.around.types[self.component.type]

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """Every text of it, translations among them."""
        return tuple(copy_of(self.component))


@dataclass(frozen=True, slots=True, eq=False)
class TypeUnit:
    """The components of one type that may be assembled, by their addresses; the project has no others."""

    components: dict[str, AuthoredComponent]
    project: LoadedProject
    wording: Wording


@dataclass(frozen=True, slots=True, eq=False)
class CampaignUnit:
    """A campaign and all that can stand in it. Of the subject a rule looks at nothing that belongs to others."""

    campaign: str
    subject: Subject

    @property
    def plans(self) -> Iterator[SlotPlan]:
        """The plan of each of its channels and locales."""
        return slot_plans(self.subject.compiled.content, [self.campaign])


def _components(subject: Subject) -> Iterator[tuple[Hashable, ComponentUnit]]:
    return (unit for unit in subject.units(EVERY_COMPONENT) if unit[1].component.ready)


def _every_component(subject: Subject) -> Iterator[tuple[Hashable, ComponentUnit]]:
    around = replace(subject.project, components={})
    for component in subject.project.components.values():
        yield (subject.surroundings, component.digest), ComponentUnit(component, around, subject.today)


def _types(subject: Subject) -> Iterator[tuple[Hashable, TypeUnit]]:
    by_type: dict[str, dict[str, AuthoredComponent]] = {}
    for component in subject.ready:
        by_type.setdefault(component.type, {})[component.address] = component
    for components in by_type.values():
        digests = tuple(each.digest for each in components.values())
        project = replace(subject.project, components=components)
        yield (subject.surroundings, digests), TypeUnit(components, project, subject.wording)


def _campaigns(subject: Subject) -> Iterator[tuple[Hashable, CampaignUnit]]:
    for name, campaign in subject.project.campaigns.items():
        defaults = {slot.component for slot in campaign.slots.values()}
        here = tuple(
            each.digest
            for each in subject.project.components.values()
            if each.address in defaults or (each.ready and each.open_to(name))
        )
        yield (subject.surroundings, name, here), CampaignUnit(name, subject)


def _tags(subject: Subject) -> Iterator[tuple[Hashable, Subject]]:
    heads = tuple((each.address, each.head, *each.words) for each in subject.project.components.values())
    yield (subject.surroundings, heads), subject


def _pages(*envelopes: Envelope) -> Scope[Page]:
    def units(subject: Subject) -> Iterator[tuple[Hashable, Page]]:
        pages = subject.pages
        around = subject.surroundings, pages.lacks_pictures, tuple(pages.pictures.items())
        for page in pages.of(*envelopes):
            where = page.campaign, page.channel_name, page.locale
            yield (around, where, tuple(each.digest for each in page.components)), page

    return Scope(units)


EVERY_COMPONENT = Scope(_every_component)
"""Each component: its files, and whatever is no component."""

SURROUNDINGS = Scope(lambda subject: [(subject.surroundings, subject)])
"""The project, but nothing of its components."""

COMPONENTS = Scope(_components)
"""Each component that may be assembled."""

TYPES = Scope(_types)
"""The components of each type that may be assembled, together."""

CAMPAIGNS = Scope(_campaigns)
"""Each campaign, with all that can stand in it."""

TAGS = Scope(_tags)
"""The whole project, but of components no more than front matter, and which files there are."""

MAILS = _pages("email")
"""Each campaign in each mail channel and locale, with all that can stand in it."""

WEB_PAGES = _pages("web")
"""The same in channels of pages."""

PAGES = _pages("email", "web", "none")
"""The same in every channel."""
