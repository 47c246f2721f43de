"""What is said to readers beside components: strings.yaml, the values of the brand, and the addresses of channels."""

from __future__ import annotations

from collections.abc import Iterator

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
    values: list[tuple[KeyPath, object]] = [(("brand",), settings.brand)]
    values += [(("channels", name, "address"), channel.address) for name, channel in settings.channels.items()]
    while values:
        path, value = values.pop()
        if isinstance(value, dict):
            values += [((*path, key), below) for key, below in value.items()]
        elif isinstance(value, tuple | list):
            values += [((*path, index), below) for index, below in enumerate(value)]
        elif isinstance(value, str):
            yield settings.place(*path), value
