"""P06: the html part of a page may be too heavy."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.sizes import largest
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_MOST = 50_000


def find(page: Page) -> Iterator[Finding]:
    """Pages whose largest variant has more than 50 kB; a warning where only the longest values make it so."""
    most, longest = largest(page), largest(page, longest_values=True)
    hint = "most of it: " + ", ".join(f"{address} {size / 1000:.1f} kB" for size, address in most.slots[:3])
    message = f"a page of {page.campaign} may have {most.size / 1000:.1f} kB of HTML; 50 are allowed"
    if most.size > _MOST:
        yield Finding(page.start, message, hint)
    elif longest.size > _MOST:
        message = f"a page of {page.campaign} may have {longest.size / 1000:.1f} kB of HTML with the longest values"
        yield Finding(page.start, f"{message}; 50 are allowed", hint, severity="warning")


RULE = Rule(
    code="P06",
    severity="error",
    summary="The largest variant of a page has more than 50 kB of HTML.",
    fix="Shorten the heaviest components, or declare less in inline.css and head.css.",
    each=(WEB_PAGES.by(find),),
)
