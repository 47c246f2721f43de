"""What the document of a mail and that of a page must say alike: their type and language."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.diagnostics import Finding


def doctype_findings(page: Page) -> Iterator[Finding]:
    """The finding of a document that does not begin with its type."""
    if not page.html.marked.lstrip().lower().startswith("<!doctype html>"):
        yield Finding(page.start, "the document does not begin with <!DOCTYPE html>", "write it on the first line")


def language_findings(page: Page, element: Element, name: str) -> Iterator[Finding]:
    """The finding of an element, called `name`, that does not say the language of the page."""
    language = element.attribute("lang")
    place, hint = page.place_in_layout(element), 'write lang="{{ locale }}"'
    if not language:
        yield Finding(place, f"{name} has no lang", hint)
    elif language.lower() != page.locale.lower():
        message = f"{name} says lang={language!r} in a {page.noun} that is written in another language"
        yield Finding(place, message, hint)
