"""A part of many variants at once, in no provider's words: texts, a person's values, and switches between branches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assembler.library.records import Encoder

TextPlace = Literal["html", "css", "json", "line"]
"""Where a text stands: in HTML, in a style element, in JSON, or in a line, where nothing can be written otherwise."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the library has them. `origin` is the component that they are of, None for the layout."""

    words: str
    place: TextPlace
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A place for the value of a merge field."""

    field: str
    encoder: Encoder
    fallback: Text


@dataclass(frozen=True, slots=True)
class Case:
    """What stands in a switch for people with one of some tokens."""

    tokens: tuple[str, ...]
    content: Nodes


@dataclass(frozen=True, slots=True)
class Switch:
    """A place that depends on a person's token. Whoever has none of those gets what stands there `otherwise`."""

    cases: tuple[Case, ...]
    otherwise: Nodes


Node = Text | Value | Switch
Nodes = tuple[Node, ...]
