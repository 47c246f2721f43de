"""A page is not mobile first, or has an image without width, height or a second density."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.pictures import (
    expression_of,
    has_two_densities,
    keeps_its_room,
    lacking_sizes,
)
from assembler.authoring.check.pages.style_sheets import style_sheets
from assembler.authoring.check.pages.supply import supplied_meta
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_ENLARGED = 2.0
"""How much a reader can enlarge a page at least: WCAG 2.2, 1.4.4."""

_DOWNWARD = re.compile(r"\(\s*(?:max-width\s*:|width\s*<)", re.IGNORECASE)


@WEB_PAGES.rule(
    "P04",
    "error",
    __doc__,
    "Style for small screens and widen with min-width; give every image its size and srcset.",
)
def not_mobile_first(page: Page) -> Iterator[Finding]:
    yield from _viewport(page)
    for placed in page.elements("img"):
        for message, mending in _faults(placed.element, expression_of(page, placed)):
            yield Finding(page.place(placed), message, mending)
    yield from _narrow(page)


def _viewport(page: Page) -> Iterator[Finding]:
    viewports = supplied_meta(page, "viewport")
    tag = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    hint = f"write {tag}"
    yield from viewports.absences("the page does not take the width of the screen", hint, tag)
    for placed in viewports.placed:
        pairs = (pair.partition("=") for pair in re.split("[,;]", placed.element.attribute("content").lower()))
        said = {name.strip(): value.strip() for name, _, value in pairs}
        # What begins at its own size takes the width of the screen, unless it says another.
        if said.get("width", "device-width" if "initial-scale" in said else "") != "device-width":
            yield Finding(page.place(placed), "the page does not take the width of the screen", hint)
        elif said.get("user-scalable") in ("no", "0") or _scale(said.get("maximum-scale")) < _ENLARGED:
            yield Finding(page.place(placed), "the page cannot be enlarged", hint)


def _scale(text: str | None) -> float:
    try:
        return float(text) if text else _ENLARGED
    except ValueError:
        return _ENLARGED


def _faults(image: Element, picture: str | None) -> Iterator[tuple[str, str]]:
    lacking = lacking_sizes(image)
    if not keeps_its_room(image):
        message = f"an image without {lacking}, so that the page moves while it loads"
        sizes = (f"{{{{ {picture}.{name} }}}}" if picture else "..." for name in ("width", "height"))
        yield message, 'write width="{}" height="{}"'.format(*sizes)
    if not has_two_densities(image):
        own = f"{{{{ {picture}.url }}}} 1x, {{{{ {picture}.url_2x }}}} 2x"
        hint = f'write srcset="{own}"' if picture else 'add the same image twice as large: srcset="https://... 2x"'
        yield "an image in one density only", hint


def _narrow(page: Page) -> Iterator[Finding]:
    told: set[str] = set()
    for sheet in style_sheets(page):
        for at_rule in dict.fromkeys(around for rule in sheet.rules for around in rule.within):
            if _DOWNWARD.search(at_rule) and at_rule not in told:
                told.add(at_rule)
                offset = sheet.text.find(at_rule)
                message = f"{' '.join(at_rule.split())}: the page is made for wide screens first"
                hint = "style small screens first, wider ones with min-width"
                yield Finding(sheet.at(max(offset, 0)), message, hint, severity="warning")
