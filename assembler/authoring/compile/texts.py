"""Texts and holes of a library, each kept once and known by its number."""

from __future__ import annotations

from assembler.authoring.compile.tokens import FIELD, MergeField
from assembler.library.records import Encoder, Fragment, Hole
from assembler.runtime.encode import encode

__all__ = ["Texts", "authored"]


class Texts:
    """The texts and holes of a library while it is being compiled."""

    def __init__(self) -> None:
        self._texts: dict[bytes, int] = {}
        self._holes: dict[Hole, int] = {}

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
        return self._texts.setdefault(text.encode("utf-8"), len(self._texts))

    def fragment(self, text: str, places: list[tuple[MergeField, Encoder, str]]) -> Fragment:
        """The pieces of a text whose field tokens are, in order, `places`: merge field, encoder, encoded fallback."""
        pieces: list[int] = []
        literals = FIELD.split(text)
        for index, literal in enumerate(literals):
            if literal:
                pieces.append(self.number(literal))
            if index < len(places):
                merge_field, encoder, fallback = places[index]
                pieces.append(
                    -1 - self._hole(Hole(field=merge_field.name, encoder=encoder, fallback=self.number(fallback)))
                )
        return tuple(pieces)

    def plain(self, fragment: Fragment) -> bytes:
        """The bytes of a fragment with every merge field at its fallback."""
        texts, holes = self.texts, self.holes
        return b"".join(texts[piece if piece >= 0 else holes[-1 - piece].fallback] for piece in fragment)

    def _hole(self, hole: Hole) -> int:
        return self._holes.setdefault(hole, len(self._holes))


def authored(text: str, encoder: Encoder, hosts: tuple[str, ...] | None) -> str | None:
    """An author's text, encoded for its place; None where it is not safe there.

    Without a list of `hosts` it may link to any host, because an author wrote it.
    """
    if hosts is None:
        hosts = (text.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0].lower(),)
    return encode(encoder, text, frozenset(hosts))
