"""What rules judge one by one, the units of a scope, and what each unit depends on.

What was found about a unit stays true while all that it depends on is the same: what is named here, and the
surroundings, which are whatever is no component, and the day. So a rule looks at nothing that its scope does not name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from assembler.authoring.check.copy import copy_of
from assembler.authoring.check.pages.page import Envelope, Page, Pages
from assembler.authoring.check.rule import CheckedProject, Scope
from assembler.authoring.check.slots import channel_slots
from assembler.authoring.check.word_similarity import Wording
from assembler.authoring.compile.candidates import may_fill
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.component import AuthoredComponent, FieldValue
from assembler.authoring.project.component_type import ComponentType
from assembler.authoring.project.project import LoadedProject
from assembler.runtime.choose import SlotPlan


@dataclass(frozen=True, eq=False)
class ComponentUnit:
    """A component by itself; the project around it has none."""

    component: AuthoredComponent
    around: LoadedProject
    today: date
    slots: Callable[[str], Mapping[str, Sequence[str]]]
    """The slots that stand in each channel of a campaign, which is given by its name."""

    @property
    def type(self) -> ComponentType:
        """What its type has."""
        return self.around.types[self.component.type]

    @cached_property
    def copies(self) -> tuple[FieldValue, ...]:
        """Every text of it, translations among them."""
        return tuple(copy_of(self.component))

    @cached_property
    def channels(self) -> tuple[str, ...]:
        """The channels in which it can stand, in the order of the project's."""
        defaults = self.around.defaults().keys()
        channels: set[str] = set()
        for campaign in self.around.campaigns.values():
            fills = {name for name in campaign.slots if may_fill(self.component, campaign, name, defaults)}
            if fills:
                channels.update(
                    name for name, called in self.slots(campaign.id).items() if not fills.isdisjoint(called)
                )
        return tuple(
            name for name in self.around.settings.channels if name in channels and self.component.shown_in(name)
        )

    def locale_of(self, copy: FieldValue) -> str:
        """The locale of the file that one of these texts stands in."""
        return next(locale for locale, words in self.component.words.items() if words.source is copy.source)


@dataclass(frozen=True, slots=True, eq=False)
class TypeUnit:
    """The components of one type that may be assembled, by their addresses; the project has no others."""

    components: dict[str, AuthoredComponent]
    project: LoadedProject
    wording: Wording


@dataclass(frozen=True, slots=True, eq=False)
class CampaignUnit:
    """A campaign and all that can stand in it. Its key names nothing of others, so a rule looks at nothing of them."""

    campaign: str
    checked: CheckedProject

    @property
    def plans(self) -> Iterator[SlotPlan]:
        """The plan of each of its channels and locales."""
        return (plan for plan in self.checked.plans if plan.campaign == self.campaign)


def _every_component(checked: CheckedProject) -> Iterator[tuple[object, ComponentUnit]]:
    around = replace(checked.project, components={})
    slots = cache(lambda name: channel_slots(checked, checked.project.campaigns[name]))
    for component in checked.project.components.values():
        yield component.digest, ComponentUnit(component, around, checked.today, slots)


def _components(checked: CheckedProject) -> Iterator[tuple[object, ComponentUnit]]:
    return (unit for unit in checked.units(EVERY_COMPONENT) if unit[1].component.ready)


def _types(checked: CheckedProject) -> Iterator[tuple[object, TypeUnit]]:
    by_type: dict[str, dict[str, AuthoredComponent]] = {}
    for component in checked.ready:
        by_type.setdefault(component.type, {})[component.address] = component
    for components in by_type.values():
        digests = [component.digest for component in components.values()]
        yield digests, TypeUnit(components, replace(checked.project, components=components), checked.wording)


def _campaigns(checked: CheckedProject) -> Iterator[tuple[object, CampaignUnit]]:
    # What a picture leaves empty is seen in documents; it may be one that want of memory alone makes unusable.
    unusable = sorted((finding.place, finding.message) for finding in checked.compiled.findings.of("A01"))
    for name, campaign in checked.project.campaigns.items():
        defaults = {slot.component for slot in campaign.slots.values()}
        digests = [
            component.digest
            for component in checked.project.components.values()
            if component.address in defaults or (component.ready and component.open_to(name))
        ]
        yield (name, digests, unusable), CampaignUnit(name, checked)


def _tags(checked: CheckedProject) -> Iterator[tuple[object, CheckedProject]]:
    components = checked.project.components.values()
    yield [(component.address, component.head, *component.words) for component in components], checked


def _pages(name: str, *envelopes: Envelope) -> Scope[Page]:
    return _of_pages(name, lambda pages: pages.of(*envelopes))


def _of_pages(name: str, choose: Callable[[Pages], Iterable[Page]]) -> Scope[Page]:
    def units(checked: CheckedProject) -> Iterator[tuple[object, Page]]:
        pages = checked.pages
        pictures = fingerprint(pages.lacks_pictures, pages.pictures)
        for page in choose(pages):
            where = page.campaign, page.channel_name, page.locale
            yield (pictures, where, [component.digest for component in page.components]), page

    return Scope(name, units)


EVERY_COMPONENT = Scope("every component", _every_component)
"""Each component: its files, and whatever is no component."""

SURROUNDINGS = Scope("surroundings", lambda checked: [((), checked)])
"""The project, but nothing of its components."""

READY_COMPONENTS = Scope("components", _components)
"""Each component that may be assembled."""

TYPES = Scope("types", _types)
"""The components of each type that may be assembled, together."""

CAMPAIGNS = Scope("campaigns", _campaigns)
"""Each campaign, with all that can stand in it."""

FRONT_MATTER = Scope("tags", _tags)
"""The whole project, but of components no more than front matter, and which files there are."""

MAILS = _pages("mails", "email")
"""Each campaign in each mail channel and locale, with all that can stand in it."""

WEB_PAGES = _pages("web pages", "web")
"""The same in channels of pages."""

PAGES = _pages("pages", "email", "web", "none")
"""The same in every channel."""

JSON_PARTS = _of_pages("json parts", lambda pages: pages.with_part("json"))
"""Each campaign in each channel with a JSON part and each locale, with all that can stand in it."""

MESSAGES = _of_pages("messages", lambda pages: pages.messages)
"""Each campaign in each channel of text alone and each locale, with all that can stand in it."""
