"""What can be approved: components as they are rendered, pairs of them in a layout, and layouts with their defaults.

A subject is known by the digest of its content: words, markup and merge fields with their fallbacks, in one channel and
locale. No name of a file, component, slot, layout or campaign is part of it, so renaming voids nothing; and a picture
is the digest that its address ends with, so a renamed one is the same. The content of

- a component is its rendition in every part;
- a layout is its own text in every part, with the renditions of its default components in their places;
- a pair is the digests of both, their places, and the layout's frame: which elements and slots it has, in which order.
  Words, links and styles of the layout are no part of a pair: they are looked at with the layout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain, combinations, groupby, starmap
from typing import Literal

from assembler.authoring.outcomes.plan_outcomes import components_by_slot
from assembler.authoring.outcomes.variants import every_plan
from assembler.library.key import variant_key
from assembler.library.records import Content, Document, Fragment
from assembler.runtime.choose import SlotPlan
from assembler.runtime.library import Library

Digest = str
"""64 hexadecimal digits."""

Place = tuple[str, str, str]
"""A campaign, a channel and a locale."""

Slots = Mapping[str, str | None]
"""The address of the component in each slot; None for an empty one."""

SubjectKind = Literal["layout", "component", "pair"]

_Piece = str | tuple[str, str, str]
"""Text, or a merge field: its name, its encoder, and its fallback."""

_Filled = tuple[str, str]
"""A slot, and the component in it."""

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
"""How content is written before its digest is taken."""

_PICTURE_ADDRESSES = re.compile(
    r"""\b(?:src|srcset|background)="[^"]*"|\burl\([^)]*\)|<meta property="og:image"[^>]*>"""
)
"""Where a document shows a picture. Everywhere else a name of a file is words, or the address of a link."""

_PICTURE_NAME = re.compile(r"(?<=/)[a-z0-9-]+-([0-9a-f]{10})(?=(?:@2x)?\.(?:png|jpg|gif|webp)\b)")
_FRAME_MARK = re.compile(r"<([a-z][\w:-]*)|\x00(\d+)\x00", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*+(?:>|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalSubject:
    """One thing to approve: the components that it holds by slot, in the order of filling, and its digest.

    A layout holds its defaults.
    """

    kind: SubjectKind
    slots: Slots
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A variant to look at, and the digests of the subjects that it shows. `digest` is that of all its content.

    A variant needs the subject `layout_digest`; only the default variant, for which `is_default` is true, shows it.
    """

    place: Place
    layout: str
    key: str
    slots: Slots
    digest: Digest
    is_default: bool
    layout_digest: Digest
    component_digests: Mapping[str, Digest]
    pairs: tuple[ApprovalSubject, ...]

    @property
    def required_digests(self) -> tuple[Digest, ...]:
        """Every subject that must be approved before the variant is cleared."""
        pairs = (pair.digest for pair in self.pairs)
        return tuple(dict.fromkeys((self.layout_digest, *self.component_digests.values(), *pairs)))

    @property
    def shown_digests(self) -> tuple[Digest, ...]:
        """Every subject that an approval of this card approves."""
        required = self.required_digests
        return required if self.is_default else tuple(digest for digest in required if digest != self.layout_digest)


class ReviewDigests:
    """The digests of all that can be approved in one campaign, channel and locale."""

    def __init__(self, content: Content, texts: Sequence[bytes], plan: SlotPlan) -> None:
        channel = content.campaigns[plan.campaign].channels[plan.channel]
        self.plan = plan
        self.place: Place = (plan.campaign, plan.channel, plan.locale)
        self.campaign, self.channel, self.locale = self.place
        self.layout = channel.layout
        self.defaults: Slots = {choice.slot: choice.component for choice in plan.defaults}
        self._content = content
        self._texts = texts
        self._documents = channel.documents[plan.locale]
        self._pieces: dict[Fragment, list[_Piece]] = {}
        self._written: dict[Fragment, str] = {}
        calls = (call.slot for document in self._documents.values() for call in document.calls)
        self._positions = {slot: position for position, slot in enumerate(dict.fromkeys(calls))}
        marks = {part: self._marks(document) for part, document in self._documents.items()}
        self._frame = self._digest("frame", _JSON.encode(marks))
        self._components = components_by_slot(plan)
        self._component_digests: dict[_Filled, Digest] = {}
        self._pairs: dict[tuple[_Filled, _Filled], ApprovalSubject] = {}
        self._cards: dict[tuple[tuple[str, str | None], ...], Card] = {}

    @cached_property
    def layout_digest(self) -> Digest:
        """The digest of the layout with its defaults."""
        return self._digest_of_parts("layout", self._joined(self.defaults))

    @cached_property
    def layout_text_digest(self) -> Digest:
        """The digest of the layout's own text, whatever stands in its slots."""
        return self._digest_of_parts("own", {part: document.segments for part, document in self._documents.items()})

    def component_digest(self, slot: str, component: str) -> Digest:
        """Return the digest of a component in a slot."""
        known = slot, component
        if known not in self._component_digests:
            self._component_digests[known] = self._digest_of_parts("component", self._renditions(slot, component))
        return self._component_digests[known]

    def pair(self, one: _Filled, two: _Filled) -> ApprovalSubject:
        """Return two components together, each after its slot, in the order of filling."""
        both = one, two
        if both not in self._pairs:
            placed = sorted((self._positions[filled[0]], self.component_digest(*filled)) for filled in both)
            digest = self._digest("pair", _JSON.encode([self._frame, placed]))
            self._pairs[both] = ApprovalSubject(kind="pair", slots=dict(both), digest=digest)
        return self._pairs[both]

    def card(self, slots: Slots) -> Card:
        """Return the card of the variant with these components, in the order of filling. Each must be able to stand
        there."""
        known = tuple(slots.items())
        if known not in self._cards:
            self._cards[known] = self._make_card(slots)
        return self._cards[known]

    def _make_card(self, slots: Slots) -> Card:
        filled = [(slot, component) for slot, component in slots.items() if component is not None]
        return Card(
            place=self.place,
            layout=self.layout,
            key=variant_key(*self.place, slots),
            slots=dict(slots),
            digest=self._digest_of_parts("card", self._joined(slots)),
            is_default=dict(slots) == self.defaults,
            layout_digest=self.layout_digest,
            component_digests={slot: self.component_digest(slot, component) for slot, component in filled},
            pairs=tuple(starmap(self.pair, combinations(filled, 2))),
        )

    def card_if_possible(self, slots: Slots) -> Card | None:
        """Return the card of the variant with these components, in any order; None where one cannot stand in its slot,
        or the slots are others."""
        possible = self._components
        if slots.keys() != possible.keys() or any(slots[slot] not in possible[slot] for slot in slots):
            return None
        return self.card({slot: slots[slot] for slot in possible})

    def copy_length(self, slot: str, component: str) -> int:
        """Return how many characters of copy a component puts into its slot, merge fields at their fallbacks."""
        renditions = chain.from_iterable(self._renditions(slot, component).values())
        return max((_copy_length(self._canonical(rendition)) for rendition in renditions), default=0)

    def _renditions(self, slot: str, component: str) -> dict[str, list[Fragment]]:
        """What a component puts into each call of its slot, by part."""
        return {
            part: [call.fragments.get(component, ()) for call in document.calls if call.slot == slot]
            for part, document in self._documents.items()
        }

    def _joined(self, slots: Slots) -> dict[str, list[Fragment]]:
        """Every part with components in their places: text of the layout and renditions by turns."""
        joined: dict[str, list[Fragment]] = {}
        for part, document in self._documents.items():
            joined[part] = [document.segments[0]]
            for call, segment in zip(document.calls, document.segments[1:], strict=True):
                joined[part] += [call.fragments.get(slots[call.slot] or "", ()), segment]
        return joined

    def _marks(self, document: Document) -> list[str]:
        """The names of elements in the body of a layout, and its slots by their positions, in order."""
        slots = [*(f"\x00{self._positions[call.slot]}\x00" for call in document.calls), ""]
        text = ""
        for segment, slot in zip(document.segments, slots, strict=True):
            text += "".join(piece for piece in (*self._canonical(segment), slot) if isinstance(piece, str))
        _, begin, body = text.partition("<body")
        return [(mark[1] or mark[2]).lower() for mark in _FRAME_MARK.finditer(body if begin else text)]

    def _canonical(self, fragment: Fragment) -> list[_Piece]:
        """The pieces of a fragment, however it is cut into texts: neighbouring texts are one."""
        if fragment not in self._pieces:
            self._pieces[fragment] = list(self._read_pieces(fragment))
        return self._pieces[fragment]

    def _read_pieces(self, fragment: Fragment) -> Iterator[_Piece]:
        for is_text, numbers in groupby(fragment, lambda number: number >= 0):
            if is_text:
                text = b"".join(self._texts[number] for number in numbers).decode()
                yield _PICTURE_ADDRESSES.sub(_unnamed, text)
            else:
                fields = (self._content.placeholders[-1 - number] for number in numbers)
                yield from ((field.field, field.encoder, self._texts[field.fallback].decode()) for field in fields)

    def _digest_of_parts(self, kind: str, parts: Mapping[str, Iterable[Fragment]]) -> Digest:
        """The digest of fragments by part: each of them is written once, however many documents it stands in."""
        written = (f'"{part}": [{", ".join(map(self._written_fragment, parts[part]))}]' for part in sorted(parts))
        return self._digest(kind, f"{{{', '.join(written)}}}")

    def _written_fragment(self, fragment: Fragment) -> str:
        if fragment not in self._written:
            self._written[fragment] = _JSON.encode(self._canonical(fragment))
        return self._written[fragment]

    def _digest(self, kind: str, content: str) -> Digest:
        """The digest of what is written as JSON, of its kind and of where it stands."""
        channel, locale = _JSON.encode(self.channel), _JSON.encode(self.locale)
        whole = f'{{"channel": {channel}, "content": {content}, "kind": "{kind}", "locale": {locale}}}'
        return sha256(whole.encode()).hexdigest()


def digests_of(library: Library) -> Iterator[ReviewDigests]:
    """Return the digests of every campaign, channel and locale of a library."""
    return (ReviewDigests(library.content, library.texts, plan) for plan in every_plan(library))


def default_digests(library: Library) -> frozenset[Digest]:
    """Return the digests of every subject that a default variant needs: somebody looks at each by itself."""
    return frozenset(
        digest for digests in digests_of(library) for digest in digests.card(digests.defaults).required_digests
    )


def _copy_length(pieces: Sequence[_Piece]) -> int:
    """How many characters are no tag; white space counts as one blank."""
    text = "".join(piece if isinstance(piece, str) else piece[2] for piece in pieces)
    return len(" ".join(_TAG.sub(" ", text).split()))


def _unnamed(address: re.Match[str]) -> str:
    """Where a picture is shown, its address without its name, so that a renamed one is the same."""
    return _PICTURE_NAME.sub(r"\1", address[0])
