"""Text that an engine would take for code, written so that it reads the same and is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assembler.delivery.export.neutral import Text
from assembler.delivery.export.text_places import is_in_string


@dataclass(frozen=True, slots=True)
class Clash:
    """Characters of a text that an engine would take for code, where they cannot be written in another way."""

    text: Text
    characters: str


def neutralised(run: Sequence[Text], before: str, after: str, delimiters: re.Pattern[str]) -> tuple[str, list[Clash]]:
    """Return texts that follow on each other, between code before and after them, in which nothing is a delimiter; and
    what could not be written so.

    Whether characters are a delimiter depends on what they touch: a brace before a tag makes a tag of three braces.
    """
    words = "".join(text.words for text in run)
    pieces: list[str] = []
    clashes: list[Clash] = []
    done = 0
    for match in delimiters.finditer(before + words + after):
        start = match.start() - len(before)
        if 0 <= start < len(words):
            text, offset = _at(run, start)
            written = _written(match[0], text, offset)
            if written is None:
                clashes.append(Clash(text, match[0]))
            pieces += (words[done:start], match[0] if written is None else written)
            done = start + len(match[0])
    return "".join([*pieces, words[done:]]), clashes


def _at(run: Sequence[Text], offset: int) -> tuple[Text, int]:
    """The text in which the character at an offset of all of them is, and its offset there."""
    for text in run:
        if offset < len(text.words):
            return text, offset
        offset -= len(text.words)
    raise IndexError(offset)


def _written(characters: str, text: Text, offset: int) -> str | None:
    """Characters in another notation of the place in which they stand; None where there is none."""
    match text.place:
        case "html":
            return "".join(f"&#{ord(character)};" for character in characters)
        case "json":
            return _in_json(characters)
        case "css":
            if is_in_string(text.words, offset):
                return None if "\\" in characters else "".join(f"\\{ord(character):x} " for character in characters)
            return "{ " if characters == "{" else None
        case "line":
            return None


def _in_json(characters: str) -> str:
    """In a JSON string; a backslash there is one of a pair."""
    plain = characters.replace("\\\\", "\\")
    return "".join(f"\\u{ord(character):04x}" for character in plain)
