"""What is said to readers beside components: strings.yaml, the values of the brand, and the addresses of channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import KeyPath

STRINGS_PATH = "templates/strings.yaml"


def string_texts(project: LoadedProject) -> Iterator[tuple[str, Place, str]]:
    """The locale, place and text of every word of strings.yaml."""
    for locale, texts in project.strings.items():
        for key, text in texts.items():
            yield locale, project.strings_place(locale, key), text


def settings_texts(settings: Settings) -> Iterator[tuple[Place, str]]:
    """The place and text of every value of the brand, and of every channel's address."""
    addresses = {name: {"address": channel.address} for name, channel in settings.channels.items()}
    for path, text in texts_below({"brand": settings.brand, "channels": addresses}):
        yield settings.place(*path), text


def texts_below(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """The texts in nested mappings and lists, with the path to each."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping | Sequence):
        for key, below in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from texts_below(below, (*path, key))
