"""T01: a rule does not parse or type-check."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """Rules that could not be compiled, with the column of the fault."""
    return subject.reported("T01")


RULE = Rule(
    code="T01",
    severity="error",
    summary="The rule of a segment or stage does not parse, names an unknown signal, or compares what cannot be compared.",
    fix="Write comparisons of one signal with literals, joined by and, or, not; text stands in quotes, equality is ==.",
    find=find,
)
