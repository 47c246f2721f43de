"""A decision -> a variant: the pieces of the chosen components, the person's values made safe, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, groupby
from types import MappingProxyType

import msgspec

from assembler.library.records import Content, Document, Hole
from assembler.runtime.choose import Plan
from assembler.runtime.decide import Decision
from assembler.runtime.encode import ENCODERS, Encode
from assembler.runtime.hurdles import Choice
from assembler.runtime.message import message, quoted_printable

__all__ = ["Assembler", "Linked", "Pieces", "Variant"]

_CACHED = 1024


class Pieces(msgspec.Struct, frozen=True, gc=False):
    """The texts of a variant in order; each part with the numbers of its first text and of the next part's; and what
    quotes a text for a message, remembering those that recur."""

    texts: list[bytes]
    parts: tuple[tuple[str, int, int], ...]
    quote: Callable[[bytes], bytes]

    def joined(self) -> dict[str, bytes]:
        """The parts."""
        return {part: b"".join(self.texts[first:end]) for part, first, end in self.parts}


class Variant(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An assembled e-mail or page: the decision behind it and its parts, in UTF-8.

    `moment` is when it was assembled for, None for a stored default; `pieces` are the parts before joining.
    """

    decision: Decision
    contents: dict[str, bytes]
    pieces: Pieces
    moment: datetime | None = None

    @property
    def key(self) -> str:
        """The decision's key: the same components in the same slots have the same key."""
        return self.decision.key

    @property
    def encoded(self) -> Mapping[str, bytes]:
        """Part -> UTF-8 bytes: subject, preheader, html, text, as the channel has them."""
        return MappingProxyType(self.contents)

    @property
    def parts(self) -> Mapping[str, str]:
        """Part -> text."""
        return MappingProxyType({part: data.decode() for part, data in self.contents.items()})

    @property
    def html(self) -> str | None:
        """The HTML part, or None where the channel has none."""
        return self._part("html")

    @property
    def text(self) -> str | None:
        """The part in plain text, or None where the channel has none."""
        return self._part("text")

    @property
    def subject(self) -> str | None:
        """The subject, or None where the channel has none."""
        return self._part("subject")

    @property
    def preheader(self) -> str | None:
        """The preheader, or None where the channel has none."""
        return self._part("preheader")

    def message(
        self,
        *,
        sender: str,
        to: str,
        unsubscribe: str,
        message_id: str | None = None,
        date: datetime | None = None,
    ) -> bytes:
        """The variant as an e-mail message (RFC 5322, MIME), ready for a mail server; the same call has the same bytes.

        `sender` and `to` are addresses, with or without a name: `Harbour & Pine <hello@brand.example>`; `unsubscribe`
        is an https URL that takes a one-click POST (RFC 8058). A `message_id` that is not given is made of the content;
        `date`, aware, is otherwise the moment that the variant was assembled for. Raises `ValueError` for a value that
        cannot stand in a header, and where the channel has no subject or no body.
        """
        moment = date or self.moment
        if moment is None:
            raise ValueError("a stored default has no moment; give a date")
        parts = {part: self.pieces.texts[first:end] for part, first, end in self.pieces.parts}
        return message(
            parts,
            sender=sender,
            to=to,
            unsubscribe=unsubscribe,
            message_id=message_id,
            date=moment,
            quote=self.pieces.quote,
        )

    def _part(self, name: str) -> str | None:
        data = self.contents.get(name)
        return None if data is None else data.decode()


Blank = tuple[str, Encode, tuple[int, ...]]
"""A field, the encoder of its value, and the numbers of the pieces where the value so encoded stands."""


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """A variant ready to be filled: the pieces of all parts, fallbacks in place; where values go; and the parts, each
    with the numbers of its first piece and of the next part's."""

    pieces: tuple[bytes, ...]
    blanks: tuple[Blank, ...]
    parts: tuple[tuple[str, int, int], ...]


class Assembler:
    """Joins the variants of one library. The pieces of recent variants are remembered."""

    def __init__(self, content: Content, texts: Sequence[bytes]) -> None:
        self._content = content
        self._texts = texts
        self._hosts = frozenset(content.link_hosts)
        self._linked = lru_cache(_CACHED)(self._link)
        self._quote = lru_cache(_CACHED)(quoted_printable)

    def pieces(self, plan: Plan, choices: tuple[Choice, ...], fields: Mapping[str, str]) -> Pieces:
        """The pieces of the variant that the choices make, with the known fields' values."""
        linked = self._linked(plan, choices)
        pieces = list(linked.pieces)
        for field, encode, places in linked.blanks:
            value = fields.get(field)
            encoded = None if value is None else encode(value, self._hosts)
            if encoded is not None:
                data = encoded.encode()
                for place in places:
                    pieces[place] = data
        return Pieces(pieces, linked.parts, self._quote)

    def stored(self, parts: Mapping[str, bytes]) -> Pieces:
        """The pieces of parts that are stored whole."""
        rows = tuple((part, number, number + 1) for number, part in enumerate(parts))
        return Pieces(list(parts.values()), rows, self._quote)

    def _link(self, plan: Plan, choices: tuple[Choice, ...]) -> Linked:
        documents = self._content.campaigns[plan.campaign].channels[plan.channel].documents[plan.locale]
        chosen = {choice.slot: choice.component for choice in choices}
        pieces: list[bytes] = []
        parts: list[tuple[str, int, int]] = []
        places: dict[tuple[str, Encode], list[int]] = {}
        for part, document in documents.items():
            first = len(pieces)
            for hole, text in self._pieces(_numbers(document, chosen)):
                if hole is not None:
                    places.setdefault((hole.field, ENCODERS[hole.encoder]), []).append(len(pieces))
                pieces.append(text)
            parts.append((part, first, len(pieces)))
        blanks = tuple((field, encode, tuple(where)) for (field, encode), where in places.items())
        return Linked(pieces=tuple(pieces), blanks=blanks, parts=tuple(parts))

    def _pieces(self, numbers: Iterable[int]) -> Iterator[tuple[Hole | None, bytes]]:
        """Each hole with its fallback, and each run of texts in one."""
        for is_text, run in groupby(numbers, lambda number: number >= 0):
            if is_text:
                yield None, b"".join(self._texts[number] for number in run)
            else:
                for number in run:
                    hole = self._content.holes[-1 - number]
                    yield hole, self._texts[hole.fallback]


def _numbers(document: Document, chosen: Mapping[str, str | None]) -> Iterator[int]:
    """The numbers of a document's texts and holes, with the chosen components' fragments in their places."""
    yield from document.segments[0]
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        component = chosen[call.slot]
        yield from chain(() if component is None else call.fragments[component], segment)
