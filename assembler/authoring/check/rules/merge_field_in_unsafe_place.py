"""A merge field stands where no encoder is safe: unquoted in a tag, in a script, a style, a comment."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding, Place


@PROJECT.rule("S02", "error", __doc__, "Move it into text, a quoted attribute, a link, or a string of JSON-LD.")
def merge_field_in_unsafe_place(checked: CheckedProject) -> Iterator[Finding]:
    findings: dict[Place, Finding] = {}
    for finding in checked.reported("S02"):
        if finding.place.path not in checked.pages.run_on_templates:  # of these R09 tells
            findings.setdefault(finding.place, finding)
    unsafe = {finding.about for finding in findings.values()}
    types = {slot.type for _, name, slot in checked.project.slots() if name in unsafe}
    for finding in findings.values():
        folders = finding.place.path.split("/")
        # The merge fields of what stands in an unsafe slot are unsafe because the slot is.
        if not (folders[0] == "components" and folders[1] in types):
            yield finding
