"""Templates and style sheets of the theme, copied into a project to be edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assembler.authoring.load.starter import theme_texts
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.scaffold.extended_project import Addition
from assembler.authoring.scaffold.refused import Refused

FOLDER: Final = "templates/"


def theme_of(loaded: LoadedProject) -> Mapping[str, str]:
    """Return what a project's theme has for it, by its place below templates/. Raises `Refused` where it has none."""
    if loaded.settings.theme is None:
        raise Refused("the project has no theme: every template that it uses is below templates/")
    texts = theme_texts(loaded.declared["channel"], loaded.declared["type"])
    return {path.removeprefix(FOLDER): text for path, text in texts.items()}


def copied(theme: Mapping[str, str], names: Iterable[str]) -> Addition:
    """Return copies of some of what a theme has."""
    return Addition({f"{FOLDER}{name}": theme[name] for name in names})
