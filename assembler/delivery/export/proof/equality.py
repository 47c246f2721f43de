"""Whether what an engine made is what the library makes: byte by byte, or as a reader of the document sees it."""

from __future__ import annotations

import html
import re
from typing import Final

_ESCAPED = re.compile(r"\\u00([0-9a-f]{2})|\\([0-9a-f]{2}) ")
_AFTER_BRACE = re.compile(r"\{ ")

EQUAL: Final = "equal"
AFTER_REFERENCES: Final = "after_references"


def equality(actual: str, wanted: str) -> str | None:
    """Return how two texts are the same: as they are, or after character references and escapes are read; None where
    they are not."""
    if actual == wanted:
        return EQUAL
    return AFTER_REFERENCES if _read(actual) == _read(wanted) else None


def _read(text: str) -> str:
    read = _ESCAPED.sub(lambda match: chr(int(match[1] or match[2], 16)), html.unescape(text))
    return _AFTER_BRACE.sub("{", read.replace("\\\\", "\\"))


def differing(actual: str, wanted: str) -> tuple[str, str]:
    """Return where two texts differ first, with a few characters around."""
    at = next((n for n, (one, other) in enumerate(zip(actual, wanted, strict=False)) if one != other), None)
    start = max(0, (min(len(actual), len(wanted)) if at is None else at) - 10)
    return actual[start : start + 40], wanted[start : start + 40]
