"""Texts and placeholders of a library, each kept once and known by its number."""

from __future__ import annotations

import msgspec

from assembler.library.records import Encoder, Fragment, Placeholder, with_fallbacks
from assembler.runtime.encode import encode, escaped


class FieldPlaceholder(msgspec.Struct, frozen=True, array_like=True):
    """A place for a merge field's value within a text, with its fallback, already encoded."""

    field: str
    encoder: Encoder
    fallback: str


TextPieces = tuple[str | FieldPlaceholder, ...]
"""A text with the placeholders in it."""


class TextTable:
    """The texts and placeholders of a library while it is being compiled."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._placeholders: dict[Placeholder, int] = {}
        self._texts: list[bytes] = []

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Every text, by its number."""
        return tuple(self._texts)

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder, by its number."""
        return tuple(self._placeholders)

    def number(self, text: str) -> int:
        """Return the number of a text."""
        number = self._numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text.encode())
        return number

    def fragment(self, pieces: TextPieces) -> Fragment:
        """Return the numbers of pieces."""
        known = self._numbers
        numbers = []
        for piece in pieces:
            if isinstance(piece, FieldPlaceholder):
                numbers.append(-1 - self._placeholder(piece))
            else:
                number = known.get(piece)
                numbers.append(self.number(piece) if number is None else number)
        return tuple(numbers)

    def plain(self, fragment: Fragment) -> bytes:
        """Return the bytes of a fragment with every merge field at its fallback."""
        return with_fallbacks(fragment, self._texts, self.placeholders if min(fragment, default=0) < 0 else ())

    def _placeholder(self, given: FieldPlaceholder) -> int:
        placeholder = Placeholder(field=given.field, encoder=given.encoder, fallback=self.number(given.fallback))
        return self._placeholders.setdefault(placeholder, len(self._placeholders))


def encode_authored(text: str, encoder: Encoder) -> str:
    """Return an author's text, encoded for its place; as it is, where an encoder refuses it: a rule judges that."""
    if encoder == "url":
        return escaped(text)
    if encoder == "url_text":
        return text
    encoded = encode(encoder, text, ())
    return text if encoded is None else encoded
