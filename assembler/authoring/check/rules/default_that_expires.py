"""A default begins or ends on a day."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.slots import forbidden_tags
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "D03", "error", __doc__, "A default never expires: take its dates away, or choose a default without dates."
)
def default_that_expires(checked: CheckedProject) -> Iterator[Finding]:
    hint = "a default must stand on any day: remove the date, or choose another default"
    return forbidden_tags(checked, ("valid_from", "valid_until"), hint)
