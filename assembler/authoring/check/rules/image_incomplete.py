"""E12: an image of a mail lacks a safe address, a size, its block or the words for a link."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Place


def find(page: Page) -> Iterator[Finding]:
    """Images of mails without https, alt, size in numbers or `display: block`; linked images with an empty alt."""
    for placed in page.elements("img"):
        for message, hint in _faults(page, placed):
            yield Finding(page.place(placed), message, hint)
        if placed.element.attributes.get("alt") == "" and any(each.tag == "a" for each in page.ancestors(placed)):
            yield Finding(_alt_place(page, placed), "a linked image with an empty alt", "say where the link leads")


def _faults(page: Page, placed: PlacedElement) -> Iterator[tuple[str, str]]:
    image = placed.element
    source, base = image.attribute("src"), page.pages.compiled.images.base_url
    # S01 tells of a base_url that is not https, A01 of a picture that cannot be used.
    known = (base and source.startswith(base)) or (not source and page.pages.lacks_pictures)
    if not source.lower().startswith("https://") and not known:
        yield "an image whose address is not https", "use asset(...) or a picture's url; assets.base_url is https"
    if image.attributes.get("alt") is None:
        yield "an image without alt", 'write alt="..."; alt="" says that it is decorative'
    lacking = [
        name
        for name in ("width", "height")
        if not image.attribute(name).isascii() or not image.attribute(name).isdigit()
    ]
    if lacking:
        yield (
            f"an image without {' and '.join(lacking)} in numbers",
            "write width and height of the picture, without px",
        )
    if image.style.get("display", "").lower() != "block":
        yield (
            "an image without `display: block`, so that a gap opens below it",
            "write `img { display: block; }` in inline.css",
        )


def _alt_place(page: Page, placed: PlacedElement) -> Place:
    """Where the empty alt is written: in the component, if the template takes it from there."""
    tag = (
        page.pages.places.written_tag(placed.element, (page.rendition(placed.component),)) if placed.component else None
    )
    if placed.component is not None and (tag is None or "…" in (tag.attributes.get("alt") or "")):
        spoken = placed.component.in_locale(page.pages.project.settings.lineage(page.locale))
        for file in spoken.of_kind("file") if spoken else ():
            alt = spoken.values.get((*file.path[:-1], "alt")) if spoken else None
            if alt is None or not alt.text:
                return file.source.value(*file.path[:-1], "alt")
    return page.place(placed)


RULE = Rule(
    code="E12",
    severity="error",
    summary="An image of a mail lacks https, alt, its size or `display: block`, or is linked and has no alt.",
    fix="Write all attributes in the template, the block in inline.css, and alt text for every picture that is a link.",
    each=(MAILS.by(find),),
)
