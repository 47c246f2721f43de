"""The largest variant of a page has more than 50 kB of HTML."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.sizes import size_findings
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_ALLOWED = 50_000


@WEB_PAGES.rule("P06", "error", __doc__, "Shorten the heaviest components, or declare less in inline.css and head.css.")
def page_too_heavy(page: Page) -> Iterator[Finding]:
    return size_findings(page, allowed=_ALLOWED)
