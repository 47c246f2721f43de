"""The whole of a project as it was read: nouns, texts and images, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from assembler.authoring.diagnostics import THEME, Findings, Place
from assembler.authoring.project.campaign import AuthoredCampaign, AuthoredSlot
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.component_type import ComponentType
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.library.parts import PARTS
from assembler.runtime.moment import EPOCH


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A template: `name` is a layout, or a component type where `rendition` says so."""

    source: Source
    channel: str
    name: str
    part: str
    rendition: bool


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LoadedProject:
    """A project as read. `assets` holds the bytes of every file below assets/, by its path there; `of_theme` the paths
    of the templates and style sheets that come with Assembler, `unread` those of files that are there and cannot be
    read, so that nobody is told to write them.

    `declared` holds the names that stand in the project by kind (segment, stage, signal, field, campaign, channel,
    component, type), those of unreadable things among them, so that one fault is not reported as many.
    """

    settings: Settings
    campaigns: Mapping[str, AuthoredCampaign]
    types: Mapping[str, ComponentType]
    components: Mapping[str, AuthoredComponent]
    templates: Mapping[str, Template]
    styles: Mapping[str, Source]
    strings: Mapping[str, Mapping[str, str]]
    assets: Mapping[str, bytes]
    of_theme: Set[str]
    unread: Set[str]
    sources: Mapping[str, Source] = field(repr=False)
    declared: Mapping[str, frozenset[str]]
    findings: Findings

    def layout(self, channel: str, name: str) -> dict[str, Template]:
        """Return the templates of a layout by part, in the order of PARTS."""
        templates = {part: self.templates.get(f"templates/{channel}/{name}.{part}.j2") for part in PARTS}
        return {part: template for part, template in templates.items() if template is not None}

    def to_edit(self, path: str) -> str:
        """Return how a hint names a template that is to be edited: one of the theme must be copied first."""
        return f"{path} (first {self._copying(path)} copies it there)" if path in self.of_theme else path

    def shown_path(self, path: str) -> str:
        """Return how a finding names a file: one of the theme, which is not among the project's, as `theme:` says."""
        return path.replace("templates/", THEME, 1) if path in self.of_theme else path

    def owning(self, path: str) -> str | None:
        """Return what a hint says of how a file of the theme is changed; None of a file of the project."""
        return f"to change it, {self._copying(path)} copies it into the project" if path in self.of_theme else None

    def _copying(self, path: str) -> str:
        return f"`assembler new template {path.removeprefix('templates/')}`"

    def rendition(self, channel: str, type_name: str, part: str) -> Template | None:
        """Return the template of a component type in a channel and part."""
        return self.templates.get(f"templates/{channel}/components/{type_name}.{part}.j2")

    def other_sources(self) -> Iterator[Source]:
        """Yield every text file but those of the components that could be read."""
        components = {words.source.path for component in self.components.values() for words in component.words.values()}
        return (source for path, source in self.sources.items() if path not in components)

    def slots(self) -> Iterator[tuple[AuthoredCampaign, str, AuthoredSlot]]:
        """Yield every slot of every campaign with its name."""
        for campaign in self.campaigns.values():
            for name, slot in campaign.slots.items():
                yield campaign, name, slot

    def defaults(self) -> dict[str, list[tuple[AuthoredCampaign, str, AuthoredSlot]]]:
        """Return the slots that each default component is the default of, by its address."""
        slots: dict[str, list[tuple[AuthoredCampaign, str, AuthoredSlot]]] = {}
        for campaign, name, slot in self.slots():
            if slot.component is not None:
                slots.setdefault(slot.component, []).append((campaign, name, slot))
        return slots

    def strings_place(self, *keys: str) -> Place:
        """Return where a word of strings.yaml stands, or should."""
        path = "templates/strings.yaml"
        return self.sources[path].value(*keys) if path in self.sources else Place(path)

    def start_of(self, day: date) -> int:
        """Return the start of a day in the project's time zone, in microseconds since 1970 in UTC."""
        start = datetime.combine(day, time(), tzinfo=self.settings.zone)
        return (start - EPOCH) // timedelta(microseconds=1)

    def end_of(self, day: date | None) -> int | None:
        """Return the end of a day, likewise; None for no day, and after the last day that a calendar has."""
        return None if day is None or day == date.max else self.start_of(day + timedelta(days=1))
