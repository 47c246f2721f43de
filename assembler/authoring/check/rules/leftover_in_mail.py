"""E17: braces, values that are nothing, or control characters are left in a finished mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assembler.authoring.check.pages.elements import Element, Tree
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\*\|[^|\n]{1,80}\|\*|%%[A-Za-z_][^%\n]{0,80}%%")
_C1 = re.compile(r"[\x80-\x9f]")
_NOTHING = frozenset({"None", "null", "NULL", "Null", "nan", "NaN", "undefined"})
_SEEN = ("alt", "title", "aria-label", "href", "src", "width", "height", "content", "lang", "dir", "bgcolor")
_HINTS = {
    "is left over": "write what should stand there; a personal value is a merge field",
    "stands where a value should": "give the value a default, or leave the element out where there is none",
    "makes Gmail cut the mail off": "type the character again; it was pasted from a text in another encoding",
}


def find(page: Page) -> Iterator[Finding]:
    """Braces outside style and script, texts and attributes that are None or null, and U+0080 to U+009F."""
    for element, what, fault in _in_tree(page.frame):
        yield _finding(page.place_in_layout(element), what, fault)
    for insert in page.html.inserts:
        for component, tree in page.trees(insert):
            for element, what, fault in _in_tree(tree):
                if not _says(component, what):
                    yield _finding(page.place(PlacedElement(element, insert, component)), what, fault)
    yield from _plain_parts(page)


@lru_cache(maxsize=16_384)
def _in_tree(tree: Tree) -> tuple[tuple[Element, str, str], ...]:
    """What is wrong in the texts and attributes of which element, and how."""
    return tuple(_faults(tree))


def _faults(tree: Tree) -> Iterator[tuple[Element, str, str]]:
    for element in (tree.root, *tree.elements):
        if element.tag in ("style", "script"):
            continue
        texts = [child for child in element.children if isinstance(child, str)]
        values = [value for value in element.attributes.values() if value]
        for text in (*texts, *values):
            yield from ((element, what, fault) for what, fault in _in_text(text))
        shown = [element.own_text] if not any(True for _ in element.below()) else []
        for text in (*shown, *(element.attribute(name) for name in _SEEN)):
            if text.strip() in _NOTHING:
                yield element, text.strip(), "stands where a value should"


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    for match in _BRACES.finditer(text):
        yield match[0], "is left over"
    for match in _C1.finditer(text):
        yield match[0], "makes Gmail cut the mail off"


def _plain_parts(page: Page) -> Iterator[Finding]:
    for name in sorted(page.parts.keys() - {"html"}):
        part, template = page.parts[name], page.templates[name]
        for what, fault in _in_text(part.fixed):
            yield _finding(template.source.at(), what, fault)
        for address, piece in ((each, piece) for insert in part.inserts for each, piece in insert.pieces.items()):
            component = page.pages.project.components.get(address)
            nothing = [(piece.text.strip(), "stands where a value should")] if piece.text.strip() in _NOTHING else []
            for what, fault in (*_in_text(piece.text), *nothing):
                if component is not None and not _says(component, what):
                    yield _finding((page.rendition(component, name) or template).source.at(), what, fault)


def _says(component: AuthoredComponent, what: str) -> bool:
    """Whether a component itself says it: a finding of its copy (C02, C03, C08), not of the mail."""
    texts = (each.text for words in component.words.values() for each in words.values.values())
    return any(what in text for text in texts) if what in _NOTHING else what in _left_in(component)


@lru_cache(maxsize=16_384)
def _left_in(component: AuthoredComponent) -> frozenset[str]:
    """What of all that is left over a component itself says."""
    texts = (each.text for words in component.words.values() for each in words.values.values())
    return frozenset(what for text in texts for what, _ in _in_text(text))


def _finding(place: Place, what: str, fault: str) -> Finding:
    name = f"the control character U+{ord(what):04X}" if _C1.fullmatch(what) else repr(what)
    return Finding(place, f"{name} {fault}", _HINTS[fault])


RULE = Rule(
    code="E17",
    severity="error",
    summary="A finished mail holds braces, a value that is None, or a control character that cuts it off.",
    fix="Remove it, or give the value that it stands for a default.",
    each=(MAILS.by(find),),
)
