"""P08: a page does not show its action at once, or not again at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.pages.elements import Element, Mark, Tree
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
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


def find(page: Page) -> Iterator[Finding]:
    """Pages on which no link of main stands above the fold of a phone and is repeated after the last slot of main."""
    main = next(page.frame.tagged("main"), None)
    if main is None or not page.whole:
        return
    actions = list(_actions(page, main))
    early = [each for each in actions if each.above <= _FOLD]
    place = page.place_in_layout(main)
    if not early:
        hint = "put the action before the story; the first screen of a phone has room for a picture and a headline"
        yield Finding(place, f"no action in the first {_FOLD} px of a phone", hint)
    elif not any(each.slots_after == 0 and each.key in {one.key for one in early} for each in actions):
        hint = 'end main with a link to {{ slot("cta", part="text") }} or another that gives the address'
        yield Finding(place, "the action is not repeated at the end", hint)


def _actions(page: Page, main: Element) -> Iterator[_Action]:
    """The links of main in their order."""
    header = next(page.frame.tagged("header"), None)
    height = _height(header) if header is not None else 0.0
    items = list(_items(main))
    for index, item in enumerate(items):
        rest = sum(isinstance(each, Mark) for each in items[index + 1 :])
        if isinstance(item, Mark):
            insert = page.html.inserts[item.number]
            trees = [tree for _, tree in page.trees(insert)]
            if trees and not insert.optional and all(any(_link(each) for each in tree.tagged("a")) for tree in trees):
                first = max(_above_link(tree) for tree in trees)
                yield _Action(f"slot {insert.slot}", height + first, rest)
            height += max((_tree_height(tree) for tree in trees), default=0.0)
        else:
            if item.tag == "a" and _link(item):
                phrase = page.html.phrase(item.attribute("href"))
                yield _Action(f"slot {phrase.slot}" if phrase.slot else item.attribute("href"), height, rest)
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


def _link(element: Element) -> bool:
    return bool(element.attribute("href")) and not element.attribute("href").startswith("#")


def _height(element: Element) -> float:
    return sum(_own_height(each) for each in (element, *element.below()))


def _tree_height(tree: Tree) -> float:
    return sum(_own_height(each) for each in (tree.root, *tree.elements))


def _above_link(tree: Tree) -> float:
    """The height of what stands before the first link."""
    height = _own_height(tree.root)
    for each in tree.elements:
        if each.tag == "a" and _link(each):
            break
        height += _own_height(each)
    return height


def _own_height(element: Element) -> float:
    """What an element adds to the height of a page 375 px wide, those below it left out."""
    if element.tag in ("script", "style"):
        return 0.0
    if element.tag == "img":
        width, height = element.attribute("width"), element.attribute("height")
        if not (width.isdigit() and height.isdigit() and int(width)):
            return 0.0
        return int(height) * min(1.0, _WIDTH / int(width))
    text = " ".join(element.own_text.split())
    characters, line = _LINES.get(element.tag, _LINE)
    return (-(-len(text) // characters) * line + _GAP) if text else 0.0


RULE = Rule(
    code="P08",
    severity="warning",
    summary="A page shows no action on the first screen of a phone, or does not repeat it at the end.",
    fix="Put the slot of the action before the story, and a link to the same address after the last slot of main.",
    each=(WEB_PAGES.by(find),),
)
