"""S02: a merge field stands where no value is safe."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding, Place


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find merge fields and slots in places for which there is no encoder, each place once."""
    findings: dict[Place, Finding] = {}
    for finding in checked.reported("S02"):
        findings.setdefault(finding.place, finding)
    unsafe = {finding.about for finding in findings.values()}
    types = {slot.type for _, name, slot in checked.project.slots() if name in unsafe}
    for finding in findings.values():
        folders = finding.place.path.split("/")
        # The merge fields of what stands in an unsafe slot are unsafe because the slot is.
        if not (folders[0] == "components" and folders[1] in types):
            yield finding


RULE = Rule(
    code="S02",
    severity="error",
    summary="A merge field stands where no encoder is safe: unquoted in a tag, in a script, a style, a comment.",
    fix="Move it into text, a quoted attribute, a link, or a string of JSON-LD.",
    find=find,
)
