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

ALT_HINT = 'write alt="..."; alt="" says that it is decorative'

_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_ASSET = r"""asset\(\s*["']{}["']"""


def lacking_sizes(image: Element) -> str:
    """The names of the attributes that do not give the size of an image in digits, such as `width and height`."""
    return " and ".join(name for name in ("width", "height") if image.number(name) is None)


def pictures(page: Page, element: Element) -> Iterator[ShownPicture]:
    """The pictures that an element shows."""
    known = page.pages.pictures
    return (known[address] for address in _addresses(element) if address in known)


def _addresses(element: Element) -> Iterator[str]:
    if element.tag in ("img", "source"):
        yield element.attribute("src")
        yield from (source.split()[0] for source in element.attribute("srcset").split(",") if source.strip())
    yield element.attribute("background")
    style = element.style
    for name in ("background", "background-image") if style else ():
        yield from map(html.unescape, _URL.findall(style.get(name, "")))


def weights(page: Page, elements: tuple[Element, ...]) -> dict[str, int]:
    """The bytes of each file that some elements show, as they are delivered: those of the largest way it is shown."""
    images = page.pages.compiled.images
    heaviest: dict[str, int] = {}
    for element in elements:
        for picture in pictures(page, element):
            delivered = images.weights(picture.file, picture.overlay)[picture.density - 1]
            heaviest[picture.file] = max(delivered, heaviest.get(picture.file, 0))
    return heaviest


def file_place(page: Page, file: str, component: AuthoredComponent | None) -> Place | None:
    """Return where a component, or a template of this channel, names a file."""
    if component is not None:
        place = next((value.place for value in files_of(component) if value.text == file), None)
        if place is not None:
            return place
    return page.written(re.compile(_ASSET.format(re.escape(file))), component)
