"""The headings of a page in all its variants: how many h1 there can be, and which levels can follow each other.

What a slot can hold is taken independently of other slots, so what is proven here holds for every variant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assembler.authoring.check.pages.document_parts import Insert
from assembler.authoring.check.pages.elements import Element, Mark
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.diagnostics import Finding

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_Options = Mapping[str | None, Sequence[PlacedElement]]
"""The headings that each component, by address, has in one place; no address is for nothing, and for the layout."""


def heading_findings(page: Page) -> Iterator[Finding]:
    """The findings of variants without an h1 or with more than one, and of headings that may skip a level."""
    positions = list(_positions(page))
    yield from _count(page, positions)
    every = [options for _, options in positions]
    tags = {placed.element.tag for options in every for own in options.values() for placed in own}
    # Where there is no h1 at all, that is told, and the rest judged as if there were.
    yield from _order(page, every, start=0 if "h1" in tags else 1)


def _positions(page: Page) -> Iterator[tuple[Insert | None, _Options]]:
    """The headings of the layout and the inserts, in the order in which they are read."""
    for child in _in_order(page.frame.root):
        if isinstance(child, Mark):
            insert = page.html.inserts[child.number]
            yield insert, _options(page, insert)
        else:
            yield None, {None: [PlacedElement(child)]}


def _in_order(element: Element) -> Iterator[Element | Mark]:
    for child in element.children:
        if isinstance(child, Mark):
            yield child
        elif isinstance(child, Element):
            if child.tag in _LEVELS:
                yield child
            yield from _in_order(child)


def _options(page: Page, insert: Insert) -> _Options:
    options: dict[str | None, list[PlacedElement]] = {None: []} if insert.optional else {}
    for component, tree in page.trees(insert):
        elements = () if _LEVELS.keys().isdisjoint(tree.by_tag) else tree.elements
        headings = (element for element in elements if element.tag in _LEVELS)
        options[component.address] = [PlacedElement(heading, insert, component) for heading in headings]
    return options


def _count(page: Page, positions: list[tuple[Insert | None, _Options]]) -> Iterator[Finding]:
    most: list[PlacedElement] = []
    fewest = 0
    lacking: list[tuple[Insert, str | None]] = []
    for insert, options in positions:
        firsts = {name: [placed for placed in own if placed.element.tag == "h1"] for name, own in options.items()}
        if any(firsts.values()):
            fewest += min(map(len, firsts.values()))
            fullest = max(firsts.values(), key=len)
            most += fullest
            if insert is not None:
                lacking += [(insert, address) for address, own in firsts.items() if not own]
    for placed in most[1:]:
        hint = "one h1 says what it is all about; the others are h2"
        yield Finding(page.place(placed), "a second h1 may stand in one variant", hint)
    if fewest == 0 and page.whole:
        yield from _too_few(page, lacking)


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


def _order(page: Page, positions: list[_Options], start: int) -> Iterator[Finding]:
    before = {start}  # the possible levels of the last heading
    for options in positions:
        after: set[int] = set()
        for headings in options.values():
            levels = before
            for placed in headings:
                level, lowest = _LEVELS[placed.element.tag], min(levels)
                if level > lowest + 1:
                    position = f"follow an h{lowest}" if lowest else "come first"
                    hint = "headings go down one level at a time, from the one h1"
                    yield Finding(page.place(placed), f"an h{level} may {position}: a level is skipped", hint)
                levels = {level}
            after |= levels
        before = after or before
