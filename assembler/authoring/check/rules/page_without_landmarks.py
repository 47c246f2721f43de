"""A page has not exactly one h1, skips a level, or lacks header, main, footer or a skip link."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.headings import heading_findings
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_ROLES = {"header": "banner", "main": "main", "footer": "contentinfo"}
_SECTIONS = frozenset({"article", "aside", "main", "nav", "section"})


@WEB_PAGES.rule(
    "P02",
    "error",
    __doc__,
    "Build the layout from header, main and footer, with a first link to main; one slot holds the h1.",
)
def page_without_landmarks(page: Page) -> Iterator[Finding]:
    yield from heading_findings(page)
    for tag, role in _ROLES.items():
        landmarks = [element for element in page.frame.elements if _is_landmark(element, tag, role)]
        if not landmarks:
            hint = f"write <{tag}> around what it is in the layout"
            yield Finding(page.place_in_layout(page.body), f"the page has no {tag}", hint)
        for second in landmarks[1:]:
            yield Finding(page.place_in_layout(second), f"a second {tag}", f"a page has one {tag}")
    yield from _skip_link(page)


def _is_landmark(element: Element, tag: str, role: str) -> bool:
    """A header or footer within a section is that of the section."""
    if element.attribute("role") == role:
        return True
    within = tag != "main" and any(around.tag in _SECTIONS for around in element.ancestors())
    return element.tag == tag and not element.attribute("role") and not within


def _skip_link(page: Page) -> Iterator[Finding]:
    links = (element for element in page.body.below() if element.tag == "a" and element.attribute("href"))
    first = next(links, None)
    hint = 'begin body with <a href="#main">{{ strings.skip }}</a>, and write <main id="main">'
    if first is None or not first.attribute("href").startswith("#"):
        yield Finding(page.place_in_layout(page.body), "the first link of the page does not skip to its content", hint)
        return
    target = first.attribute("href")[1:]
    if target not in {element.attribute("id") for element in page.frame.elements} - {""}:
        message = f"the skip link leads to #{target}, which the page does not have"
        yield Finding(page.place_in_layout(first), message, hint)
    elif not first.words():
        yield Finding(page.place_in_layout(first), "the skip link has no words", hint)
