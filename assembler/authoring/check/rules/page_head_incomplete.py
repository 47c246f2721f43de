"""A page lacks lang, title, description, canonical link, Open Graph title or image."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assembler.authoring.check.link_targets import SHARED_PICTURE
from assembler.authoring.check.pages.document_head import doctype_findings, language_findings
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.supply import Supply, supplied, supplied_meta, supplied_title
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.compile.links import link_fault
from assembler.authoring.diagnostics import Finding


@WEB_PAGES.rule("P01", "error", __doc__, "Write them into the head of the layout, from slots that are never empty.")
def page_head_incomplete(page: Page) -> Iterator[Finding]:
    yield from doctype_findings(page)
    yield from language_findings(page, page.root, "html")
    yield from _filled("title", supplied_title(page), lambda title: title.own_text, "write <title>")
    yield from _metas(page)
    yield from _canonical(page)


def _metas(page: Page) -> Iterator[Finding]:
    for names, key in ((("description",), "name"), (("og:title",), "property"), (SHARED_PICTURE, "property")):
        hint = f'write <meta {key}="{names[0]}" content="...">'
        yield from _filled(names[0], supplied_meta(page, *names), _content, hint)
    base = page.pages.compiled.images.base_url or "https://"
    for placed in supplied_meta(page, *SHARED_PICTURE).placed:
        if _is_relative(_content(placed.element), base):
            hint = "write {{ asset(...).url_2x }}"
            yield Finding(page.place(placed), "og:image is no whole https address", hint)


def _is_relative(link: str, *beginnings: str) -> bool:
    """Return whether a link is no whole https address; S01 tells of what is no link at all."""
    whole = link.startswith(("https://", "<!--", *beginnings))
    return bool(link) and not whole and link_fault(link, None, relative=True) is None


def _content(meta: Element) -> str:
    return meta.attribute("content")


def _canonical(page: Page) -> Iterator[Finding]:
    links = supplied(page, "link", lambda link: "canonical" in link.attribute("rel").lower().split())
    hint = 'write <link rel="canonical" href="https://...">'
    yield from _filled("canonical link", links, lambda link: link.attribute("href"), hint)
    for placed in links.placed:
        if _is_relative(placed.element.attribute("href")):
            hint = "begin it with https://"
            yield Finding(page.place(placed), "the canonical link is no whole https address", hint)


def _filled(name: str, supply: Supply, text: Callable[[Element], str], hint: str) -> Iterator[Finding]:
    page = supply.page
    yield from supply.absences(f"the page has no {name}", hint)
    for placed in supply.placed:
        # A01 tells of a picture that cannot be used.
        if page.html.phrase(text(placed.element)).may_be_blank() and not _is_picture(page, name):
            yield _blank(page, name, placed)


def _is_picture(page: Page, name: str) -> bool:
    return name == "og:image" and page.pages.lacks_pictures


def _blank(page: Page, name: str, placed: PlacedElement) -> Finding:
    if placed.component is None:
        message = f"the {name} of the page may be empty"
        return Finding(page.place(placed), message, "insert a slot that is never empty")
    message = f"{placed.component.address} leaves the {name} of the page empty"
    return Finding(placed.component.original.body_place, message, "fill the field that the template writes there")
