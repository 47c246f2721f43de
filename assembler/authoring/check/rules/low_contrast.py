"""E10: text of a mail is hard to read on its ground."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.contrasts import contrast_findings
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding


def find(page: Page) -> Iterator[Finding]:
    """Find text of mails whose contrast in light, by the colours inlined in it and around, is too low or unknown."""
    yield from contrast_findings(page)


RULE = Rule(
    code="E10",
    severity="error",
    summary="Text of a mail has a contrast under 4.5:1 (large text 3:1) in light, or one that cannot be worked out.",
    fix="Choose a darker ink or a lighter ground; declare both in inline.css.",
    judges=(MAILS.by(find),),
)
