"""Texts and holes of a library, each kept once and known by its number."""

from __future__ import annotations

import msgspec

from assembler.library.records import Encoder, Fragment, Hole
from assembler.runtime.encode import encode, escaped

__all__ = ["FieldPlaceholder", "TextPieces", "TextTable", "authored"]


class FieldPlaceholder(msgspec.Struct, frozen=True, array_like=True):
    """A place for a merge field's value within a text, with its fallback, already encoded."""

    field: str
    encoder: Encoder
    fallback: str


TextPieces = tuple[str | FieldPlaceholder, ...]
"""A text with the placeholders in it."""


class TextTable:
    """The texts and holes of a library while it is being compiled."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._holes: dict[Hole, int] = {}
        self._texts: list[bytes] = []

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Every text, by its number."""
        return tuple(self._texts)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Every hole, by its number."""
        return tuple(self._holes)

    def number(self, text: str) -> int:
        """The number of a text."""
        number = self._numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text.encode())
        return number

    def fragment(self, pieces: TextPieces) -> Fragment:
        """The numbers of pieces."""
        known = self._numbers
        found = []
        for each in pieces:
            if isinstance(each, FieldPlaceholder):
                found.append(-1 - self._hole(each))
            else:
                number = known.get(each)
                found.append(self.number(each) if number is None else number)
        return tuple(found)

    def plain(self, fragment: Fragment) -> bytes:
        """The bytes of a fragment with every merge field at its fallback."""
        holes = self.holes if any(piece < 0 for piece in fragment) else ()
        return b"".join(self._texts[piece if piece >= 0 else holes[-1 - piece].fallback] for piece in fragment)

    def _hole(self, placeholder: FieldPlaceholder) -> int:
        hole = Hole(field=placeholder.field, encoder=placeholder.encoder, fallback=self.number(placeholder.fallback))
        return self._holes.setdefault(hole, len(self._holes))


def authored(text: str, encoder: Encoder) -> str:
    """An author's text, encoded for its place. What an encoder refuses of people stands as it is written: a rule judges
    it."""
    if encoder == "url":
        return escaped(text)
    if encoder == "url_text":
        return text
    encoded = encode(encoder, text, ())
    return text if encoded is None else encoded
