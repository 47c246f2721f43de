"""R01: a file cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find files, front matter and templates that could not be read."""
    return checked.reported("R01")


RULE = Rule(
    code="R01",
    severity="error",
    summary="A file cannot be read: not valid YAML, front matter or Jinja, not UTF-8, too large or too deep.",
    fix="Mend the line that is shown; YAML has no duplicate keys, anchors or tags here, at most 256 kB and 20 levels.",
    find=find,
)
