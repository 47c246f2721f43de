"""A component type, and how it looks in every channel of a project."""

from __future__ import annotations

from typing import Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.scaffold.extended_project import Addition, ExtendedProject
from assembler.authoring.scaffold.names import new_name
from assembler.authoring.scaffold.renditions import Copy, renditions

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
    text = f"body: {kind}\nmax_length: {max_length or _LENGTH}\n"
    files: dict[str, str | bytes] = {path: text}
    for channel, settings in extended.loaded.settings.channels.items():
        files |= renditions(channel, settings.envelope, name, Copy(body=kind), theme)
    return Addition(files)
