"""What the document of a mail and that of a page must say alike: their type and language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.diagnostics import Finding, Place, Replacement


def doctype_findings(page: Page) -> Iterator[Finding]:
    """The finding of a document that does not begin with its type."""
    marked = page.html.marked.lower()
    if not marked.lstrip().startswith("<!doctype html>"):
        start = page.layout.source.at()
        mend = None if "<!doctype" in marked else Replacement("", "<!DOCTYPE html>\n", start)
        message = "the document does not begin with <!DOCTYPE html>"
        yield Finding(page.start, message, "write it on the first line", mend=mend)


def language_findings(page: Page, element: Element, name: str) -> Iterator[Finding]:
    """The finding of an element, called `name`, that does not say the language of the page."""
    language = element.attribute("lang")
    place, hint = page.place_in_layout(element), 'write lang="{{ locale }}"'
    if not language:
        yield Finding(place, f"{name} has no lang", hint, mend=with_attribute(element, place, 'lang="{{ locale }}"'))
    elif language.lower() != page.locale.lower():
        message = f"{name} says lang={language!r} in a {page.noun} that is written in another language"
        yield Finding(place, message, hint)


def with_attribute(element: Element, place: Place, attribute: str) -> Replacement | None:
    """Return the tag at a place with an attribute that it has not."""
    name = attribute.partition("=")[0]
    return None if name in element.attributes else Replacement(f"<{element.tag}", f"<{element.tag} {attribute}", place)


def into_head(page: Page, tag: str) -> Replacement | None:
    """Return a tag that stands first in the head of a layout, where the layout writes a head."""
    place, source = page.head_place, page.layout.source
    head = re.match(r"<head\b[^<>{}]*>", source.line(place.line)[place.column - 1 :], re.IGNORECASE)
    if head is None:
        return None
    ends_line = place.column - 1 + head.end() == len(source.line(place.line))
    indent = re.match(r"[ \t]*", source.line(place.line + 1))
    before = f"\n{indent[0] if indent else ''}" if ends_line else ""
    return Replacement("", f"{before}{tag}", Place(place.path, place.line, place.column + head.end()))
