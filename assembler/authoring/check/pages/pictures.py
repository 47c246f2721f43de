"""The pictures that a page shows: which file each is, its pixels and its weight."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from assembler.authoring.check.copy import files_of
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, ShownPicture
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent

__all__ = ["file_place", "pictures", "weights"]

_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_ASSET = r"""asset\(\s*["']{}["']"""


def pictures(page: Page, element: Element) -> Iterator[ShownPicture]:
    """The pictures that an element shows."""
    known = page.pages.pictures
    return (known[each] for each in _addresses(element) if each in known)


def _addresses(element: Element) -> Iterator[str]:
    """The addresses of the images that an element shows."""
    if element.tag in ("img", "source"):
        yield element.attribute("src")
        yield from (each.split()[0] for each in element.attribute("srcset").split(",") if each.strip())
    yield element.attribute("background")
    style = element.style
    for name in ("background", "background-image") if style else ():
        yield from (html.unescape(each) for each in _URL.findall(style.get(name, "")))


def weights(page: Page, elements: tuple[Element, ...]) -> dict[str, int]:
    """The bytes of each file that some elements show, as they are delivered: those of the largest way it is shown."""
    images = page.pages.compiled.images
    found: dict[str, int] = {}
    for element in elements:
        for each in pictures(page, element):
            delivered = images.weights(each.file, each.overlay)[each.density - 1]
            found[each.file] = max(delivered, found.get(each.file, 0))
    return found


def file_place(page: Page, file: str, component: AuthoredComponent | None) -> Place | None:
    """Where a component, or a template of this channel, names a file."""
    if component is not None:
        place = next((value.place for value in files_of(component) if value.text == file), None)
        if place is not None:
            return place
    for template in (page.rendition(component) if component else None, page.layout):
        found = page.pages.places.text(re.compile(_ASSET.format(re.escape(file))), template) if template else None
        if found is not None:
            return found
    return None
