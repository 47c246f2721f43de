"""A translation sets a tag or a field that is not translatable."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "L01", "error", __doc__, "Remove the key: a translation holds words only, everything else comes from the original."
)
def translation_sets_tag(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("L01")
