"""Where the colours of text come from: a value of the brand, a declaration in inline.css, or a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assembler.authoring.check.pages.colours import Colour, read_colour, shown
from assembler.authoring.check.pages.css import css_rules, declarations
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.compile.styles import brand_texts
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import Source

_PROPERTIES: Final = {"ink": ("color",), "ground": ("background-color", "background")}
_ATTRIBUTES: Final = {"ink": ("color",), "ground": ("bgcolor",)}
_TOKEN: Final = re.compile(r"--brand-([A-Za-z0-9_-]+)|\bbrand((?:\.\w+)+)")
_STEP: Final = re.compile(r"\s*>\s*|\s+")


@dataclass(frozen=True, slots=True)
class ColourOrigin:
    """What a person changes to change a colour: `token` is its name in the brand, such as `brand.colour.ink`; what is
    written elsewhere is ink or ground."""

    place: Place
    token: str | None = None
    role: str | None = None
    is_declared: bool = True

    def called(self, colour: Colour) -> str:
        """Return what to call the colour in a message."""
        return f"{self.token} ({shown(colour)})" if self.token else shown(colour)


def origin_of(page: Page, placed: PlacedElement, role: Literal["ink", "ground"], colour: Colour | str) -> ColourOrigin:
    """Where the ink of an element's text comes from, or the ground that it stands on; `colour` is as it is declared."""
    chain = [placed.element, *page.ancestors(placed)]
    while chain and not _declares(chain[0], role):
        chain = chain[1:]
    equal = {
        "-".join(path): path for path, text in brand_texts(page.pages.project.settings.brand) if _is_same(text, colour)
    }
    for place, text in _written(page, placed, chain, role):
        for name in filter(equal.__contains__, _asked(text)):
            return _of_token(page, equal[name])
        if any(_is_same(word, colour) for word in re.split(r"[\s:;\"'=!]+", text)):
            return ColourOrigin(place, role=role)
    return (
        _of_token(page, next(iter(equal.values())))
        if equal
        else ColourOrigin(page.place(placed), role=role, is_declared=bool(chain))
    )


def _asked(text: str) -> Iterator[str]:
    """The names, as CSS has them, of what a text asks of the brand."""
    return (match[1] or match[2][1:].replace(".", "-") for match in _TOKEN.finditer(text))


def _of_token(page: Page, path: tuple[str, ...]) -> ColourOrigin:
    return ColourOrigin(page.pages.project.settings.place("brand", *path), f"brand.{'.'.join(path)}")


def _declares(element: Element, role: str) -> bool:
    style = element.style
    return any(name in style for name in _PROPERTIES[role]) or any(map(element.attribute, _ATTRIBUTES[role]))


def _is_same(text: str, colour: Colour | str) -> bool:
    return text == colour if isinstance(colour, str) else read_colour(text) == colour


def _written(page: Page, placed: PlacedElement, chain: Sequence[Element], role: str) -> Iterator[tuple[Place, str]]:
    """What may have given the first of some elements its colour, as it is written: the declarations of inline.css, the
    last first, then its tag in a template."""
    sheet = page.pages.project.styles.get(f"templates/{page.channel_name}/inline.css")
    if sheet is not None and chain:
        yield from _declared(sheet, chain, _PROPERTIES[role])
    rendition = page.rendition(placed.component) if placed.component is not None else None
    tag = page.pages.places.written_tag(chain[0], (rendition, page.layout)) if chain else None
    template = page.pages.project.sources.get(tag.place.path) if tag is not None else None
    if tag is not None and template is not None:
        yield tag.place, template.after(tag.place)[: tag.length]


def _declared(sheet: Source, chain: Sequence[Element], names: Sequence[str]) -> Iterator[tuple[Place, str]]:
    for rule in reversed(list(css_rules(sheet.text))):
        if any(_selects(selector, chain) for selector in rule.selectors.split(",")):
            style = declarations(rule.body)
            for name in filter(style.__contains__, names):
                start = re.search(rf"(?<![\w-]){name}\s*:", rule.body, re.IGNORECASE)
                yield sheet.inside(rule.body_offset + (start.start() if start else 0)), style[name]


def _selects(selector: str, chain: Sequence[Element]) -> bool:
    """Return whether a selector of inline.css selects the first of some elements, each of which stands in the next."""
    compounds = _STEP.split(selector.strip())
    steps = [step.strip() for step in _STEP.findall(selector.strip())]

    def fits(number: int, at: int) -> bool:
        if at >= len(chain) or not _is_of(compounds[number], chain[at]):
            return False
        if number == 0:
            return True
        above = (at + 1,) if steps[number - 1] else range(at + 1, len(chain))
        return any(fits(number - 1, next_) for next_ in above)

    return fits(len(compounds) - 1, 0)


def _is_of(compound: str, element: Element) -> bool:
    tag, *classes = compound.split(".")
    return tag.lower() in ("", element.tag) and set(element.attribute("class").split()).issuperset(classes)
