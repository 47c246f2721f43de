"""Some variant of a mail has no h1, more than one, or skips a level of heading."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.headings import heading_findings
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding


@MAILS.rule("E04", "error", __doc__, "Let one slot that is never empty hold the h1, and begin what follows it with h2.")
def headings_out_of_order(page: Page) -> Iterator[Finding]:
    yield from heading_findings(page)
