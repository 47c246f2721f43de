"""P01: the head of a page lacks what browsers, search engines and people who share it need."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding


def find(page: Page) -> Iterator[Finding]:
    """Pages without doctype, lang, title, description, canonical link, Open Graph title or image, in some variant."""
    if not page.html.marked.lstrip().lower().startswith("<!doctype html>"):
        yield Finding(page.start, "the document does not begin with <!DOCTYPE html>", "write it on the first line")
    html = next(page.frame.tagged("html"), page.body)
    if not html.attribute("lang"):
        yield Finding(page.start, "html has no lang", 'write lang="{{ locale }}"')
    elif html.attribute("lang").lower() != page.locale.lower():
        message = f"html says lang={html.attribute('lang')!r} in a page that is written in another language"
        yield Finding(page.start, message, 'write lang="{{ locale }}"')
    title = next(page.frame.tagged("title"), None)
    yield from _filled(page, "title", title, title.own_text if title else "", "write <title>")
    yield from _metas(page)
    yield from _canonical(page)


def _metas(page: Page) -> Iterator[Finding]:
    for name, key in (("description", "name"), ("og:title", "property"), ("og:image", "property")):
        meta = page.meta(name)
        content = meta.attribute("content") if meta else ""
        if meta is not None and not content and page.pages.lacks_pictures:
            continue  # A01 tells of the picture
        yield from _filled(page, name, meta, content, f'write <meta {key}="{name}" content="...">')
        base = page.pages.compiled.images.base_url or "https://"
        if meta is not None and name == "og:image" and content and not content.startswith(("https://", "<!--", base)):
            yield Finding(
                page.place_in_layout(meta), "og:image is no whole https address", "write {{ asset(...).url_2x }}"
            )


def _canonical(page: Page) -> Iterator[Finding]:
    links = (each for each in page.frame.tagged("link") if "canonical" in each.attribute("rel").lower().split())
    link = next(links, None)
    href = link.attribute("href") if link else ""
    yield from _filled(page, "canonical link", link, href, 'write <link rel="canonical" href="https://...">')
    if link is not None and href and not href.startswith(("https://", "<!--")):
        yield Finding(
            page.place_in_layout(link), "the canonical link is no whole https address", "begin it with https://"
        )


def _filled(page: Page, name: str, element: Element | None, text: str, hint: str) -> Iterator[Finding]:
    if element is None:
        yield Finding(page.head_place, f"the page has no {name}", hint)
    elif page.html.phrase(text).may_be_blank():
        yield Finding(
            page.place_in_layout(element), f"the {name} of the page may be empty", "insert a slot that is never empty"
        )


RULE = Rule(
    code="P01",
    severity="error",
    summary="A page lacks lang, title, description, canonical link, Open Graph title or image.",
    fix="Write them into the head of the layout, from slots that are never empty.",
    each=(WEB_PAGES.by(find),),
)
