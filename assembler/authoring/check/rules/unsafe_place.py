"""S02: a merge field stands where no value is safe."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding


def find(subject: Subject) -> Iterator[Finding]:
    """Merge fields and slots in places for which there is no encoder."""
    return subject.reported("S02")


RULE = Rule(
    code="S02",
    severity="error",
    summary="A merge field stands where no encoder is safe: an unquoted attribute, a tag, a script, a style, a comment.",
    fix="Move it into text, a quoted attribute, a link, or a string of JSON-LD.",
    find=find,
)
