"""R10: a file could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """Files on which a step of loading or compiling failed; those on which a rule fails come to them."""
    return subject.reported("R10")


RULE = Rule(
    code="R10",
    severity="error",
    summary="A file could not be judged: reading it, compiling it or a rule failed on it. The other findings stand.",
    fix="Write the file simpler: shorter expressions, fewer levels of nesting.",
    find=find,
)
