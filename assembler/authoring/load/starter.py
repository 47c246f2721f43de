"""The starter that comes with Assembler: its files, and its templates as the theme of other projects."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.authoring.load.files import PLACES, is_leftover
from assembler.authoring.load.project_files import ProjectFiles

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_CODE: Final = ".py"
"""What the starter's images are drawn by is none of its files."""


def starter_files(*places: str) -> Iterator[tuple[str, bytes]]:
    """Yield the starter's files by their paths, of all its places or of some: in the package or, in a checkout, beside
    it."""
    from importlib.resources import files

    package = files("assembler")
    root = package / "starter"
    if not root.is_dir():
        root = Path(str(package)).parent
    for place in places or PLACES:
        yield from _below(root.joinpath(*place.split("/")), place)


def _below(entry: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if not entry.is_dir():
        yield path, entry.read_bytes()
        return
    for child in entry.iterdir():
        if not is_leftover(child.name) and not child.name.endswith(_CODE):
            yield from _below(child, f"{path}/{child.name}")


def theme_texts(channels: Collection[str], types: Collection[str]) -> dict[str, str]:
    """Return the starter's templates and style sheets for these channels and component types, by their paths."""
    files = starter_files("templates")
    return {path: data.decode() for path, data in files if _serves(path.split("/")[1:], channels, types)}


def with_theme(read: ProjectFiles, channels: Collection[str], types: Collection[str]) -> ProjectFiles:
    """Return what was read of a project, and the theme below it: a file of the project stands for the one with its
    path."""
    texts = theme_texts(channels, types)
    theme = {path: text for path, text in texts.items() if path not in read.unread}
    return replace(read, texts=theme | read.texts, of_theme=theme.keys() - read.texts.keys())


def _serves(path: list[str], channels: Collection[str], types: Collection[str]) -> bool:
    """Return whether a template, by what its path has below templates/, is one of some channels, and not the rendition
    of a type that is not among some."""
    channel, *folders, file = path if len(path) > 1 else ("", *path)
    return channel in channels and (not folders or file.partition(".")[0] in types)
