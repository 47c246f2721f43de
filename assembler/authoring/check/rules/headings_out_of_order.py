"""E04: a mail has no h1 or several, or skips a level of heading."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.headings import heading_findings
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding


def find(page: Page) -> Iterator[Finding]:
    """Find mails of which some variant has not exactly one h1, or may skip a level."""
    yield from heading_findings(page)


RULE = Rule(
    code="E04",
    severity="error",
    summary="Some variant of a mail has no h1, more than one, or skips a level of heading.",
    fix="Let one slot that is never empty hold the h1, and begin what follows it with h2.",
    judges=(MAILS.by(find),),
)
