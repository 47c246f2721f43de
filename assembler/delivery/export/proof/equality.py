"""Whether what an engine made is what the library makes: byte by byte, or as a reader of the document sees it."""

from __future__ import annotations

import html
import re
from typing import Final

from assembler.delivery.export.neutral import TextPlace

_ESCAPED = re.compile(r"\\u00([0-9a-f]{2})|\\([0-9a-f]{2}) ")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AFTER_BRACE = re.compile(r"\{ ")

EQUAL: Final = "equal"
AFTER_REFERENCES: Final = "after_references"


def equality(actual: str, wanted: str, place: TextPlace) -> str | None:
    """Return how two parts, which begin in a place, are the same: as they are, or after character references and
    escapes are read, which a line has none of; None where they are not. What has a meaning in HTML is never the same as
    a reference to it."""
    if actual == wanted:
        return EQUAL
    return AFTER_REFERENCES if place != "line" and _read(actual, place) == _read(wanted, place) else None


def _read(text: str, place: TextPlace) -> str:
    read = _REFERENCE.sub(_referred, text) if place == "html" else text
    read = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), read)
    return _AFTER_BRACE.sub("{", read.replace("\\\\", "\\"))


def _referred(match: re.Match[str]) -> str:
    """The character of a reference; of one that has a meaning, a reference in one notation."""
    character = html.unescape(match[0])
    return f"&#{ord(character)};" if len(character) == 1 and character in "<>&\"'" else character


def differing(actual: str, wanted: str) -> tuple[str, str]:
    """Return where two texts differ first, with a few characters around."""
    at = next((n for n, (one, other) in enumerate(zip(actual, wanted, strict=False)) if one != other), None)
    start = max(0, (min(len(actual), len(wanted)) if at is None else at) - 10)
    return actual[start : start + 40], wanted[start : start + 40]
