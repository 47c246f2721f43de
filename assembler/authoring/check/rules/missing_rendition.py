"""A component type has no template for a channel and part in which a slot shows it."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "R05",
    "error",
    __doc__,
    "Write templates/<channel>/components/<type>.<part>.j2; a body of kind text needs one for html only.",
)
def missing_rendition(checked: CheckedProject) -> Iterator[Finding]:
    return (finding for finding in checked.reported("R05") if finding.about not in checked.project.unread)
