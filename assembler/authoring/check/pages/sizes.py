"""How heavy the html part of the largest variant is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.document_parts import DocumentPart, Piece
from assembler.authoring.check.pages.page import Page

__all__ = ["Largest", "heaviest", "largest"]


@dataclass(frozen=True, slots=True)
class Largest:
    """The most bytes that a part can have, and what each slot adds: bytes and component, the heaviest first."""

    size: int
    slots: tuple[tuple[int, str], ...]


def largest(page: Page, *, longest_values: bool = False) -> Largest:
    """The largest html part, merge fields at their fallbacks, or at their longest values of one byte a character."""
    return heaviest(page.html, lambda piece: piece.size + (piece.room if longest_values else 0))


def heaviest(part: DocumentPart, weigh: Callable[[Piece], int]) -> Largest:
    """The fixed pieces and the heaviest component of each slot, which is the same in all places of the slot."""
    slots: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for insert in part.inserts:
        for address, piece in insert.pieces.items():
            slots[insert.slot][address] += weigh(piece)
    most = tuple(sorted(_most(slots), reverse=True))
    return Largest(sum(weigh(each) for each in part.segments) + sum(weight for weight, _ in most), most)


def _most(slots: dict[str, dict[str, int]]) -> Iterator[tuple[int, str]]:
    for weights in slots.values():
        address = max(weights, key=lambda each: (weights[each], each))
        yield weights[address], address
