"""The text part lacks a link, code, date or address that the html part has, or the link to unsubscribe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.check.pages.document_parts import DocumentPart, Insert, Piece
from assembler.authoring.check.pages.elements import Tree
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.compile.links import is_link, links_in, quoted_link
from assembler.authoring.compile.written_dates import WrittenDate
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent, FieldValue

_MONTHS = r"jan|f[eé]v|feb|m[aä]r|avr|apr|abr|ma[iy]|jui|jun|jul|ao[uû]|aug|ago|sep|oct|okt|nov|d[eé][cz]|dic|ene"
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?:{_MONTHS})[^\W\d_]*",
    re.IGNORECASE,
)
_ENDS = r"(?![\w/=&?#%~-]|[.,;:!]\w)"


@MAILS.rule(
    "E15",
    "error",
    __doc__,
    "Write them into the text templates; `{{ body | plain }}` writes out the links of Markdown.",
)
def text_part_incomplete(page: Page) -> Iterator[Finding]:
    text = page.parts.get("text")
    if text is None:
        path = page.layout.source.path.replace(".html.j2", ".text.j2")
        if "text" not in page.templates and path not in page.pages.project.unread:
            yield Finding(page.start, "the mail has no text part", f"write {path}")
        return
    start = page.templates["text"].source.at()
    yield from (Finding(start, message, hint) for message, hint in _layout_faults(page, text))
    for insert, component, tree in page.placed_trees():
        faults = _component_faults(page, text, insert, component, tree) if _is_spoken(text, insert, component) else ()
        for message, hint in faults:
            yield Finding(_text_place(page, text, insert, component), message, hint)


def _layout_faults(page: Page, text: DocumentPart) -> Iterator[tuple[str, str]]:
    """What the layout shows and the text part lacks: the messages, and how to mend it."""
    for link in page.frame.tagged("a"):
        address = link.attribute("href")
        if not _is_personal(page, address) and not _has(address, text.fixed):
            yield f"the link {quoted_link(address)} of the layout is not in the text part", "write it there as well"
    if page.channel.address and not _has_address(text, page.channel.address):
        yield "the text part lacks the postal address", "write {{ address }}"
    unsubscribe = page.unsubscribe
    if unsubscribe and not _has_field(text, unsubscribe):
        hint = f'write {{{{ field("{unsubscribe}", default="https://...") }}}}'
        yield "the text part lacks the link to unsubscribe", hint


def _is_personal(page: Page, address: str) -> bool:
    """Return whether a link of the layout is what a slot gives, or the merge field to unsubscribe."""
    phrase = page.html.phrase(address)
    ways_out = (segment.links.get(page.unsubscribe or "") for segment in page.html.segments)
    return bool(phrase.inserts) or any(phrase.bits == (way_out,) for way_out in ways_out)


def _has_address(text: DocumentPart, address: str) -> bool:
    shown = " ".join(address.split()) in " ".join(text.fixed.split())
    return shown or _always(text, lambda piece: address in piece.text)


def _always(text: DocumentPart, holds: Callable[[Piece], bool]) -> bool:
    """Return whether some slot holds something whatever stands there."""
    return any(insert.always(lambda _, piece: holds(piece)) for insert in text.inserts)


def _has_field(text: DocumentPart, name: str) -> bool:
    shown = any(name in segment.links for segment in text.segments)
    return shown or _always(text, lambda piece: name in piece.links)


def _is_spoken(text: DocumentPart, insert: Insert, component: AuthoredComponent) -> bool:
    """Whether a component stands in the text part wherever its slot does: if not, its rendition has a finding."""
    theirs = [one.pieces for one in text.of_slot(insert.slot)]
    return not theirs or any(component.address in pieces for pieces in theirs)


def _component_faults(
    page: Page, text: DocumentPart, insert: Insert, component: AuthoredComponent, tree: Tree
) -> Iterator[tuple[str, str]]:
    """What a component shows in html and not in the text part: the messages, and how to mend it."""
    said = _said(text, insert.slot, component.address)
    copies = copies_in_locale(page.pages.project, component, page.locale)
    links = (link.attribute("href") for link in tree.tagged("a"))
    missing = [link for link in links if not _has(link, said)]
    if missing:
        hint = f"write {_expression(copies, missing)} there; `plain` writes the links of Markdown out"
        yield f"a link of {component.type} is not in the text part", hint
    shown, said = (" ".join(words.split()) for words in (tree.root.words(), said))
    for kind, forms, expression in _facts(page, component, copies):
        if _holds(shown, forms) and not _holds(said, forms):
            yield f"the {kind} of {component.type} is not in the text part", f"write {expression} there"


def _holds(text: str, forms: Iterable[str]) -> bool:
    return any(form in text for form in forms)


def _said(text: DocumentPart, slot: str, address: str) -> str:
    """The text part with what a component says in a slot."""
    pieces = (insert.pieces[address].text for insert in text.of_slot(slot) if address in insert.pieces)
    return text.fixed + "\n" + "\n".join(pieces)


def _expression(copies: list[FieldValue], links: list[str]) -> str:
    """Return how a template writes the copy in which one of some links stands."""
    for copy in copies:
        if any(link in f"{copy.text} {visible_words(copy)}" for link in links):
            return copy.expression
    return "{{ body | plain }}"


def _facts(
    page: Page, component: AuthoredComponent, copies: list[FieldValue]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What must not get lost: kind and words (any of some) of every code and date, and how a template writes it."""
    for copy in copies:
        if copy.path[-1] == "code":
            yield "code", (" ".join(visible_words(copy).split()),), copy.expression
        elif copy.kind in ("text", "markdown"):
            for match in _DATE.finditer(visible_words(copy)):
                yield "date", (" ".join(match[0].split()),), copy.expression
    for value in component.original.of_kind("date"):
        if isinstance(value.value, date):
            written = WrittenDate(value.value, page.locale, page.pages.project.settings.timezone)
            yield "date", (written.iso, " ".join(written.words.split())), value.expression


def _has(link: str, text: str) -> bool:
    """Return whether a text holds a link, and programs that look for links take it to reach just as far."""
    if is_link(link) and "://" in link:
        return link in _whole_links(text)
    link = link.removeprefix("mailto:").removeprefix("tel:")
    if not link or link.startswith("#"):
        return True
    return re.search(re.escape(link) + _ENDS, text) is not None


@lru_cache(maxsize=256)
def _whole_links(text: str) -> frozenset[str]:
    return frozenset(link for _, link in links_in(text))


def _text_place(page: Page, text: DocumentPart, insert: Insert, component: AuthoredComponent) -> Place:
    """The template of the component's text; the layout's, where it calls the slot or should."""
    called = next(text.of_slot(insert.slot), None)
    rendition = page.rendition(component, "text")
    if called is not None and rendition is not None:
        return rendition.source.at()
    return page.pages.places.slot_call(page.templates["text"], insert.slot)
