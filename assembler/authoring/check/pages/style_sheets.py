"""The style sheets of a page, and where they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from assembler.authoring.check.pages.css import CssRule, css_rules
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.compile.styles import brand_values, with_brand
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import Source


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet as it is written (head.css before the brand's values are put in); `at` places an offset."""

    text: str
    at: Callable[[int], Place]

    @property
    def rules(self) -> Iterator[CssRule]:
        """Its rules, in the order of their ends."""
        return css_rules(self.text)


def head_css(page: Page) -> Source | None:
    """The file head.css of the channel of a page."""
    return page.pages.project.styles.get(f"templates/{page.channel_name}/head.css")


def style_sheets(page: Page) -> Iterator[StyleSheet]:
    """The style sheets of a page: those that its layout writes, then head.css."""
    source = head_css(page)
    head = with_brand(source.text, brand_values(page.pages.project.settings.brand)).strip() if source else ""
    for style in page.frame.tagged("style"):
        text = style.own_text
        if source is not None and text.strip() == head:
            yield StyleSheet(source.text, source.inside)
        else:
            place = page.place(PlacedElement(style))
            yield StyleSheet(text, partial(_within, page, text, place))


def _within(page: Page, text: str, otherwise: Place, offset: int) -> Place:
    """Return where a line of a style element is written in the layout; else where the element begins."""
    line = text[offset:].partition("\n")[0].strip()
    return (page.pages.places.text(line, page.layout) if line else None) or otherwise
