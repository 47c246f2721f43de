"""The headings of a page in all its variants: how many h1 there can be, and which levels can follow each other.

What a slot can hold is taken independently of other slots, so what is proven here holds for every variant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.document_parts import Insert
from assembler.authoring.check.pages.elements import Element, Mark
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.diagnostics import Finding

_HINT = "headings go down one level at a time, from the one h1"


_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    placed: PlacedElement


@dataclass(frozen=True, slots=True)
class _Position:
    """Where headings stand: one of the layout, or an insert with those that each component, by address, has there.

    No address is for nothing, and for the layout.
    """

    insert: Insert | None
    options: tuple[tuple[str | None, tuple[_Heading, ...]], ...]


def heading_findings(page: Page) -> Iterator[Finding]:
    """The findings of variants without an h1 or with more than one, and of headings that may skip a level."""
    positions = list(_positions(page))
    yield from _count(page, positions)
    yield from _order(page, positions)


def _positions(page: Page) -> Iterator[_Position]:
    """The headings of the layout and the places of slots, in the order in which they are read."""
    for child in _in_order(page.frame.root):
        if isinstance(child, Mark):
            insert = page.html.inserts[child.number]
            yield _Position(insert, tuple(_options(page, insert)))
        else:
            yield _Position(None, ((None, (_Heading(_LEVELS[child.tag], PlacedElement(child)),)),))


def _in_order(element: Element) -> Iterator[Element | Mark]:
    for child in element.children:
        if isinstance(child, Mark):
            yield child
        elif isinstance(child, Element):
            if child.tag in _LEVELS:
                yield child
            yield from _in_order(child)


def _options(page: Page, insert: Insert) -> Iterator[tuple[str | None, tuple[_Heading, ...]]]:
    if insert.optional:
        yield None, ()
    for component, tree in page.trees(insert):
        elements = () if _LEVELS.keys().isdisjoint(tree.by_tag) else tree.elements
        headings = (element for element in elements if element.tag in _LEVELS)
        placed = (PlacedElement(element, insert, component) for element in headings)
        yield component.address, tuple(_Heading(_LEVELS[heading.element.tag], heading) for heading in placed)


# How many


def _count(page: Page, positions: list[_Position]) -> Iterator[Finding]:
    firsts: list[list[_Heading]] = []
    fewest = 0
    lacking: list[tuple[Insert, str | None]] = []
    for position in positions:
        by_option = {address: _firsts(headings) for address, headings in position.options}
        if any(by_option.values()):
            fewest += min(map(len, by_option.values()))
            firsts.append(max(by_option.values(), key=len))
            if position.insert is not None:
                lacking += [(position.insert, address) for address, own in by_option.items() if not own]
    yield from _too_many(page, firsts)
    if fewest == 0 and page.whole:
        yield from _too_few(page, lacking)


def _firsts(headings: tuple[_Heading, ...]) -> list[_Heading]:
    return [heading for heading in headings if heading.level == 1]


def _too_many(page: Page, firsts: list[list[_Heading]]) -> Iterator[Finding]:
    """`firsts` are the h1 of each position that may have some, as many as it may have."""
    headings = [heading for own in firsts for heading in own]
    for heading in headings[1:]:
        hint = "one h1 says what it is all about; the others are h2"
        yield Finding(page.place(heading.placed), "a second h1 may stand in one variant", hint)


def _too_few(page: Page, lacking: list[tuple[Insert, str | None]]) -> Iterator[Finding]:
    hint = "give the layout an h1, or every component that can stand in one slot"
    if not lacking:
        yield Finding(page.place_in_layout(page.body), "no h1 in any variant", hint)
    for insert, address in lacking:
        if address is None:
            place = page.pages.places.slot_call(page.layout, insert.slot)
            yield Finding(place, f"no h1 where slot {insert.slot!r} is empty", hint)
        else:
            component = page.pages.project.components[address]
            message = f"a {component.type} without an h1, and no other in the variant"
            yield Finding(page.rendition_start(component), message, hint)


# In which order


def _order(page: Page, positions: list[_Position]) -> Iterator[Finding]:
    """`before` holds the possible levels of the last heading; 0 at the start."""
    before = {0}
    for position in positions:
        after: set[int] = set()
        for _, headings in position.options:
            levels = before
            for heading in headings:
                yield from _skipped(page, heading, min(levels))
                levels = {heading.level}
            after |= levels
        before = after or before


def _skipped(page: Page, heading: _Heading, before: int) -> Iterator[Finding]:
    if heading.level > before + 1:
        position = f"follow an h{before}" if before else "come first"
        yield Finding(page.place(heading.placed), f"an h{heading.level} may {position}: a level is skipped", _HINT)
