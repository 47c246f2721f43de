"""E07: the html part of a mail may be so large that Gmail cuts it off."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.sizes import largest
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

# Gmail cuts near 102 kB; links grow when they are tracked.
_MOST, _MANY = 90_000, 60_000


def find(page: Page) -> Iterator[Finding]:
    """Mails whose largest variant is over 90 kB; as warnings, over 60 kB, or over 90 kB with the longest values."""
    most = largest(page)
    longest = largest(page, longest_values=True)
    hint = "most of it: " + ", ".join(f"{address} {size / 1000:.1f} kB" for size, address in most.slots[:3])
    message = f"a mail of {page.campaign} may have {most.size / 1000:.1f} kB of HTML"
    if most.size > _MOST:
        yield Finding(page.start, f"{message}; Gmail cuts off near 102 kB, 90 are allowed", hint)
    elif longest.size > _MOST:
        longer = f"a mail of {page.campaign} may have {longest.size / 1000:.1f} kB of HTML with the longest values"
        yield Finding(page.start, f"{longer}; 90 are allowed", hint, severity="warning")
    elif most.size > _MANY:
        yield Finding(page.start, f"{message}; up to 60 load quickly", hint, severity="warning")


RULE = Rule(
    code="E07",
    severity="error",
    summary="The largest variant of a mail has more than 90 kB of HTML; a warning above 60 kB.",
    fix="Shorten the heaviest components, or declare less in inline.css.",
    each=(MAILS.by(find),),
)
