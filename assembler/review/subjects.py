"""What is approved: components as they are rendered, pairs of them in a layout, and layouts with their defaults.

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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import combinations

from assembler.library.key import variant_key
from assembler.library.records import Content, Document, Fragment
from assembler.runtime.choose import SlotPlan
from assembler.runtime.library import Library

__all__ = ["Card", "Digest", "Pair", "Sheet", "Slots", "sheets"]

Digest = str
"""64 hexadecimal digits."""

Slots = Mapping[str, str | None]
"""The address of the component in each slot; None for an empty one."""

_Piece = str | tuple[str, str, str]
"""Text, or a merge field: its name, its encoder, and its fallback."""

_SHOWN = re.compile(r"""\b(?:src|srcset|background)="[^"]*"|\burl\([^)]*\)|<meta property="og:image"[^>]*>""")
"""Where a document shows a picture. Everywhere else a name of a file is words, or the address of a link."""

_PICTURE = re.compile(r"(?<=/)[a-z0-9-]+-([0-9a-f]{10})(?=(?:@2x)?\.(?:png|jpg|gif|webp)\b)")
_MARK = re.compile(r"<([a-z][\w:-]*)|\x00(\d+)\x00", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*+(?:>|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two components that stand together: their slots, in the order of filling, and the digest of the subject."""

    slots: tuple[str, str]
    components: tuple[str, str]
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A variant to look at, and the subjects that it shows. `digest` is that of all its content.

    `layout` is the subject that the variant needs; only the default variant, for which `default` is true, shows it.
    """

    campaign: str
    channel: str
    layout_name: str
    locale: str
    key: str
    slots: Slots
    digest: Digest
    default: bool
    layout: Digest
    components: Mapping[str, Digest]
    pairs: tuple[Pair, ...]

    @property
    def needs(self) -> tuple[Digest, ...]:
        """Every subject that must be approved before the variant is cleared."""
        return tuple(dict.fromkeys((self.layout, *self.components.values(), *(pair.digest for pair in self.pairs))))

    @property
    def shows(self) -> tuple[Digest, ...]:
        """Every subject that an approval of this card approves."""
        return self.needs if self.default else tuple(dict.fromkeys(each for each in self.needs if each != self.layout))


class Sheet:
    """The subjects of one campaign in one channel and locale."""

    def __init__(self, content: Content, texts: Sequence[bytes], plan: SlotPlan) -> None:
        channel = content.campaigns[plan.campaign].channels[plan.channel]
        self.campaign = plan.campaign
        self.channel = plan.channel
        self.layout_name = channel.layout
        self.locale = plan.locale
        self.defaults: Slots = {choice.slot: choice.component for choice in plan.defaults}
        self._content = content
        self._texts = texts
        self._documents = channel.documents[plan.locale]
        calls = (call.slot for document in self._documents.values() for call in document.calls)
        self._places = {slot: number for number, slot in enumerate(dict.fromkeys(calls))}
        self._frame = self._digest("frame", {part: self._elements(each) for part, each in self._documents.items()})
        self._components: dict[tuple[str, str], Digest] = {}
        self._pairs: dict[tuple[str, str, str, str], Digest] = {}
        self.layout = self._digest("layout", {part: self._standing(part, self.defaults) for part in self._documents})

    @cached_property
    def own(self) -> Digest:
        """The digest of the layout's own text, whatever stands in its slots."""
        texts = {part: [self._canonical(each) for each in found.segments] for part, found in self._documents.items()}
        return self._digest("own", texts)

    def component(self, slot: str, component: str) -> Digest:
        """The digest of a component in a slot."""
        found = self._components.get((slot, component))
        if found is None:
            renditions = {
                part: [
                    self._canonical(call.fragments.get(component, ())) for call in document.calls if call.slot == slot
                ]
                for part, document in self._documents.items()
            }
            found = self._components[slot, component] = self._digest("component", renditions)
        return found

    def pair(self, first: str, one: str, second: str, two: str) -> Digest:
        """The digest of component `one` in the slot `first` together with `two` in `second`."""
        known = first, one, second, two
        if known not in self._pairs:
            both = sorted(
                (self._places[slot], self.component(slot, each)) for slot, each in ((first, one), (second, two))
            )
            self._pairs[known] = self._digest("pair", [self._frame, both])
        return self._pairs[known]

    def card(self, slots: Slots) -> Card:
        """The card of the variant with these components, in the order of filling. Each must be able to stand there."""
        filled = [(slot, component) for slot, component in slots.items() if component is not None]
        return Card(
            campaign=self.campaign,
            channel=self.channel,
            layout_name=self.layout_name,
            locale=self.locale,
            key=variant_key(self.campaign, self.channel, self.locale, slots),
            slots=dict(slots),
            digest=self._digest("card", {part: self._standing(part, slots) for part in self._documents}),
            default=dict(slots) == self.defaults,
            layout=self.layout,
            components={slot: self.component(slot, component) for slot, component in filled},
            pairs=tuple(
                Pair(slots=(first, second), components=(one, two), digest=self.pair(first, one, second, two))
                for (first, one), (second, two) in combinations(filled, 2)
            ),
        )

    def length(self, slot: str, component: str) -> int:
        """How many characters of copy a component puts into its slot, merge fields at their fallbacks."""
        lengths = []
        for document in self._documents.values():
            fragments = [call.fragments.get(component, ()) for call in document.calls if call.slot == slot]
            texts = [
                "".join(each if isinstance(each, str) else each[2] for each in self._canonical(one))
                for one in fragments
            ]
            lengths += [len(" ".join(_TAG.sub(" ", text).split())) for text in texts]
        return max(lengths, default=0)

    def _standing(self, part: str, slots: Slots) -> list[list[_Piece]]:
        """A part with components in their places: text of the layout and renditions by turns."""
        document = self._documents[part]
        found = [self._canonical(document.segments[0])]
        for call, segment in zip(document.calls, document.segments[1:], strict=True):
            found += [self._canonical(call.fragments.get(slots[call.slot] or "", ())), self._canonical(segment)]
        return found

    def _elements(self, document: Document) -> list[str]:
        """The names of elements in the body of a layout, and its slots by their places, in order."""
        text = "".join(each for each in self._canonical(document.segments[0]) if isinstance(each, str))
        for call, segment in zip(document.calls, document.segments[1:], strict=True):
            words = (each for each in self._canonical(segment) if isinstance(each, str))
            text += f"\x00{self._places[call.slot]}\x00" + "".join(words)
        _, begin, body = text.partition("<body")
        return [(mark[1] or mark[2]).lower() for mark in _MARK.finditer(body if begin else text)]

    def _canonical(self, fragment: Fragment) -> list[_Piece]:
        """What a fragment holds, however it is cut into texts."""
        found: list[_Piece] = []
        for piece in self._pieces(fragment):
            if isinstance(piece, str) and found and isinstance(found[-1], str):
                found[-1] += piece
            else:
                found.append(piece)
        return [_SHOWN.sub(_unnamed, each) if isinstance(each, str) else each for each in found]

    def _pieces(self, fragment: Fragment) -> Iterator[_Piece]:
        for number in fragment:
            if number >= 0:
                yield self._texts[number].decode()
            else:
                placeholder = self._content.placeholders[-1 - number]
                yield placeholder.field, placeholder.encoder, self._texts[placeholder.fallback].decode()

    def _digest(self, kind: str, content: object) -> Digest:
        whole = {"kind": kind, "channel": self.channel, "locale": self.locale, "content": content}
        return sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _unnamed(shown: re.Match[str]) -> str:
    """Where a picture is shown, its address without its name, so that a renamed one is the same."""
    return _PICTURE.sub(r"\1", shown[0])


def sheets(library: Library) -> Iterator[tuple[SlotPlan, Sheet]]:
    """The plan and the subjects of every campaign, channel and locale."""
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in library.locales:
                plan = library.plan(campaign, channel=channel, locale=locale)
                yield plan, Sheet(library.content, library.texts, plan)
