"""A mail lacks what holds its 600 pixels: max-width, Outlook's ghost table and 96-dpi block, balanced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_MOST = 600
_PIXELS = re.compile(r"\s*(?P<pixels>[0-9]{1,4}(?:\.[0-9]{1,4})?)\s*px\s*", re.IGNORECASE)
_CONDITION = re.compile(r"<!--\[if[^\]]*\]>|<!\[endif\]-->", re.IGNORECASE)
_FOR_OUTLOOK = re.compile(r"\s*\[if\b[^\]]*\bmso\b[^\]]*\]>(.*?)<!\[endif\]\s*$", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)(table|tbody|tr|td)\b([^>]*)>", re.IGNORECASE)
_GHOST = re.compile(r"""<table\b[^>]*\bwidth\s*=\s*["']?(?P<pixels>[0-9]{1,4})(?:px)?["']?[\s/>]""", re.IGNORECASE)
_DPI = re.compile(r"<o:PixelsPerInch>\s*96\s*</o:PixelsPerInch>", re.IGNORECASE)
_OPEN = '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0">'
_OPEN += "<tr><td><![endif]-->"


@MAILS.rule(
    "E05",
    "error",
    __doc__,
    "Hold the width in the layout as the starter's promo.html.j2 does; renditions have no comments for Outlook.",
)
def width_not_held(page: Page) -> Iterator[Finding]:
    body = page.place_in_layout(page.body)
    if not _is_held(page):
        hint = "wrap all slots in an element with `max-width: 600px` in inline.css"
        yield Finding(body, "not every slot stands in an element with max-width: 600px", hint)
    outlook = [match[1] for match in map(_FOR_OUTLOOK.match, page.frame.comments) if match]
    ghosts = (ghost for comment in outlook for ghost in _GHOST.finditer(comment))
    if not any(0 < int(ghost["pixels"]) <= _MOST for ghost in ghosts):
        hint = f"write {_OPEN} before the content and its end after it"
        yield Finding(body, "no table of width 600 for Outlook", hint)
    if not any(map(_DPI.search, outlook)):
        hint = 'write <!--[if mso]><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings>'
        hint += "<o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]--> in the head"
        yield Finding(page.head_place, "no 96-dpi block for Outlook", hint)
    yield from _balance(page, outlook)
    yield from _outside_layout(page)


def _is_held(page: Page) -> bool:
    """Return whether whatever a slot shows stands in an element 600 pixels wide at most."""
    for element in page.shown_inserts:
        if not any(map(_is_narrow, (element, *element.ancestors()))):
            return False
    return any(element.holds_mark or _is_narrow(element) for element in page.body.below())


def _is_narrow(element: Element) -> bool:
    written = _PIXELS.fullmatch(element.style.get("max-width", ""))
    return written is not None and 0 < float(written["pixels"]) <= _MOST


def _balance(page: Page, outlook: list[str]) -> Iterator[Finding]:
    wrong = _unbalanced(page.html.marked)
    if wrong is None:
        yield from _tags_balance(page, outlook)
        return
    hint = "each <!--[if ...]> is followed by one <![endif]-->"
    place = page.pages.places.text(re.compile(r"<!--\[if|<!\[endif"), page.layout, wrong)
    yield Finding(place or page.start, "the conditional comments do not balance", hint)


def _unbalanced(html: str) -> int | None:
    """The number, among all starts and ends of conditional comments, of the first without its other half."""
    last, open_ = 0, False
    for number, match in enumerate(_CONDITION.finditer(html)):
        starts = match[0].startswith("<!--[")
        if starts == open_:
            return last if starts else number
        last, open_ = number, starts
    return last if open_ else None


def _tags_balance(page: Page, outlook: list[str]) -> Iterator[Finding]:
    """What Outlook's comments open, Outlook's comments close, in the same order."""
    open_: list[str] = []
    for match in _TAG.finditer("".join(outlook)):
        if not match[1]:
            open_.append(match[2].lower())
        elif not open_ or open_.pop() != match[2].lower():
            open_.append("?")
            break
    if open_:
        place = page.pages.places.text(re.compile(r"<table\b|</table"), page.layout, in_comments=True)
        message = "the tables in comments for Outlook do not balance"
        yield Finding(place or page.start, message, "close in the last what the first opens")


def _outside_layout(page: Page) -> Iterator[Finding]:
    for comment, component in page.comments():
        if component is not None and comment.lstrip().lower().startswith(("[if", "<![endif")):
            rendition = page.rendition(component) or page.layout
            place = page.pages.places.text("<!--", rendition) or rendition.source.at()
            message = f"{component.type} has a conditional comment"
            yield Finding(place, message, "comments for Outlook belong in the layout")
