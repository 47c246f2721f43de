"""The headings of a page in all its variants: how many h1 there can be, and which levels can follow each other.

What a slot can hold is taken independently of other slots, so what is proven here holds for every variant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.document_parts import Insert
from assembler.authoring.check.pages.elements import Element, Mark, Tree
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.diagnostics import Finding

__all__ = ["heading_findings"]

_HINT = "headings go down one level at a time, from the one h1"


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    placed: PlacedElement


_Option = tuple[str | None, tuple[_Heading, ...]]
_Item = _Heading | tuple[Insert, tuple[_Option, ...]]


def heading_findings(page: Page) -> Iterator[Finding]:
    """Variants without an h1 or with more than one, and headings that may skip a level."""
    items = list(_items(page))
    yield from _count(page, items)
    yield from _order(page, items)


def _items(page: Page) -> Iterator[_Item]:
    """The headings of the layout and the places of slots, in the order in which they are read."""
    for child in _in_order(page.frame.root):
        if isinstance(child, Mark):
            insert = page.html.inserts[child.number]
            yield insert, tuple(_options(page, insert))
        else:
            yield _Heading(int(child.tag[1]), PlacedElement(child))


def _in_order(element: Element) -> Iterator[Element | Mark]:
    for child in element.children:
        if isinstance(child, Mark):
            yield child
        elif isinstance(child, Element):
            if child.tag in _LEVELS:
                yield child
            yield from _in_order(child)


_LEVELS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _options(page: Page, insert: Insert) -> Iterator[_Option]:
    if insert.optional:
        yield None, ()
    for component, tree in page.trees(insert):
        yield (
            component.address,
            tuple(_Heading(int(each.tag[1]), PlacedElement(each, insert, component)) for each in _of(tree)),
        )


def _of(tree: Tree) -> Iterator[Element]:
    if tree.by_tag.keys() & _LEVELS:
        yield from (each for each in tree.elements if each.tag in _LEVELS)


# How many


def _count(page: Page, items: list[_Item]) -> Iterator[Finding]:
    firsts: list[list[_Heading]] = []
    fewest = 0
    lacking: list[tuple[Insert, str | None]] = []
    for item in items:
        if isinstance(item, _Heading):
            fewest += item.level == 1
            firsts += [[item]] if item.level == 1 else []
            continue
        insert, options = item
        counts = {address: [each for each in headings if each.level == 1] for address, headings in options}
        if not any(counts.values()):
            continue
        fewest += min(map(len, counts.values()))
        firsts.append(max(counts.values(), key=len))
        lacking += [(insert, address) for address, found in counts.items() if not found]
    yield from _too_many(page, firsts)
    if fewest == 0 and page.whole:
        yield from _too_few(page, lacking)


def _too_many(page: Page, firsts: list[list[_Heading]]) -> Iterator[Finding]:
    """`firsts` are the h1 of each place that may have some, as many as it may have."""
    before = 0
    for found in firsts:
        for heading in found:
            if before:
                hint = "one h1 says what it is all about; the others are h2"
                yield Finding(page.place(heading.placed), "a second h1 may stand in one variant", hint)
            before += 1


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
            rendition = page.rendition(component) or page.layout
            yield Finding(rendition.source.at(), f"a {component.type} without an h1, and no other in the variant", hint)


# In which order


def _order(page: Page, items: list[_Item]) -> Iterator[Finding]:
    """`before` holds the possible levels of the last heading; 0 at the start."""
    before = {0}
    for item in items:
        if isinstance(item, _Heading):
            yield from _after(page, item, before)
            before = {item.level}
            continue
        after: set[int] = set()
        for _, headings in item[1]:
            levels = before
            for heading in headings:
                yield from _after(page, heading, levels)
                levels = {heading.level}
            after |= levels
        before = after or before


def _after(page: Page, heading: _Heading, before: set[int]) -> Iterator[Finding]:
    lowest = min(before)
    if heading.level > lowest + 1:
        what = f"follow an h{lowest}" if lowest else "come first"
        yield Finding(page.place(heading.placed), f"an h{heading.level} may {what}: a level is skipped", _HINT)
