"""Text of a mail has a contrast under 4.5:1 (large text 3:1) in light, or one that cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.contrasts import contrast_findings
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding


@MAILS.rule("E10", "error", __doc__, "Choose a darker ink or a lighter ground; declare both in inline.css.")
def low_contrast(page: Page) -> Iterator[Finding]:
    yield from contrast_findings(page)
