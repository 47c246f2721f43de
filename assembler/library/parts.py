"""The parts that a channel may have, in their order: one table of what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple


class Part(NamedTuple):
    """What a part is written in (a `line` is text without line breaks), how its files end, and its media type."""

    syntax: Literal["line", "html", "text", "json"]
    extension: str
    media_type: str


_TEXT: Final = ("txt", "text/plain")

PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "subject": Part("line", *_TEXT),
        "preheader": Part("line", *_TEXT),
        "html": Part("html", "html", "text/html"),
        "text": Part("text", *_TEXT),
        "json": Part("json", "json", "application/json"),
    }
)
"""Every part by its name. All are in UTF-8."""
