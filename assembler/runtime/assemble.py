"""A decision -> a variant: the pieces of the chosen components, the person's values made safe, joined."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from types import MappingProxyType

import msgspec

from assembler.library.records import Content, Document, Encoder
from assembler.runtime.choose import Plan
from assembler.runtime.decide import Decision
from assembler.runtime.encode import ENCODERS
from assembler.runtime.hurdles import Choice

__all__ = ["Assembler", "Linked", "Variant"]

_CACHED = 1024


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """An assembled e-mail or page: the decision behind it and its parts, in UTF-8."""

    decision: Decision
    contents: dict[str, bytes]

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

    def _part(self, name: str) -> str | None:
        data = self.contents.get(name)
        return None if data is None else data.decode()


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """Where one field's value stands in one encoding: (part, piece) for each place."""

    field: str
    encode: Callable[[str, Container[str]], str | None]
    places: tuple[tuple[int, int], ...]


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """A variant ready to be filled: the pieces of each part, fallbacks in place, and where values go."""

    parts: tuple[str, ...]
    pieces: tuple[tuple[bytes, ...], ...]
    blanks: tuple[Blank, ...]


class Assembler:
    """Joins the variants of one library. The pieces of recent variants are remembered."""

    def __init__(self, content: Content, texts: Sequence[bytes]) -> None:
        self._content = content
        self._texts = texts
        self._hosts = frozenset(content.link_hosts)
        self._linked = lru_cache(_CACHED)(self.link)

    def parts(self, plan: Plan, choices: Sequence[Choice], fields: Mapping[str, str]) -> dict[str, bytes]:
        """The parts of the variant that the choices make, with the known fields' values."""
        slots = tuple([(choice.slot, choice.component) for choice in choices])
        linked = self._linked(plan.campaign, plan.channel, plan.locale, slots)
        return fill(linked, fields, self._hosts)

    def link(self, campaign: str, channel: str, locale: str, slots: tuple[tuple[str, str | None], ...]) -> Linked:
        """The variant that the components in the slots make, without values."""
        documents = self._content.campaigns[campaign].channels[channel].documents[locale]
        chosen = dict(slots)
        rows = [list(self._pieces(_numbers(document, chosen))) for document in documents.values()]
        places: dict[tuple[str, Encoder], list[tuple[int, int]]] = {}
        for part, row in enumerate(rows):
            for piece, (number, _) in enumerate(row):
                if number < 0:
                    hole = self._content.holes[-1 - number]
                    places.setdefault((hole.field, hole.encoder), []).append((part, piece))
        return Linked(
            parts=tuple(documents),
            pieces=tuple(tuple(data for _, data in row) for row in rows),
            blanks=tuple(
                Blank(field=field, encode=ENCODERS[encoder], places=tuple(where))
                for (field, encoder), where in places.items()
            ),
        )

    def _pieces(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Each hole with its fallback, and each run of texts in one."""
        for is_text, run in groupby(numbers, lambda number: number >= 0):
            if is_text:
                yield 0, b"".join(self._texts[number] for number in run)
            else:
                for number in run:
                    yield number, self._texts[self._content.holes[-1 - number].fallback]


def fill(linked: Linked, fields: Mapping[str, str], hosts: Container[str]) -> dict[str, bytes]:
    """The parts of a linked variant with values in their places; the fallback stays where a value is not known."""
    rows = list(map(list, linked.pieces))
    for blank in linked.blanks:
        value = fields.get(blank.field)
        encoded = None if value is None else blank.encode(value, hosts)
        if encoded is not None:
            data = encoded.encode()
            for part, piece in blank.places:
                rows[part][piece] = data
    return dict(zip(linked.parts, map(b"".join, rows), strict=True))


def _numbers(document: Document, chosen: Mapping[str, str | None]) -> Iterator[int]:
    """The numbers of a document's texts and holes, with the chosen components' fragments in their places."""
    yield from document.segments[0]
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        component = chosen[call.slot]
        yield from chain(() if component is None else call.fragments[component], segment)
