"""A04: an image is drawn larger than its pixels on a screen of double density."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.pictures import file_place, pictures
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import PAGES
from assembler.authoring.diagnostics import Finding, Place


def find(page: Page) -> Iterator[Finding]:
    """Images of fewer than twice the pixels that their width says."""
    for placed in page.elements("img"):
        shown = list(pictures(page, placed.element))
        width = placed.element.attribute("width")
        if not shown or not width.isascii() or not width.isdigit():
            continue
        pixels = max(each.pixels for each in shown)
        # An odd number of pixels is half a CSS pixel wider than it draws.
        if (pixels + 1) // 2 < int(width):
            yield _finding(page, placed, shown[0].file, pixels, int(width))


def _finding(page: Page, placed: PlacedElement, file: str, pixels: int, width: int) -> Finding:
    whole = page.pages.compiled.images.width(file)
    message = f"{file} is drawn {width} px wide from {pixels} pixels; a screen of double density needs {2 * width}"
    if (whole + 1) // 2 >= width:
        return Finding(page.place(placed), message, "show url_2x, or both in srcset")
    return Finding(_file(page, placed, file), message, f"save it {2 * width} pixels wide, or draw it smaller")


def _file(page: Page, placed: PlacedElement, file: str) -> Place:
    return file_place(page, file, placed.component) or page.place(placed)


RULE = Rule(
    code="A04",
    severity="warning",
    summary="An image is drawn larger than its pixels on a screen of double density.",
    fix="Save it twice as wide as it is drawn, and show its 2x rendition.",
    each=(PAGES.by(find),),
)
