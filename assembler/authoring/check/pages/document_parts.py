"""One part of a compiled document as rules read it: fixed texts, and between them what each slot can hold."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.authoring.check.pages.elements import MARK, Tree, mark, parse
from assembler.authoring.compile.content import Compiled
from assembler.library.records import Document, Fragment, with_fallbacks


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A text of a document, with merge fields at their fallbacks.

    `links` are the fallbacks of merge fields that may be whole links, by field; `size` is in bytes; `room` is by how
    many characters the longest values are longer than the fallbacks.
    """

    text: str
    links: Mapping[str, str]
    size: int
    room: int


@dataclass(frozen=True, slots=True, eq=False)
class Insert:
    """A place where a slot stands, and what each component puts there, by address. `optional`: it may be empty."""

    number: int
    slot: str
    pieces: Mapping[str, Piece]
    optional: bool

    def always(self, holds: Callable[[str, Piece], bool]) -> bool:
        """Return whether something stands here in every variant, and is always what is asked for.

        `holds(address, piece)` says so of one component.
        """
        return not self.optional and bool(self.pieces) and all(itertools.starmap(holds, self.pieces.items()))

    def options(self) -> Iterator[tuple[str | None, str]]:
        """The address and text of everything that can stand here; no address for nothing."""
        if self.optional:
            yield None, ""
        for address, piece in self.pieces.items():
            yield address, piece.text

    def chosen(self, by_slot: Mapping[str, str | None]) -> str:
        """The text of the component that is chosen for its slot; empty for none."""
        piece = self.pieces.get(by_slot.get(self.slot) or "")
        return piece.text if piece is not None else ""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Words in which inserts may stand; `read` gives the words of what these put there."""

    bits: tuple[str | Insert, ...]
    read: Callable[[str], str] = html.unescape

    @property
    def inserts(self) -> tuple[Insert, ...]:
        """The inserts in it."""
        return tuple(bit for bit in self.bits if isinstance(bit, Insert))

    @property
    def slot(self) -> str | None:
        """The one slot that it depends on; None for none, or several."""
        slots = {insert.slot for insert in self.inserts}
        return slots.pop() if len(slots) == 1 else None

    def readings(self) -> Iterator[tuple[str | None, str]]:
        """Its texts by the component in its one slot; where it depends on several, with the first option of each."""
        slot = self.slot
        choices = [self._firsts] if slot is None else [{slot: address} for address, _ in self.inserts[0].options()]
        for chosen in choices:
            text = "".join(bit if isinstance(bit, str) else self.read(bit.chosen(chosen)) for bit in self.bits)
            yield chosen.get(slot or ""), " ".join(text.split())

    def versions(self, slot: str) -> Iterator[tuple[str | None, str]]:
        """Its texts, as they are written, by the component in one of its slots; others with their first option."""
        insert = next(insert for insert in self.inserts if insert.slot == slot)
        for address, _ in insert.options():
            chosen = {**self._firsts, slot: address}
            yield address, "".join(bit if isinstance(bit, str) else bit.chosen(chosen) for bit in self.bits)

    def first(self) -> str:
        """Its text with the first option of each slot, as it is written."""
        return "".join(bit if isinstance(bit, str) else bit.chosen(self._firsts) for bit in self.bits)

    def may_be_blank(self) -> bool:
        """Return whether nothing may be left of it but blanks."""
        fixed = "".join(bit for bit in self.bits if isinstance(bit, str))
        inserts = self.inserts
        return not fixed.strip() and all(any(not text.strip() for _, text in insert.options()) for insert in inserts)

    @property
    def _firsts(self) -> dict[str, str | None]:
        return {insert.slot: next(insert.options(), (None, ""))[0] for insert in self.inserts}


@dataclass(frozen=True, slots=True, eq=False)
class DocumentPart:
    """A part: `segments[0]`, `inserts[0]`, `segments[1]`, ..."""

    name: str
    segments: tuple[Piece, ...]
    inserts: tuple[Insert, ...]

    @property
    def marked(self) -> str:
        """The part with a mark at every insert."""
        rest = zip(self.inserts, self.segments[1:], strict=True)
        return self.segments[0].text + "".join(mark(insert.number) + segment.text for insert, segment in rest)

    @property
    def fixed(self) -> str:
        """What stands in every variant, a new line for each insert."""
        return "\n".join(segment.text for segment in self.segments)

    def phrase(self, text: str, read: Callable[[str], str] = html.unescape) -> Phrase:
        """A text of the marked part; in HTML `read` gives the words of what inserts put there."""
        bits = (self.inserts[int(bit)] if index % 2 else bit for index, bit in enumerate(MARK.split(text)))
        return Phrase(tuple(bit for bit in bits if bit != ""), read if self.name == "html" else str)

    def of_slot(self, slot: str) -> Iterator[Insert]:
        """The inserts of one slot."""
        return (insert for insert in self.inserts if insert.slot == slot)


class DocumentReader:
    """Reads compiled documents; equal pieces are read, and parsed, once."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._pieces: dict[Fragment, Piece] = {}
        self._trees: dict[tuple[str, str | None], Tree] = {}

    def part(self, name: str, document: Document, optional: Iterable[str]) -> DocumentPart:
        """A part of a document; `optional` are the slots that may be empty."""
        may_be_empty = frozenset(optional)
        inserts = tuple(
            Insert(
                number,
                call.slot,
                {address: self._piece(fragment) for address, fragment in call.fragments.items()},
                call.slot in may_be_empty,
            )
            for number, call in enumerate(document.calls)
        )
        return DocumentPart(name, tuple(self._piece(segment) for segment in document.segments), inserts)

    def tree(self, text: str, within: str | None = None) -> Tree:
        """The tree of a document, or of a piece within an element of that kind."""
        key = (text, within)
        if key not in self._trees:
            self._trees[key] = parse(text, within)
        return self._trees[key]

    def _piece(self, fragment: Fragment) -> Piece:
        if fragment not in self._pieces:
            self._pieces[fragment] = self._read(fragment)
        return self._pieces[fragment]

    def _read(self, fragment: Fragment) -> Piece:
        texts, content = self._compiled.texts, self._compiled.content
        placeholders = [content.placeholders[-1 - piece] for piece in fragment if piece < 0]
        data = with_fallbacks(fragment, texts, content.placeholders)
        room = sum(
            max(content.fields[placeholder.field].max_length - len(texts[placeholder.fallback].decode("utf-8")), 0)
            for placeholder in placeholders
        )
        return Piece(
            data.decode("utf-8"),
            {
                placeholder.field: html.unescape(texts[placeholder.fallback].decode("utf-8"))
                for placeholder in placeholders
                if placeholder.encoder in ("url", "url_text", "plain")
            },
            len(data),
            room,
        )


def json_objects(text: str) -> list[dict[str, object]] | None:
    """Every object of a JSON text; None where it is no JSON."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return list(_objects(value))


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for below in value:
            yield from _objects(below)
