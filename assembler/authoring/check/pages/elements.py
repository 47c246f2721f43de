"""Compiled HTML as trees of elements, with a mark at each place where a slot stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring.check.pages.css import declarations

MARK = re.compile("<!--\x02([0-9]+)\x03-->")
"""The mark of an insert, by its number: no text may hold such control characters (C08)."""

# What must stand open for the children of some elements to be parsed as such.
_OPEN = {
    "table": ("table",),
    "tbody": ("table", "tbody"),
    "thead": ("table", "thead"),
    "tfoot": ("table", "tfoot"),
    "tr": ("table", "tbody", "tr"),
}


def mark(number: int) -> str:
    """What stands for the n-th insert."""
    return f"<!--\x02{number}\x03-->"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of an insert, by its number."""

    number: int


@dataclass(slots=True, eq=False)
class Element:
    """An element. Its children are elements, texts, comments and marks."""

    tag: str
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str | Comment | Mark] = field(default_factory=list)

    @property
    def style(self) -> Mapping[str, str]:
        """What its style attribute declares."""
        written = self.attributes.get("style")
        return declarations(written) if written else {}

    def attribute(self, name: str) -> str:
        """The value of an attribute without blanks around it; empty where there is none."""
        return (self.attributes.get(name) or "").strip()

    def number(self, name: str) -> int | None:
        """The value of an attribute that is a number in digits alone; None where it is none."""
        text = self.attribute(name)
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def is_json_ld(self) -> bool:
        """Whether it is a script that tells search engines something, and runs nothing."""
        return self.tag == "script" and self.attribute("type").lower() == "application/ld+json"

    @property
    def holds_mark(self) -> bool:
        """Whether an insert stands in it, or in an element below it."""
        return any(isinstance(child, Mark) for element in (self, *self.below()) for child in element.children)

    @property
    def own_text(self) -> str:
        """The text that stands in it, not in elements below it."""
        return "".join(child for child in self.children if isinstance(child, str))

    def words(self) -> str:
        """All text in it, with single blanks; texts of scripts and styles left out."""
        return " ".join("".join(self._texts()).split())

    def below(self) -> Iterator[Element]:
        """Every element in it, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()

    def ancestors(self) -> Iterator[Element]:
        """What it stands in, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif isinstance(child, Element) and child.tag not in ("script", "style"):
                yield from child._texts()
                yield "" if child.tag in _INLINE else " "


_INLINE = frozenset("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u".split(" "))


@dataclass(slots=True, eq=False)
class Tree:
    """A parsed piece: `root` is what its outermost elements stand in, and is no part of the piece itself."""

    root: Element
    elements: tuple[Element, ...]
    comments: tuple[str, ...]
    by_tag: Mapping[str, tuple[Element, ...]]

    def tagged(self, *tags: str) -> Iterator[Element]:
        """The elements of some kinds; those of one kind in their order."""
        for tag in tags:
            yield from self.by_tag.get(tag, ())


@lru_cache(maxsize=16_384)
def parse(html: str, within: str | None = None) -> Tree:
    """The tree of a whole document, or of a piece that stands in an element of the kind `within`."""
    root = Element("#document" if within is None else "#piece")
    node = _outermost(html, within)
    if node is not None and within is None:
        root.children.append(_filled(Element(node.tag or "", node.attributes, root), node))
    elif node is not None:
        _filled(root, node)
    elements = tuple(root.below())
    by_tag: dict[str, list[Element]] = {}
    for element in elements:
        by_tag.setdefault(element.tag, []).append(element)
    children = (child for element in (root, *elements) for child in element.children)
    comments = tuple(child.text for child in children if isinstance(child, Comment))
    return Tree(root, elements, comments, {tag: tuple(alike) for tag, alike in by_tag.items()})


def _outermost(html: str, within: str | None) -> LexborNode | None:
    """The root of a whole document, or the node in which the outermost elements of a piece stand."""
    if within is None:
        return LexborHTMLParser(html).root
    open_ = _OPEN.get(within, ())
    start = "<head>" if within == "head" else "<body>"
    document = LexborHTMLParser(start + "".join(f"<{tag}>" for tag in open_) + html)
    node = document.head if within == "head" else document.body
    for tag in open_:
        node = next((child for child in node.iter() if child.tag == tag), None) if node is not None else None
    return node


def _filled(element: Element, node: LexborNode) -> Element:
    """The element with what stands in a node."""
    child = node.child
    while child is not None:
        if child.is_element_node:
            element.children.append(_filled(Element(child.tag or "", child.attributes, element), child))
        elif child.tag == "-text":
            element.children.append(child.text_content or "")
        elif child.tag == "-comment":
            text = child.html or ""
            insert = MARK.fullmatch(text)
            comment = Comment(text.removeprefix("<!--").removesuffix("-->"))
            element.children.append(Mark(int(insert[1])) if insert else comment)
        child = child.next
    return element
