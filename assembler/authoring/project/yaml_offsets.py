"""How YAML writes texts: where each character of one stands in its file."""

from __future__ import annotations

from typing import Final

_BLANK: Final = frozenset(" \t\n")
_ESCAPES: Final = {"x": 4, "u": 6, "U": 10}
"""How many characters a character takes that is written as its number."""


def written_at(text: str, file: str, start: int) -> list[int]:
    """Return the offset in a file of each character of a text that is written from `start` on, as far as that can be
    told.

    The text may be plain, quoted, or a block; lines may be folded.
    """
    quote = file[start : start + 1] if file[start : start + 1] in ("'", '"') else ""
    at = start + len(quote)
    if file[start : start + 1] in ("|", ">"):
        at = file.find("\n", start) + 1
    offsets: list[int] = []
    for character in text:
        at = _next(character, quote, file, at)
        length = _length(character, quote, file, at)
        if length == 0:
            break
        offsets.append(at)
        at += length
    return offsets


def _next(character: str, quote: str, file: str, at: int) -> int:
    """Return where a character may be written at the earliest: after an indentation, or a line's end that is none."""
    while at < len(file):
        if quote == '"' and file.startswith("\\\n", at):
            at += 2
        elif file[at] not in _BLANK or character in _BLANK:
            break
        at += 1
    return at


def _length(character: str, quote: str, file: str, at: int) -> int:
    """Return how many characters of the file are written for one of the text there; 0 where another is."""
    here = file[at : at + 2]
    if quote == '"' and here.startswith("\\"):
        return _ESCAPES.get(here[1:], 2)
    if quote == "'" and here == "''":
        return 2 if character == "'" else 0
    if here[:1] == character:
        return 1
    if character == " " and here[:1] in _BLANK:
        end = at
        while file[end] in _BLANK:
            end += 1
        return end - at
    return 0
