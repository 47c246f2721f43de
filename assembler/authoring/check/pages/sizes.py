"""How heavy the html part of the largest variant is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.document_parts import Piece
from assembler.authoring.check.pages.page import Page
from assembler.authoring.diagnostics import Finding


@dataclass(frozen=True, slots=True)
class Largest:
    """The most bytes that a part can have, and what each slot adds: bytes and component, the heaviest first."""

    size: int
    slots: tuple[tuple[int, str], ...]


def largest(page: Page, *, longest_values: bool = False) -> Largest:
    """The largest html part, merge fields at their fallbacks, or at their longest values of one byte a character."""
    slots: dict[str, Counter[str]] = defaultdict(Counter)
    for insert in page.html.inserts:
        for address, piece in insert.pieces.items():
            slots[insert.slot][address] += _bytes(piece, longest_values)
    # The component that is the heaviest in all places of its slot together.
    most = sorted((max((size, address) for address, size in slot.items()) for slot in slots.values()), reverse=True)
    fixed = sum(_bytes(segment, longest_values) for segment in page.html.segments)
    return Largest(fixed + sum(size for size, _ in most), tuple(most))


def _bytes(piece: Piece, longest_values: bool) -> int:
    return piece.size + (piece.room if longest_values else 0)


def size_findings(page: Page, *, allowed: int, why: str = "", quick: int | None = None) -> Iterator[Finding]:
    """The finding of a page or mail that may have more bytes of HTML than are allowed.

    A warning where only the longest values make it so, and over `quick` bytes; `why` more are not, in the message.
    """
    most, longest = largest(page), largest(page, longest_values=True)
    hint = "most of it: " + ", ".join(f"{address} {size / 1000:.1f} kB" for size, address in most.slots[:3])
    limit = f"{allowed // 1000} are allowed"
    if most.size > allowed:
        yield Finding(page.start, f"{_may_have(page, most.size)}; {why}{limit}", hint)
    elif longest.size > allowed:
        message = f"{_may_have(page, longest.size)} with the longest values; {limit}"
        yield Finding(page.start, message, hint, severity="warning")
    elif quick is not None and most.size > quick:
        message = f"{_may_have(page, most.size)}; up to {quick // 1000} load quickly"
        yield Finding(page.start, message, hint, severity="warning")


def _may_have(page: Page, size: int) -> str:
    return f"a {page.noun} of {page.campaign} may have {size / 1000:.1f} kB of HTML"
