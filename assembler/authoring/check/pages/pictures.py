"""The pictures that a page shows: which file each is, its pixels and its weight."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from assembler.authoring.check.copy import files_of
from assembler.authoring.check.link_targets import srcset_candidates
from assembler.authoring.check.pages.css import length
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement, ShownPicture
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent

ALT_HINT = 'write alt="..."; alt="" says that it is decorative'

_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_SET = re.compile(r"\bimage-set\([^()]*(?:\([^()]*\)[^()]*)*,", re.IGNORECASE)
_BY_DENSITY = re.compile(r"\b(?:resolution|device-pixel-ratio)\b", re.IGNORECASE)
_TRACKED = 2
"""An image of so many pixels either way is there to be counted, not seen."""

_ASSET = r"""asset\(\s*["']{}["']"""


def lacking_sizes(image: Element) -> str:
    """The names of the attributes that do not give the size of an image in digits, such as `width and height`."""
    return " and ".join(name for name in ("width", "height") if image.number(name) is None)


def keeps_its_room(image: Element) -> bool:
    """Whether a page knows the room of an image before it has loaded: by its attributes, or by its inlined style."""
    style = image.style
    if not lacking_sizes(image) or style.get("aspect-ratio", "auto").lower() != "auto":
        return True
    return all(length(style.get(name)) is not None for name in ("width", "height"))


def has_two_densities(image: Element) -> bool:
    """Whether an image is there for screens of single and of double density, in any of the ways of HTML and CSS.

    A drawing is sharp on all of them, and nobody sees the pixel that counts readers.
    """
    width, height = image.number("width"), image.number("height")
    if width is not None and height is not None and max(width, height) <= _TRACKED:
        return True
    return any(map(_offers_two, (image, *sources_of(image)))) or any(map(_SET.search, image.style.values()))


def sources_of(image: Element) -> list[Element]:
    """What a `picture` shows in the place of its image."""
    around = image.parent
    beside = around.children if around is not None and around.tag == "picture" else ()
    return [source for source in beside if isinstance(source, Element) and source.tag == "source"]


def expression_of(page: Page, placed: PlacedElement) -> str | None:
    """How a template writes the picture that an image shows, such as `picture` or `asset("logo.png")`; None for
    one that is no picture of the project."""
    shown = next(pictures(page, placed.element), None)
    if shown is None:
        return None
    files = files_of(placed.component) if placed.component is not None else ()
    path = next((file.path[:-1] for file in files if file.text == shown.file), None)
    if path is None:
        return f'asset("{shown.file}")'
    return str(path[0]) if len(path) == 1 else f"each.{path[-1]}"


def _offers_two(element: Element) -> bool:
    """Return whether what an element may show differs in density or width; `src` is an image of single density."""
    if _BY_DENSITY.search(element.attribute("media")) or any(map(_is_drawing, _addresses(element))):
        return True
    offered = {_described(words) for _, words in srcset_candidates(element.attribute("srcset"))}
    if element.attribute("src") and all(unit == "x" for unit, _ in offered):
        offered.add(("x", 1.0))
    return len(offered) > 1


def _described(words: str) -> tuple[str, float]:
    """The unit of a candidate and how much of it: a density, or a width; what cannot be read is single density."""
    try:
        return next((word[-1], float(word[:-1])) for word in words.split() if word[-1] in "xw")
    except (StopIteration, ValueError):
        return "x", 1.0


def _is_drawing(address: str) -> bool:
    path = re.split("[?#]", address.lower(), maxsplit=1)[0]
    return path.endswith(".svg") or path.startswith("data:image/svg+xml")


def pictures(page: Page, element: Element) -> Iterator[ShownPicture]:
    """The pictures that an element shows."""
    known = page.pages.pictures
    return (known[address] for address in _addresses(element) if address in known)


def _addresses(element: Element) -> Iterator[str]:
    if element.tag in ("img", "source"):
        yield element.attribute("src")
        yield from (link for link, _ in srcset_candidates(element.attribute("srcset")))
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
