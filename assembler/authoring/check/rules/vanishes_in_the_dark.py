"""A picture on a transparent ground can hardly be seen on dark screens."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.colours import Colour, contrast, shown
from assembler.authoring.check.pages.dark_scheme import DARK, DarkScheme
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.pictures import file_place, pictures, sources_of
from assembler.authoring.check.project_texts import texts_below
from assembler.authoring.check.scope import PAGES
from assembler.authoring.compile.silhouettes import Silhouette
from assembler.authoring.diagnostics import Finding, Place

_STANDS_OUT = 1.5
"""The contrast with its ground from which something can be seen at all."""

_ENOUGH = 0.5
"""The share of a picture that stands out at least: a name that is lost beside a mark that stays is half of a logo."""


@PAGES.rule(
    "A05",
    "warning",
    __doc__,
    "Save a lighter variant and show it by prefers-color-scheme (a logo: `logo: {file: ..., dark: ...}`), or give the "
    "picture a ground of its own.",
)
def vanishes_in_the_dark(page: Page) -> Iterator[Finding]:
    scheme = DarkScheme.of(page) if "html" in page.parts else DarkScheme(())
    for placed in page.elements("img") if scheme.rules else ():
        chain = (placed.element, *page.ancestors(placed))
        ground = None if scheme.hides(chain) else scheme.ground(chain)
        file = _file_by_night(page, placed) if ground is not None else None
        if file is None or ground is None:
            continue
        share = _standing_out(page.pages.compiled.images.silhouette(file), ground)
        if share < _ENOUGH:
            message = f"much of {file} is lost on dark screens: {int(share * 100)} % of it stands out from"
            hint = f"save a lighter {file} and show that in the dark, or give it a ground of its own"
            yield Finding(_place(page, placed, file), f"{message} {shown(ground)}", hint)


def _file_by_night(page: Page, placed: PlacedElement) -> str | None:
    """Return the file that an image shows on dark screens."""
    dark = [source for source in sources_of(placed.element) if DARK.search(source.attribute("media"))]
    return next((picture.file for element in (*dark, placed.element) for picture in pictures(page, element)), None)


def _standing_out(silhouette: Silhouette, ground: Colour) -> float:
    """Return the share of the pixels of a picture that stand out from its ground; 1 where it has one of its own."""
    seen = sum(
        count
        for (red, green, blue), count in silhouette.items()
        if contrast((red / 255, green / 255, blue / 255, 1.0), ground) >= _STANDS_OUT
    )
    return seen / sum(silhouette.values()) if silhouette else 1.0


def _place(page: Page, placed: PlacedElement, file: str) -> Place:
    """Return where a file is named: by the brand, a component or a template."""
    settings = page.pages.project.settings
    named = (keys for keys, value in texts_below(settings.brand, ("brand",)) if value == file)
    keys = next(named, None) if placed.component is None else None
    if keys is not None:
        return settings.place(*keys)
    return file_place(page, file, placed.component) or page.place(placed)
