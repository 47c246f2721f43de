"""L01: a translation sets what it inherits."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find keys of translations that only the original may set."""
    return checked.reported("L01")


RULE = Rule(
    code="L01",
    severity="error",
    summary="A translation sets a tag or a field that is not translatable.",
    fix="Remove the key: a translation holds words only, everything else comes from the original.",
    find=find,
)
