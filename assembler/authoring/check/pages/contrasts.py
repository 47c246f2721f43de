"""Text that is hard to read: its contrast with the ground, in each place where it can stand."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.colours import inverted, over, shown
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.text_styles import TextStyle
from assembler.authoring.diagnostics import Finding

_ENOUGH, _ENOUGH_FOR_LARGE = 4.5, 3.0


def contrast_findings(page: Page) -> Iterator[Finding]:
    """Text in light whose contrast is too low (WCAG 2.2, 1.4.3), or unknown though colours are declared."""
    for placed, text_style in page.readable():
        unread = f"its colour is {text_style.ink}" if isinstance(text_style.ink, str) else None
        if unread is None and isinstance(text_style.ground, str):
            unread = f"it stands on {text_style.ground}"
        if unread is None:
            yield from _low(page, placed, text_style, forced_dark=False)
        else:
            hint = "declare plain colours, such as #1f4d3f; below a picture as well"
            yield Finding(page.place(placed), f"the contrast of text cannot be worked out: {unread}", hint)


def inversion_findings(page: Page) -> Iterator[Finding]:
    """Text whose contrast is high enough, but not once a program has turned round the lightness of both colours."""
    for placed, text_style in page.readable():
        if not any(True for _ in _low(page, placed, text_style, forced_dark=False)):
            yield from _low(page, placed, text_style, forced_dark=True)


def _low(page: Page, placed: PlacedElement, text_style: TextStyle, *, forced_dark: bool) -> Iterator[Finding]:
    contrast = text_style.contrast(forced_dark=forced_dark)
    large = text_style.is_large(inlined_only=page.channel.envelope == "web")
    needed = _ENOUGH_FOR_LARGE if large else _ENOUGH
    if contrast is None or contrast >= needed or isinstance(text_style.ink, str) or isinstance(text_style.ground, str):
        return
    red, green, blue, alpha = text_style.ink
    ink, ground = over((red, green, blue, alpha * text_style.fade), text_style.ground), text_style.ground
    if forced_dark:
        ink, ground = inverted(ink), inverted(ground)
    words = "large text" if large else "text"
    where = "in forced dark mode, " if forced_dark else ""
    message = f"{where}{words} in {shown(ink)} on {shown(ground)} has a contrast of {int(contrast * 10) / 10:.1f}"
    hint = f"at least {needed:g}; what is inlined decides, so declare colour and ground in inline.css"
    # How programs force dark mode differs and changes, so this is a likeness, not a proof.
    yield Finding(page.place(placed), message, hint, severity="warning" if forced_dark else None)
