"""R05: a component type has no template where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find slot calls for which the slot's type has no template."""
    return checked.reported("R05")


RULE = Rule(
    code="R05",
    severity="error",
    summary="A component type has no template for a channel and part in which a slot shows it.",
    fix="Write templates/<channel>/components/<type>.<part>.j2; a body of kind text needs one for html only.",
    find=find,
)
