"""The largest variant of a mail has more than 90 kB of HTML; a warning above 60 kB."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.sizes import size_findings
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

# Gmail cuts near 102 kB; links grow when they are tracked.
_ALLOWED, _QUICK = 90_000, 60_000


@MAILS.rule("E07", "error", __doc__, "Shorten the heaviest components, or declare less in inline.css.")
def mail_too_heavy(page: Page) -> Iterator[Finding]:
    return size_findings(page, allowed=_ALLOWED, why="Gmail cuts off near 102 kB, ", quick=_QUICK)
