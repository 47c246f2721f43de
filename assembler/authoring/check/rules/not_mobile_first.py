"""A page is not mobile first, or has an image without width, height, alt or a second density."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.pictures import ALT_HINT, lacking_sizes
from assembler.authoring.check.pages.style_sheets import style_sheets
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_DOWNWARD = re.compile(r"\(\s*(?:max-width\s*:|width\s*<)", re.IGNORECASE)


@WEB_PAGES.rule(
    "P04",
    "error",
    __doc__,
    "Style for small screens and widen with min-width; give every image its size, alt and srcset.",
)
def not_mobile_first(page: Page) -> Iterator[Finding]:
    viewport = page.meta("viewport")
    hint = 'write <meta name="viewport" content="width=device-width, initial-scale=1">'
    if viewport is None or "width=device-width" not in viewport.attribute("content").replace(" ", ""):
        place = page.place_in_layout(viewport) if viewport else page.head_place
        yield Finding(place, "the page does not take the width of the screen", hint)
    elif re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1(?:\.0*)?\b", viewport.attribute("content")):
        yield Finding(page.place_in_layout(viewport), "the page cannot be enlarged", hint)
    for placed in page.elements("img"):
        for message, mending in _faults(placed.element):
            yield Finding(page.place(placed), message, mending)
    yield from _narrow(page)


def _faults(image: Element) -> Iterator[tuple[str, str]]:
    lacking = lacking_sizes(image)
    if lacking:
        message = f"an image without {lacking}, so that the page moves while it loads"
        yield message, 'write width="{{ picture.width }}" height="{{ picture.height }}"'
    if image.attributes.get("alt") is None:
        yield "an image without alt", ALT_HINT
    if sum(bool(source.strip()) for source in image.attribute("srcset").split(",")) < 2:
        yield "an image in one density only", 'write srcset="{{ picture.url }} 1x, {{ picture.url_2x }} 2x"'


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
