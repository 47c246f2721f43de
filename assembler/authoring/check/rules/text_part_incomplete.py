"""E15: the text part of a mail lacks a link, code, date or address that the html part has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assembler.authoring.check.copy import Copy
from assembler.authoring.check.locate_text import copies_in_locale
from assembler.authoring.check.pages.document_parts import DocumentPart, Insert
from assembler.authoring.check.pages.elements import Tree
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.compile.links import is_link, links_in, quoted_link
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent

_MONTHS = r"jan|f[eé]v|feb|m[aä]r|avr|apr|abr|ma[iy]|jui|jun|jul|ao[uû]|aug|ago|sep|oct|okt|nov|d[eé][cz]|dic|ene"
_DATE = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?:{_MONTHS})[^\W\d_]*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\w/=&?#%~-]|[.,;:!]\w")


def find(page: Page) -> Iterator[Finding]:
    """What a mail shows in html and not in its text part: links, offer codes, dates, the address, the way out."""
    text = page.parts.get("text")
    if text is None:
        if "text" not in page.templates:
            hint = "write " + page.layout.source.path.replace(".html.j2", ".text.j2")
            yield Finding(page.start, "the mail has no text part", hint)
        return
    yield from _of_layout(page, text)
    for insert in page.html.inserts:
        for component, tree in page.trees(insert):
            yield from _of_component(page, text, insert, component, tree)


def _of_layout(page: Page, text: DocumentPart) -> Iterator[Finding]:
    start = page.templates["text"].source.at()
    fixed = " ".join(text.fixed.split())
    for link in page.frame.tagged("a"):
        phrase = page.html.phrase(link.attribute("href"))
        leaves = any(phrase.bits == (each.links.get(page.unsubscribe or ""),) for each in page.html.segments)
        if not phrase.inserts and not leaves and not _has(link.attribute("href"), text.fixed):
            message = f"the link {quoted_link(link.attribute('href'))} of the layout is not in the text part"
            yield Finding(start, message, "write it there as well")
    address = page.channel.address
    if address and " ".join(address.split()) not in fixed and not _every_option(text, address):
        yield Finding(start, "the text part lacks the postal address", "write {{ address }}")
    unsubscribe = page.unsubscribe
    if unsubscribe and not any(unsubscribe in each.links for each in text.segments) and not _leaves(text, unsubscribe):
        yield Finding(
            start,
            "the text part lacks the link to unsubscribe",
            f'write {{{{ field("{unsubscribe}", default="https://...") }}}}',
        )


def _every_option(part: DocumentPart, words: str) -> bool:
    """Whether some slot holds these words whatever stands in it."""
    return any(
        not each.optional and each.pieces and all(words in piece.text for piece in each.pieces.values())
        for each in part.inserts
    )


def _leaves(part: DocumentPart, name: str) -> bool:
    return any(
        not each.optional and each.pieces and all(name in piece.links for piece in each.pieces.values())
        for each in part.inserts
    )


def _of_component(
    page: Page, text: DocumentPart, insert: Insert, component: AuthoredComponent, tree: Tree
) -> Iterator[Finding]:
    said = (
        text.fixed
        + "\n"
        + "\n".join(
            each.pieces[component.address].text
            for each in text.of_slot(insert.slot)
            if component.address in each.pieces
        )
    )
    missing = [link for each in tree.tagged("a") if not _has(link := each.attribute("href"), said)]
    copies = copies_in_locale(page.pages.project, component, page.locale)
    if missing:
        saying = (each.value.expression for each in copies for link in missing if link in f"{each.text} {each.read()}")
        hint = f"write {next(saying, '{{ body | plain }}')} there; `plain` writes the links of Markdown out"
        message = f"a link of {component.type} is not in the text part"
        yield Finding(_text_place(page, text, insert, component), message, hint)
    shown = " ".join(tree.root.words().split())
    for what, words, expression in _facts(component, copies):
        if words in shown and words not in " ".join(said.split()):
            message = f"the {what} of {component.type} is not in the text part"
            yield Finding(_text_place(page, text, insert, component), message, f"write {expression} there")


def _facts(component: AuthoredComponent, copies: list[Copy]) -> Iterator[tuple[str, str, str]]:
    """What must not get lost: kind and words of every code and date, and how a template writes it."""
    for copy in copies:
        if copy.keys[-1] == "code":
            yield "code", " ".join(copy.read().split()), copy.value.expression
        elif copy.kind in ("text", "markdown"):
            for match in _DATE.finditer(copy.read()):
                yield "date", " ".join(match[0].split()), copy.value.expression
    for value in component.original.of_kind("date"):
        yield "date", value.text, value.expression


def _has(link: str, text: str) -> bool:
    """Whether a text holds a link, and programs that look for links take it to reach just as far."""
    if is_link(link) and "://" in link:
        return link in _whole_links(text)
    link = link.removeprefix("mailto:").removeprefix("tel:")
    if not link or link.startswith("#"):
        return True
    at = text.find(link)
    while at >= 0:
        if not _GOES_ON.match(text, at + len(link)):
            return True
        at = text.find(link, at + 1)
    return False


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


RULE = Rule(
    code="E15",
    severity="error",
    summary="The text part lacks a link, code, date or address that the html part has, or the link to unsubscribe.",
    fix="Write them into the text templates; `{{ body | plain }}` writes out the links of Markdown.",
    each=(MAILS.by(find),),
)
