"""An e-mail or a page for a project: what the smallest project with that channel has, and this one lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.load.strict_yaml import read_yaml
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.settings import Settings
from assembler.authoring.scaffold.brand import COLOUR, Brand, Sender, colour, site
from assembler.authoring.scaffold.extended_project import SETTINGS, Addition, ExtendedProject
from assembler.authoring.scaffold.first_words import FIRST_TYPES, FirstWords
from assembler.authoring.scaffold.minimal import settings_text
from assembler.authoring.scaffold.names import said
from assembler.authoring.scaffold.palette import palette
from assembler.authoring.scaffold.pictures import brand_pictures
from assembler.authoring.scaffold.renditions import Copy, renditions
from assembler.library.parts import PARTS

_STRINGS: Final = "templates/strings.yaml"
_BODY: Final = '{{ slot("body") }}\n'
_CALL = re.compile(r'slot\("(\w+)"')
_FIELDS = re.compile(r"^  (\w+):", re.MULTILINE)


class HtmlChannel:
    """A channel of which the starter has the templates, to be added to a project: `email`, from a sender, or `page`."""

    def __init__(self, extended: ExtendedProject, name: str, sender: Sender, font: bytes) -> None:
        settings = extended.loaded.settings
        self._extended = extended
        self._name = name
        self._font = font
        self._brand = brand_of(settings, name, sender)
        self._model: Any = read_yaml(SETTINGS, settings_text(self._brand))[0]
        self._theme = {path: data.decode() for path, data in starter_files("templates") if f"/{name}/" in path}
        self._words = FirstWords(self._brand.locales, self._brand.name)
        self._new: dict[str, str | bytes] = {}

    def addition(self, campaigns: Sequence[AuthoredCampaign]) -> Addition:
        """Return the channel, to which campaigns go: each gets the slots, with default components, that a document
        of this kind must have."""
        self._add_settings()
        self._add_strings()
        layouts = [self._add_campaign(campaign) for campaign in campaigns]
        self._add_renditions(campaigns)
        if self._extended.loaded.settings.theme is None:
            self._add_theme(set(layouts))
        self._add_pictures()
        return Addition(self._new, self._extended.edited)

    def _add_settings(self) -> None:
        settings = self._extended.loaded.settings
        for key, value in self._model["brand"].items():
            if key not in settings.brand:
                self._extended.put(SETTINGS, "brand", value, key)
        if settings.assets is None:
            self._extended.put(SETTINGS, "assets", self._model["assets"]["base_url"], "base_url")
        self._extended.put(SETTINGS, "channels", self._model["channels"][self._name], self._name)
        for key, value in self._model["fields"].items():
            if key not in settings.fields:
                self._extended.put(SETTINGS, "fields", value, key)

    def _add_strings(self) -> None:
        """Add the fixed words that templates of the starter use and the project lacks."""
        if not self._extended.has(_STRINGS):
            self._new[_STRINGS] = self._words.strings_text()
            return
        strings = self._extended.loaded.strings
        for locale in self._words.spoken:
            for key, text in self._words.fixed(locale).items():
                if key not in strings.get(locale, {}):
                    self._extended.put(_STRINGS, locale, text, key)

    def _add_campaign(self, campaign: AuthoredCampaign) -> str:
        """Let a campaign go to the channel, with all that a document of it must show; return its layout."""
        path = campaign.source.path
        settings = self._extended.loaded.settings
        fixed = {"constant": True} if settings.segments or settings.stages else {}
        for type_ in FIRST_TYPES:
            if type_ not in campaign.slots:
                default = self._add_component(type_, campaign)
                self._extended.put(path, "slots", {"type": type_, "default": default, **fixed}, type_)
        layout = self._layout(campaign)
        self._extended.put(path, "channels", layout, self._name)
        return layout

    def _add_component(self, type_: str, campaign: AuthoredCampaign) -> str:
        """Add the component with which a slot begins, and its type; return its address."""
        kind = f"components/{type_}/_type.yaml"
        if type_ not in self._extended.loaded.declared["type"] and kind not in self._new:
            self._new |= starter_files(kind)
        names = (campaign.id, f"{campaign.id}_{self._name}", *(f"{campaign.id}_{self._name}_{n}" for n in range(2, 99)))
        taken = self._extended.loaded.declared["component"]
        address = next(f"{type_}/{name}" for name in names if f"{type_}/{name}" not in taken)
        self._new |= self._words.component_texts(address, campaign.id, self._brand.url)
        return address

    def _layout(self, campaign: AuthoredCampaign) -> str:
        """Return the layout of the starter that shows what a campaign has; one of its own, where there is none."""
        slots = {*FIRST_TYPES, *campaign.slots}
        layouts = {path.split("/")[2].partition(".")[0] for path in self._theme if path.endswith(".html.j2")}
        fitting = [name for name in sorted(layouts) if self._called(name) == slots]
        if fitting:
            return "note" if "note" in fitting else fitting[0]
        self._new |= self._own_layout(campaign)
        return campaign.id

    def _own_layout(self, campaign: AuthoredCampaign) -> Iterator[tuple[str, str]]:
        """Yield the parts of a layout that shows, behind the body, what else a campaign has."""
        more = [f'{{{{ slot("{slot}") }}}}\n' for slot in campaign.slots if slot not in FIRST_TYPES]
        for part in PARTS:
            text = self._theme.get(f"templates/{self._name}/note.{part}.j2")
            if text is not None:
                gap = "\n" if part == "text" else ""
                path = f"templates/{self._name}/{campaign.id}.{part}.j2"
                yield path, text.replace(_BODY, gap.join([_BODY, *more]))

    def _called(self, layout: str) -> set[str]:
        """Return the slots that a layout of the starter calls."""
        paths = (f"templates/{self._name}/{layout}.{part}.j2" for part in PARTS)
        return {slot for path in paths for slot in _CALL.findall(self._theme.get(path, ""))}

    def _add_renditions(self, campaigns: Sequence[AuthoredCampaign]) -> None:
        """Add how types look of which the starter has no rendition that would do."""
        heading = {slot.type for campaign in campaigns for name, slot in campaign.slots.items() if name == "headline"}
        envelope = self._model["channels"][self._name]["envelope"]
        for name, type_ in self._extended.loaded.types.items():
            if not self._suits(name):
                copy = Copy(body=type_.body, fields=type_.fields, heads=name in heading)
                texts = renditions(self._name, envelope, name, copy, self._theme)
                self._new |= {path: text for path, text in texts if not self._extended.has(path)}

    def _suits(self, type_: str) -> bool:
        """Return whether the starter's renditions of a type are such as the project's type of that name has fields
        for."""
        model = dict(_type_texts()).get(type_)
        specs = self._extended.loaded.types[type_]
        return model is not None and {*_FIELDS.findall(model)} - {"body"} <= specs.fields.keys()

    def _add_theme(self, layouts: set[str]) -> None:
        """Add the templates and style sheets of the starter that layouts need, to a project without a theme."""
        types = {*self._extended.loaded.types, *(path.split("/")[1] for path in self._new if "/_type." in path)}
        for path, text in self._theme.items():
            _, _, *folder, file = path.split("/")
            stem = file.partition(".")[0]
            wanted = stem in types if folder else stem in layouts or stem.startswith("_") or file.endswith(".css")
            if wanted and path not in self._new and not self._extended.has(path):
                self._new[path] = text

    def _add_pictures(self) -> None:
        """Add the pictures that are named and not there."""
        brand = {**self._model["brand"], **self._extended.loaded.settings.brand}
        logo = brand["logo"] if isinstance(brand["logo"], Mapping) else {}
        named = {logo.get("file"), logo.get("dark"), brand["card"]}
        if any(path.startswith("components/image/") for path in self._new):
            named.add("picture.png")
        for path, data in brand_pictures(self._brand.name, palette(self._brand.colour), self._font).items():
            if path.removeprefix("assets/") in named and not self._extended.has(path):
                self._new[path] = data


def brand_of(settings: Settings, channel: str, sender: Sender) -> Brand:
    """Return what is known of a project's brand, for a channel of it."""
    name, address = settings.brand.get("name"), settings.brand.get("url")
    name = name if isinstance(name, str) else said(settings.name).title()
    return Brand(
        name=name,
        locales=settings.locales,
        colour=_colour_of(settings.brand),
        url=address.rstrip("/") if isinstance(address, str) else site(name),
        channels=(channel,),
        sender=sender,
    )


def _colour_of(brand: Mapping[str, Any]) -> str:
    """Return the colour of a brand from which others can be made."""
    tokens = brand.get("colour")
    try:
        return colour(str(tokens["spark"]) if isinstance(tokens, Mapping) and "spark" in tokens else COLOUR)
    except ValueError:
        return COLOUR


def _type_texts() -> Iterator[tuple[str, str]]:
    """Yield the types of the starter, each with its file."""
    for path, data in starter_files("components"):
        if path.endswith("/_type.yaml"):
            yield path.split("/")[1], data.decode()
