"""S02: a merge field stands where no value is safe."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.diagnostics import Finding, Place


def find(subject: Subject) -> Iterator[Finding]:
    """Merge fields and slots in places for which there is no encoder, each place once."""
    found: dict[Place, Finding] = {}
    for each in subject.reported("S02"):
        found.setdefault(each.place, each)
    types = {
        slot.type for _, name, slot in subject.project.slots() if any(_is_about(name, each) for each in found.values())
    }
    for each in found.values():
        folders = each.place.path.split("/")
        # The merge fields of what stands in an unsafe slot are unsafe because the slot is.
        if not (folders[0] == "components" and folders[1] in types):
            yield each


def _is_about(slot: str, finding: Finding) -> bool:
    return finding.message.startswith(f"slot {slot!r} stands")


RULE = Rule(
    code="S02",
    severity="error",
    summary="A merge field stands where no encoder is safe: unquoted in a tag, in a script, a style, a comment.",
    fix="Move it into text, a quoted attribute, a link, or a string of JSON-LD.",
    find=find,
)
