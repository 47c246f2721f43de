"""A page shows no action on the first screen of a phone, or does not repeat it at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from assembler.authoring.check.pages.elements import Element, Mark, Tree
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

# An estimate for a phone of 375 x 812 CSS pixels: what text and pictures take of its height.
_WIDTH, _FOLD = 375, 812
_LINES = {"h1": (20, 38), "h2": (24, 34)}
_LINE = (42, 26)
_GAP = 16


@dataclass(frozen=True, slots=True)
class _Action:
    """Where an action stands: its key (a link, or the slot that gives it), the height above it, the slots after it."""

    key: str
    above: float
    slots_after: int


@WEB_PAGES.rule(
    "P08",
    "warning",
    __doc__,
    "Put the slot of the action before the story, and a link to the same address after the last slot of main.",
)
def no_clear_action(page: Page) -> Iterator[Finding]:
    main = next(page.frame.tagged("main"), None)
    if main is None or not page.whole:
        return
    actions = list(_actions(page, main))
    early = {action.key for action in actions if action.above <= _FOLD}
    place = page.place_in_layout(main)
    if not early:
        hint = "put the action before the story; the first screen of a phone has room for a picture and a headline"
        yield Finding(place, f"no action in the first {_FOLD} px of a phone", hint)
    elif not any(action.slots_after == 0 and action.key in early for action in actions):
        hint = 'end main with a link to {{ slot("cta", part="text") }} or another that gives the address'
        yield Finding(place, "the action is not repeated at the end", hint)


def _actions(page: Page, main: Element) -> Iterator[_Action]:
    """The links of main in their order."""
    header = next(page.frame.tagged("header"), None)
    height = _height((header, *header.below())) if header is not None else 0.0
    items = list(_items(main))
    slots_after = sum(isinstance(item, Mark) for item in items)
    for item in items:
        if isinstance(item, Mark):
            slots_after -= 1
            insert = page.html.inserts[item.number]
            trees = [tree for _, tree in page.trees(insert)]
            if trees and not insert.optional and all(map(_has_link, trees)):
                yield _Action(f"slot {insert.slot}", height + max(map(_above_link, trees)), slots_after)
            height += max(map(_tree_height, trees), default=0.0)
        else:
            if _is_link(item):
                yield _Action(_key(page, item), height, slots_after)
            height += _own_height(item)


def _items(element: Element) -> Iterator[Element | Mark]:
    """The elements and slots in an element; a slot that gives a link its words is no slot of its own."""
    for child in element.children:
        if isinstance(child, Mark):
            if element.tag != "a":
                yield child
        elif isinstance(child, Element):
            yield child
            yield from _items(child)


def _is_link(element: Element) -> bool:
    """Return whether an element is a link that leads off the page."""
    return element.tag == "a" and bool(element.attribute("href")) and not element.attribute("href").startswith("#")


def _has_link(tree: Tree) -> bool:
    return any(map(_is_link, tree.tagged("a")))


def _key(page: Page, link: Element) -> str:
    """The slot that gives a link its address; else the address."""
    slot = page.html.phrase(link.attribute("href")).slot
    return f"slot {slot}" if slot else link.attribute("href")


def _height(elements: Iterable[Element]) -> float:
    return sum(map(_own_height, elements))


def _tree_height(tree: Tree) -> float:
    return _height((tree.root, *tree.elements))


def _above_link(tree: Tree) -> float:
    """The height of what stands before the first link."""
    before = takewhile(lambda element: not _is_link(element), tree.elements)
    return _height((tree.root, *before))


def _own_height(element: Element) -> float:
    """What an element adds to the height of a page 375 px wide, those below it left out."""
    if element.tag in ("script", "style"):
        return 0.0
    if element.tag == "img":
        width, height = element.number("width"), element.number("height")
        return height * min(1.0, _WIDTH / width) if width and height else 0.0
    text = " ".join(element.own_text.split())
    characters, line = _LINES.get(element.tag, _LINE)
    return (-(-len(text) // characters) * line + _GAP) if text else 0.0
