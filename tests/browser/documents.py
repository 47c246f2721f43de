"""What is looked at: defaults, cells and random combinations of a library, as whole documents."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from assembler import Library
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.library.records import Document as Pieces, Fragment


@dataclass(frozen=True, slots=True)
class Document:
    """An html part and what it is."""

    name: str
    channel: str
    html: str


def defaults(library: Library) -> Iterator[Document]:
    """The default of every campaign, channel and locale."""
    for campaign, channel, locale in _places(library):
        html = library.default(campaign, channel=channel, locale=locale).html
        yield Document(f"default {campaign}/{channel}/{locale}", channel, html or "")


def cells(library: Library, at: datetime) -> Iterator[Document]:
    """The variant of every segment and stage of every campaign, channel and locale."""
    for variant in enumerate_variants(library, at):
        if variant.cells:
            html = library.join(variant.plan, variant.choices)["html"].decode()
            yield Document(f"{variant.cells[0]} {variant.key}", variant.plan.channel, html)


def random_combinations(library: Library, count: int, seed: int) -> Iterator[Document]:
    """Any component in any slot that it can stand in, whether or not somebody can get them together."""
    chance = random.Random(seed)
    places = list(_places(library))
    for _ in range(count):
        campaign, channel, locale = chance.choice(places)
        pieces = library.content.campaigns[campaign].channels[channel].documents[locale]["html"]
        optional = {slot.name for slot in library.content.campaigns[campaign].slots if slot.default is None}
        chosen: dict[str, str | None] = {}
        for call in pieces.calls:
            if call.slot not in chosen:
                chosen[call.slot] = chance.choice([*sorted(call.fragments), *([None] if call.slot in optional else [])])
        yield Document(f"{campaign}/{channel}/{locale} {chosen}", channel, _joined(library, pieces, chosen))


def distinct(documents: Iterator[Document]) -> list[Document]:
    """Each html once, under its first name."""
    by_html: dict[str, Document] = {}
    for document in documents:
        by_html.setdefault(document.html, document)
    return list(by_html.values())


def _places(library: Library) -> Iterator[tuple[str, str, str]]:
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            for locale in library.locales:
                yield campaign, channel, locale


def _joined(library: Library, document: Pieces, chosen: Mapping[str, str | None]) -> str:
    placeholders = library.content.placeholders

    def text(fragment: Fragment) -> bytes:
        return b"".join(library.texts[piece if piece >= 0 else placeholders[-1 - piece].fallback] for piece in fragment)

    data = text(document.segments[0])
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        data += text(call.fragments.get(chosen[call.slot] or "", ())) + text(segment)
    return data.decode()
