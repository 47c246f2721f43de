"""S03: a template uses a forbidden construct."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find constructs that the syntax tree of a template shows and no template may have."""
    return checked.reported("S03")


RULE = Rule(
    code="S03",
    severity="error",
    summary="A template uses what templates may not: safe, autoescape, attr, names with _, and the like.",
    fix="Use fields, if, for, set, the six filters, and calls of slot, field and asset; tojson only inside JSON-LD.",
    find=find,
)
