"""A mail uses flex, grid, position, variables, web fonts, scripts, forms, SVG or the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.css import declarations
from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.style_sheets import StyleSheet, style_sheets
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_INSTEAD = {
    "script": "take it out: mail programs do",
    "form": "link to a page that has it: most mail programs show none",
    "iframe": "show a picture that links to the page: mail programs take it out",
    "video": "show a picture that links to it: most mail programs play none",
    "picture": "write <img> alone, with the 2x image in src and its width and height",
    "svg": "save it as PNG below assets/, and show that",
    "link": "move the styles to inline.css, those of dark screens to head.css",
}
"""What to write instead of an element that mail programs do not show, or take out."""
_IMPORTANT = re.compile(r"\S!important", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:^|\s)-\s*(?=[\d.]*[1-9])")
# A value that the brand lacks is R09.
_LACKING = re.compile(r"var\(\s*--brand-")
_VARIABLE = re.compile(r"\bvar\(", re.IGNORECASE)
_DATA = re.compile(r"""url\(\s*["']?data:""", re.IGNORECASE)


@MAILS.rule("E08", "error", __doc__, "Lay mails out with tables, plain declarations and images with addresses.")
def unsupported_in_mail(page: Page) -> Iterator[Finding]:
    for placed in page.elements(*_INSTEAD):
        unsupported = _element(placed.element)
        if unsupported:
            yield Finding(page.place(placed), f"{unsupported} in a mail", _INSTEAD[placed.element.tag])
    yield from _attributes(page)
    for sheet in style_sheets(page):
        yield from _sheet(sheet)


def _element(element: Element) -> str | None:
    if element.tag == "script":
        return None if element.is_json_ld else "a script"
    if element.tag == "link":
        return "an external style sheet" if "stylesheet" in element.attribute("rel").lower().split() else None
    if any(around.tag in ("svg", "picture") for around in element.ancestors()):
        return None
    return f"<{element.tag}>"


def _attributes(page: Page) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for placed in page.elements():
        attributes = placed.element.attributes
        if "srcset" in attributes:
            yield Finding(page.place(placed), "srcset in a mail", "write the 2x image into src, with width and height")
        if placed.element.tag == "img":
            yield from _image(page, placed)
        style = attributes.get("style") or ""
        rendition = page.rendition(placed.component) if placed.component else None
        kind = rendition.source.path if rendition else ""
        if style and (style, kind) not in told:
            told.add((style, kind))
            yield from _style(page, placed, style)


def _image(page: Page, placed: PlacedElement) -> Iterator[Finding]:
    source = placed.element.attribute("src").lower()
    if source.startswith("data:"):
        yield Finding(page.place(placed), "an image written into the mail itself", "put the file below assets/")
    elif source.partition("?")[0].endswith(".svg"):
        yield Finding(page.place(placed), "an SVG image in a mail", "save it as PNG")


def _style(page: Page, placed: PlacedElement, style: str) -> Iterator[Finding]:
    for name, value in declarations(style).items():
        unsupported = _declaration(name, value)
        if unsupported:
            place = page.pages.places.declaration(page.channel_name, name, value)
            yield Finding(place or page.place(placed), f"{unsupported} in a mail", _hint(name))


def _sheet(sheet: StyleSheet) -> Iterator[Finding]:
    for rule in sheet.rules:
        at_rule = rule.selectors.partition(" ")[0].lower()
        if at_rule in ("@import", "@font-face"):
            message = f"{at_rule} in a mail"
            yield Finding(sheet.at(rule.offset), message, "use fonts that readers have, with a generic family last")
        for name, value in declarations(rule.body).items():
            unsupported = None if at_rule == "@font-face" else _declaration(name, value)
            written = re.search(rf"(?<![\w-]){re.escape(name)}\s*:", rule.body, re.IGNORECASE)
            if unsupported:
                place = sheet.at(rule.body_offset + (written.start() if written else 0))
                yield Finding(place, f"{unsupported} in a mail", _hint(name))
        for match in _IMPORTANT.finditer(rule.body):
            hint = "write ` !important`: some programs drop the declaration without the space"
            yield Finding(sheet.at(rule.body_offset + match.end() - 10), "!important without a space before it", hint)


def _declaration(name: str, value: str) -> str | None:
    """What a declaration uses that mail programs lack."""
    value = value.lower()
    if name == "display" and value in ("flex", "inline-flex", "grid", "inline-grid"):
        return f"display: {value}"
    if name == "position" and value != "static":
        return f"position: {value}"
    if name.startswith("margin") and _NEGATIVE.search(value):
        return f"a negative margin ({name}: {value})"
    if name.startswith("--") or _VARIABLE.search(_LACKING.sub("", value)):
        return f"a CSS variable ({name})"
    return "an image written into the style" if _DATA.search(value) else None


def _hint(name: str) -> str:
    return "lay it out with tables" if name in ("display", "position") else "many mail programs ignore it"
