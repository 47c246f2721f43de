"""What a library leaves out, and whoever shows it asks: where its pictures come from, and who wrote its components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFacts:
    """What is known of a component: who owns it and why it is there, its last day, and its file.

    `paths` are all its files: that one, and those of its translations.
    """

    owner: str | None
    hypothesis: str | None
    review_by: date | None
    until: date | None
    path: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryBackground:
    """What is known of a library: of each picture that it shows its file below assets/ and the words on it, and the
    facts of every component of the project by its address."""

    pictures: Sequence[tuple[str, str]]
    components: Mapping[str, ComponentFacts]
