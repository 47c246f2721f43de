"""A component type, and how it looks in every channel of a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.scaffold.extended_project import Addition, ExtendedProject
from assembler.authoring.scaffold.names import new_name
from assembler.authoring.scaffold.renditions import rendition
from assembler.library.parts import PARTS

_LENGTH: Final = 120


def new_type(extended: ExtendedProject, name: str, body: str | None, max_length: int | None) -> Addition:
    """Return a component type: that of the project's theme, where it knows one and nothing else is said of it. Raises
    `Refused` where it cannot have its name."""
    new_name("type", name, extended.loaded.declared["type"])
    path = f"components/{name}/_type.yaml"
    theme = dict(starter_files()) if extended.loaded.settings.theme else {}
    if path in theme and body is None and max_length is None:
        return Addition({path: theme[path]})
    kind = body or "text"
    files = {path: f"body: {kind}\nmax_length: {max_length or _LENGTH}\n"}
    return Addition(files | dict(_renditions(extended, name, kind, theme)))


def _renditions(
    extended: ExtendedProject, name: str, body: str, theme: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Yield the templates of a new type, by path; those of a theme, which are of another type, are stood for."""
    for channel, settings in extended.loaded.settings.channels.items():
        for part in PARTS:
            path = f"templates/{channel}/components/{name}.{part}.j2"
            text = rendition(part, settings.envelope, body)
            if text is not None or path in theme:
                yield path, text or "{{ body }}\n"
