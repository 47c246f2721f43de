"""A file cannot be read: not valid YAML, front matter or Jinja, not UTF-8, too large or too deep."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "R01",
    "error",
    __doc__,
    "Mend the line that is shown; YAML has no duplicate keys, anchors or tags here, at most 256 kB and 20 levels.",
)
def unreadable_file(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("R01")
