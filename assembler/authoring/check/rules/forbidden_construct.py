"""A template uses what templates may not: safe, autoescape, attr, names with _, and the like."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "S03",
    "error",
    __doc__,
    "Use fields, if, for, set, the six filters, and calls of slot, field and asset; tojson only inside JSON-LD.",
)
def forbidden_construct(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("S03")
