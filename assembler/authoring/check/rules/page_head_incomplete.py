"""A page lacks lang, title, description, canonical link, Open Graph title or image."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.document_head import doctype_findings, language_findings
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding


@WEB_PAGES.rule("P01", "error", __doc__, "Write them into the head of the layout, from slots that are never empty.")
def page_head_incomplete(page: Page) -> Iterator[Finding]:
    yield from doctype_findings(page)
    yield from language_findings(page, page.root, "html")
    title = next(page.frame.tagged("title"), None)
    yield from _filled(page, "title", title, title.own_text if title else "", "write <title>")
    yield from _metas(page)
    yield from _image(page)
    yield from _canonical(page)


def _metas(page: Page) -> Iterator[Finding]:
    for name, key in (("description", "name"), ("og:title", "property"), ("og:image", "property")):
        meta = page.meta(name)
        content = meta.attribute("content") if meta else ""
        # A01 tells of a picture that cannot be used.
        if meta is None or content or not page.pages.lacks_pictures:
            yield from _filled(page, name, meta, content, f'write <meta {key}="{name}" content="...">')


def _image(page: Page) -> Iterator[Finding]:
    base = page.pages.compiled.images.base_url or "https://"
    meta = page.meta("og:image")
    content = meta.attribute("content") if meta else ""
    if meta is not None and content and not content.startswith(("https://", "<!--", base)):
        place = page.place_in_layout(meta)
        yield Finding(place, "og:image is no whole https address", "write {{ asset(...).url_2x }}")


def _canonical(page: Page) -> Iterator[Finding]:
    links = (link for link in page.frame.tagged("link") if "canonical" in link.attribute("rel").lower().split())
    link = next(links, None)
    href = link.attribute("href") if link else ""
    yield from _filled(page, "canonical link", link, href, 'write <link rel="canonical" href="https://...">')
    if link is not None and href and not href.startswith(("https://", "<!--")):
        place = page.place_in_layout(link)
        yield Finding(place, "the canonical link is no whole https address", "begin it with https://")


def _filled(page: Page, name: str, element: Element | None, text: str, hint: str) -> Iterator[Finding]:
    if element is None:
        yield Finding(page.head_place, f"the page has no {name}", hint)
    elif page.html.phrase(text).may_be_blank():
        place = page.place_in_layout(element)
        yield Finding(place, f"the {name} of the page may be empty", "insert a slot that is never empty")
