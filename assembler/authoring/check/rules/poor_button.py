"""A button of a mail is no padded link in a td with bgcolor, is under 44 px high, or is drawn in VML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assembler.authoring.check.pages.css import background, length
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.text_styles import TextStyle
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_LOWEST = 44
_NAMED = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
_VML = re.compile(r"<v:\w", re.IGNORECASE)
_HINT = 'write <td bgcolor="..."><a href="..."> and give the link padding and `display: block` in inline.css'


@MAILS.rule(
    "E09",
    "error",
    __doc__,
    "Write a link with padding in a td with bgcolor; padding and line-height make 44 px or more.",
)
def poor_button(page: Page) -> Iterator[Finding]:
    buttons: set[str] = set()
    for placed in page.elements("a"):
        if _is_button(page, placed):
            yield from _button(page, placed)
            if placed.component is not None:
                buttons.add(placed.component.address)
    for _, component, _ in page.placed_trees():
        if component.type == "cta" and component.address not in buttons:
            yield Finding(page.rendition_start(component), "a cta without a button", _HINT)
    yield from _in_vml(page)


def _is_button(page: Page, placed: PlacedElement) -> bool:
    """Return whether a link looks like a button: it has a colour of its own, or fills a coloured cell, or is called
    one."""
    link, around = placed.element, next(page.ancestors(placed), None)
    if not link.attribute("href") or any(inner.tag == "img" for inner in link.below()):
        return False
    if _is_named(link) or background(link.style) is not None:
        return True
    return around is not None and around.tag == "td" and _fills(link, around)


def _fills(link: Element, cell: Element) -> bool:
    coloured = background(cell.style, cell.attribute("bgcolor") or None) is not None
    return _is_named(cell) or (coloured and _padding(link.style) > 0)


def _is_named(element: Element) -> bool:
    return _NAMED.search(element.attribute("class")) is not None


def _button(page: Page, placed: PlacedElement) -> Iterator[Finding]:
    link, place = placed.element, page.place(placed)
    cell = next((around for around in page.ancestors(placed) if around.tag == "td"), None)
    if cell is None or not cell.attribute("bgcolor"):
        yield Finding(place, "a button that does not stand in a td with bgcolor", _HINT)
    if not _padding(link.style):
        yield Finding(place, "a button whose link has no padding, so that only its words can be pressed", _HINT)
        return
    height = _height(page, placed)
    if height is not None and height < _LOWEST:
        message = f"a button {height:g} px high; at least {_LOWEST} are needed"
        yield Finding(place, message, "give its link more padding or line-height")


def _height(page: Page, placed: PlacedElement) -> float | None:
    """The height of a line of the button; None where it cannot be known."""
    text_style = TextStyle()
    around = (placed.element, *page.ancestors(placed))
    for element in reversed(around):
        text_style = text_style.inside(element)
    line = next(filter(None, (element.style.get("line-height") for element in around)), "normal")
    height = length(line, text_style.size)
    if text_style.size is not None and re.fullmatch(r"normal|[\d.]+", line):
        height = text_style.size * (1.2 if line == "normal" else float(line))
    return None if height is None else height + _padding(placed.element.style)


def _padding(style: Mapping[str, str]) -> float:
    """The padding above and below, in pixels."""
    sides = {"padding-top": 0.0, "padding-bottom": 0.0}
    for name, value in style.items():
        if name == "padding":
            values = [length(side) or 0.0 for side in value.split()]
            if values:
                sides = {"padding-top": values[0], "padding-bottom": values[2] if len(values) > 2 else values[0]}
        elif name in sides:
            sides[name] = length(value) or 0.0
    return sum(sides.values())


def _in_vml(page: Page) -> Iterator[Finding]:
    for comment, component in page.comments():
        if _VML.search(comment):
            template = (page.rendition(component) if component else None) or page.layout
            place = page.pages.places.text(_VML, template) or template.source.at()
            yield Finding(place, "a button drawn in VML, which no keyboard reaches", _HINT)
