"""P06: the html part of a page may be too heavy."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.sizes import size_findings
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding

_ALLOWED = 50_000


def find(page: Page) -> Iterator[Finding]:
    """Find pages whose largest variant has more than 50 kB; as a warning, where only the longest values make it so."""
    return size_findings(page, allowed=_ALLOWED)


RULE = Rule(
    code="P06",
    severity="error",
    summary="The largest variant of a page has more than 50 kB of HTML.",
    fix="Shorten the heaviest components, or declare less in inline.css and head.css.",
    judges=(WEB_PAGES.by(find),),
)
