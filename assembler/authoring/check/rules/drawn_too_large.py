"""An image is drawn larger than its pixels on a screen of double density."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.pictures import file_place, has_two_densities, pictures, sources_of
from assembler.authoring.check.scope import PAGES
from assembler.authoring.diagnostics import Finding


@PAGES.rule("A04", "warning", __doc__, "Save it twice as wide as it is drawn, and show its 2x rendition.")
def drawn_too_large(page: Page) -> Iterator[Finding]:
    for placed in page.elements("img"):
        elements = (placed.element, *sources_of(placed.element))
        shown = [picture for element in elements for picture in pictures(page, element)]
        width = placed.element.number("width")
        if shown and width is not None:
            pixels = max(picture.pixels for picture in shown)
            if not _is_enough(pixels, width) and not _lacks_density(page, placed, shown[0].file, width):
                yield _finding(page, placed, shown[0].file, pixels, width)


def _is_enough(pixels: int, width: int) -> bool:
    """Return whether an image is sharp in so many CSS pixels; an odd number of pixels is half a CSS pixel wider than it
    draws."""
    return (pixels + 1) // 2 >= width


def _lacks_density(page: Page, placed: PlacedElement, file: str, width: int) -> bool:
    """Return whether a page has no more than one density of an image that has the pixels: P04 tells."""
    has_pixels = _is_enough(page.pages.compiled.images.width(file), width)
    return page.channel.envelope == "web" and has_pixels and not has_two_densities(placed.element)


def _finding(page: Page, placed: PlacedElement, file: str, pixels: int, width: int) -> Finding:
    message = f"{file} is drawn {width} px wide from {pixels} pixels; a screen of double density needs {2 * width}"
    if _is_enough(page.pages.compiled.images.width(file), width):
        return Finding(page.place(placed), message, "show url_2x, or both in srcset")
    place = file_place(page, file, placed.component) or page.place(placed)
    return Finding(place, message, f"save it {2 * width} pixels wide, or draw it smaller")
