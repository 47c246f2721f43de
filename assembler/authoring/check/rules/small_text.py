"""Text of a mail is smaller than 14 px, or a font stack does not end in a generic family."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.css import declarations, stack
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import style_sheets
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Place

_SMALLEST = 14
_GENERIC = frozenset(
    "serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace ui-rounded math emoji"
    " inherit initial unset".split(" ")
)


@MAILS.rule(
    "E18", "warning", __doc__, "Set 14 px or more, and end each font-family with serif, sans-serif or monospace."
)
def small_text(page: Page) -> Iterator[Finding]:
    for placed, text_style in page.readable():
        if text_style.size is not None and round(text_style.size, 2) < _SMALLEST:
            message = f"text of {text_style.size:.4g} px; {_SMALLEST} px or more are easy to read"
            yield Finding(page.place(placed), message, "give it a larger font-size in inline.css")
    yield from _inlined(page)
    for sheet in style_sheets(page):
        for rule in sheet.rules:
            # Of @font-face, which names one font, E08 tells.
            of_one = rule.selectors.lower().startswith("@font-face")
            families = [] if of_one else stack(declarations(rule.body))
            if families and not _falls_back(families):
                yield _unending(sheet.at(rule.offset), families)


def _inlined(page: Page) -> Iterator[Finding]:
    told: set[str] = set()
    for placed in page.elements():
        families = stack(placed.element.style)
        written = placed.element.style.get("font-family", "")
        if families and written not in told and not _falls_back(families):
            told.add(written)
            place = page.pages.places.declaration(page.channel_name, "font-family", written)
            yield _unending(place or page.place(placed), families)


def _falls_back(families: list[str]) -> bool:
    return families[-1] in _GENERIC or families[-1].startswith("var(")


def _unending(place: Place, families: list[str]) -> Finding:
    message = f"the fonts end with {families[-1]!r}, which readers may not have"
    return Finding(place, message, "end them with serif or sans-serif")
