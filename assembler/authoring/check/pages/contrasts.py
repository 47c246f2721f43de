"""Text that is hard to read: its contrast with the ground, in each place where it can stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assembler.authoring.check.pages.colours import Colour, contrast, inverted, over, shown
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
    if isinstance(text_style.ink, str) or isinstance(text_style.ground, str):
        return
    ink, ground, ratio = _seen(text_style.ink, text_style.ground, text_style.fade, forced_dark)
    large = text_style.is_large(inlined_only=page.channel.envelope == "web")
    needed = _ENOUGH_FOR_LARGE if large else _ENOUGH
    if ratio >= needed:
        return
    words = "large text" if large else "text"
    where = "in forced dark mode, " if forced_dark else ""
    message = f"{where}{words} in {shown(ink)} on {shown(ground)} has a contrast of {int(ratio * 10) / 10:.1f}"
    hint = f"at least {needed:g}; what is inlined decides, so declare colour and ground in inline.css"
    # How programs force dark mode differs and changes, so this is a likeness, not a proof.
    yield Finding(page.place(placed), message, hint, severity="warning" if forced_dark else None)


@lru_cache(maxsize=1024)
def _seen(ink: Colour, ground: Colour, fade: float, forced_dark: bool) -> tuple[Colour, Colour, float]:
    """Ink and ground as they are seen, and their contrast; forced dark mode turns both lightnesses round."""
    red, green, blue, alpha = ink
    ink = over((red, green, blue, alpha * fade), ground)
    if forced_dark:
        ink, ground = inverted(ink), inverted(ground)
    return ink, ground, contrast(ink, ground)
