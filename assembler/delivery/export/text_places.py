"""Where in a document the characters of a text stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assembler.delivery.export.neutral import TextPlace
from assembler.library.parts import PARTS

_EDGE = re.compile(r"<style\b|</style\b|<script\b[^>]*>|</script\b", re.IGNORECASE)
_STRING = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?", re.DOTALL)
_WHOLE: Final[Mapping[str, TextPlace]] = {"html": "html", "json": "json"}
"""By the syntax of a part; in any other it is a line."""


def place_of_part(part: str) -> TextPlace:
    """Return the place at which a part begins."""
    return _WHOLE.get(PARTS[part].syntax, "line")


def runs(words: str, part: str, place: TextPlace) -> Iterator[tuple[str, TextPlace]]:
    """Yield the words of a part in runs that stand in one place, the first of them in `place`; the last run, which may
    be empty, says where the part goes on."""
    start = 0
    for edge in _EDGE.finditer(words) if part == "html" else ():
        yield words[start : edge.end()], place
        start, place = edge.end(), _after(edge[0].lower())
    yield words[start:], place


def _after(tag: str) -> TextPlace:
    if tag.startswith("</"):
        return "html"
    if tag.startswith("<style"):
        return "css"
    return "json" if "application/ld+json" in tag else "line"


def is_in_string(css: str, offset: int) -> bool:
    """Return whether a character of a style sheet is part of a string."""
    return any(
        string.start() <= offset < string.end() and not string[0].startswith("/") for string in _STRING.finditer(css)
    )
