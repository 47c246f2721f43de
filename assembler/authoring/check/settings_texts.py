"""What is said to readers beside components: the values of the brand, and the addresses of channels."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.diagnostics import Place
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import KeyPath

__all__ = ["settings_texts"]


def settings_texts(settings: Settings) -> Iterator[tuple[Place, str]]:
    """The place of each such text, and the text."""
    values: list[tuple[KeyPath, object]] = [(("brand",), settings.brand)]
    values += [(("channels", name, "address"), each.address) for name, each in settings.channels.items()]
    while values:
        path, value = values.pop()
        if isinstance(value, dict):
            values += [((*path, key), each) for key, each in value.items()]
        elif isinstance(value, tuple | list):
            values += [((*path, index), each) for index, each in enumerate(value)]
        elif isinstance(value, str):
            yield settings.place(*path), value
