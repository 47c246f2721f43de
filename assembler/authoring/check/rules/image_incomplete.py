"""An image of a mail lacks https, its size or `display: block`, or is linked and has an empty alt."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.pictures import lacking_sizes
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent


@MAILS.rule(
    "E12",
    "error",
    __doc__,
    "Write all attributes in the template, the block in inline.css, and alt text for every picture that is a link.",
)
def image_incomplete(page: Page) -> Iterator[Finding]:
    for placed in page.elements("img"):
        for message, hint in _faults(page, placed):
            yield Finding(page.place(placed), message, hint)
        if placed.element.attributes.get("alt") == "" and any(around.tag == "a" for around in page.ancestors(placed)):
            yield Finding(_alt_place(page, placed), "a linked image with an empty alt", "say where the link leads")


def _faults(page: Page, placed: PlacedElement) -> Iterator[tuple[str, str]]:
    image = placed.element
    if not _is_safe(page, image.attribute("src")):
        yield "an image whose address is not https", "use asset(...) or a picture's url; assets.base_url is https"
    lacking = lacking_sizes(image)
    if lacking:
        yield f"an image without {lacking} in numbers", "write width and height of the picture, without px"
    if image.style.get("display", "").lower() != "block":
        message = "an image without `display: block`, so that a gap opens below it"
        yield message, "write `img { display: block; }` in inline.css"


def _is_safe(page: Page, source: str) -> bool:
    """Return whether the address of an image is https, or something else tells of it: S01 of a base_url that is not,
    A01 of a picture that cannot be used."""
    base = page.pages.compiled.images.base_url
    if source:
        return source.lower().startswith("https://") or (bool(base) and source.startswith(base))
    return page.pages.lacks_pictures


def _alt_place(page: Page, placed: PlacedElement) -> Place:
    """The place of the empty alt: in the component, if the template takes it from there."""
    component = placed.component
    if component is None or not _gives_alt(page, placed, component):
        return page.place(placed)
    words = component.in_locale(page.pages.project.settings.lineage(page.locale))
    for file in words.of_kind("file") if words else ():
        keys = (*file.path[:-1], "alt")
        alt = words.values.get(keys) if words else None
        if alt is None or not alt.text:
            return file.source.value(*keys)
    return page.place(placed)


def _gives_alt(page: Page, placed: PlacedElement, component: AuthoredComponent) -> bool:
    """Return whether a component gives an image its alt: not where the template writes it out."""
    tag = page.pages.places.written_tag(placed.element, (page.rendition(component),))
    return tag is None or "…" in (tag.attributes.get("alt") or "")
