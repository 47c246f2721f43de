"""A finished mail holds braces, a value that is None, or a control character that cuts it off."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from assembler.authoring.check.pages.document_parts import DocumentPart
from assembler.authoring.check.pages.elements import Element, Tree
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.project_texts import string_texts
from assembler.authoring.check.scope import MAILS
from assembler.authoring.compile.delimited_spans import JINJA, blanked
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import Template

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|\*\|[^|\n]{1,80}\|\*|%%[A-Za-z_][^%\n]{0,80}%%")
_C1 = re.compile(r"[\x80-\x9f]")
_NOTHING = frozenset({"None", "null", "NULL", "Null", "nan", "NaN", "undefined"})
_SEEN = ("alt", "title", "aria-label", "href", "src", "width", "height", "content", "lang", "dir", "bgcolor")
_HINTS = {
    "is left over": "write what should stand there; a personal value is a merge field",
    "stands where a value should": "give the value a default, or leave the element out where there is none",
    "makes Gmail cut the mail off": "type the character again; it was pasted from a text in another encoding",
}


@MAILS.rule("E17", "error", __doc__, "Remove it, or give the value that it stands for a default.")
def leftover_in_mail(page: Page) -> Iterator[Finding]:
    in_frame = _in_tree(page.frame)
    told = _said_elsewhere(page, {text for _, text, _ in in_frame} - _NOTHING)
    for element, text, fault in in_frame:
        if text not in told:
            yield _finding(page.place_in_layout(element), text, fault)
    for insert, component, tree in page.placed_trees():
        for element, text, fault in _in_tree(tree):
            if not _says(component, text):
                yield _finding(page.place(PlacedElement(element, insert, component)), text, fault)
    yield from _in_plain_parts(page)


@lru_cache(maxsize=16_384)
def _in_tree(tree: Tree) -> tuple[tuple[Element, str, str], ...]:
    """The elements in whose texts and attributes something is left over, with what it is and how it is wrong."""
    elements = (element for element in (tree.root, *tree.elements) if element.tag not in ("style", "script"))
    return tuple((element, text, fault) for element in elements for text, fault in _in_element(element))


def _in_element(element: Element) -> Iterator[tuple[str, str]]:
    texts = (child for child in element.children if isinstance(child, str))
    for text in (*texts, *filter(None, element.attributes.values())):
        yield from _in_text(text)
    has_none_below = next(element.below(), None) is None
    for text in (element.own_text if has_none_below else "", *map(element.attribute, _SEEN)):
        yield from _nothing(text)


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    for match in _BRACES.finditer(text):
        yield match[0], "is left over"
    for match in _C1.finditer(text):
        yield match[0], "makes Gmail cut the mail off"


def _nothing(text: str) -> Iterator[tuple[str, str]]:
    """A text that is nothing but a value that was nothing."""
    if text.strip() in _NOTHING:
        yield text.strip(), "stands where a value should"


def _in_plain_parts(page: Page) -> Iterator[Finding]:
    for name in sorted(page.parts.keys() - {"html"}):
        part, template = page.parts[name], page.templates[name]
        fixed = list(_in_text(part.fixed))
        told = _said_elsewhere(page, {text for text, _ in fixed})
        yield from (_finding(template.source.at(), text, fault) for text, fault in fixed if text not in told)
        yield from _in_inserts(page, part, template)


def _in_inserts(page: Page, part: DocumentPart, template: Template) -> Iterator[Finding]:
    for address, piece in (option for insert in part.inserts for option in insert.pieces.items()):
        component = page.pages.project.components[address]
        for text, fault in (*_in_text(piece.text), *_nothing(piece.text)):
            if not _says(component, text):
                yield _finding((page.rendition(component, part.name) or template).source.at(), text, fault)


def _said_elsewhere(page: Page, texts: Collection[str]) -> frozenset[str]:
    """Those of some leftovers that templates or strings.yaml themselves say: C02, C03 and C08 tell of them."""
    if not texts:
        return frozenset()
    templates = page.pages.compiled.templates.syntax.values()
    sources = [JINJA.sub(blanked, syntax.source.text) for syntax in templates]
    sources += [text for _, _, text in string_texts(page.pages.project)]
    return frozenset(text for text in texts if any(text in source for source in sources))


def _says(component: AuthoredComponent, text: str) -> bool:
    """Return whether a component itself says a text: a finding of its copy (C02, C03, C08), not of the mail."""
    return any(text in own for own in _texts(component)) if text in _NOTHING else text in _left_in(component)


def _texts(component: AuthoredComponent) -> Iterator[str]:
    return (value.text for words in component.words.values() for value in words.values.values())


@lru_cache(maxsize=16_384)
def _left_in(component: AuthoredComponent) -> frozenset[str]:
    """The braces and control characters that a component itself says."""
    return frozenset(leftover for text in _texts(component) for leftover, _ in _in_text(text))


def _finding(place: Place, text: str, fault: str) -> Finding:
    name = f"the control character U+{ord(text):04X}" if _C1.fullmatch(text) else repr(text)
    return Finding(place, f"{name} {fault}", _HINTS[fault])
