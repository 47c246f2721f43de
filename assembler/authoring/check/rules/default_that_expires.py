"""D03: a default is valid for a time only."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find defaults with `valid_from` or `valid_until`."""
    for default in slot_defaults(checked):
        for key in ("valid_from", "valid_until"):
            if getattr(default.component.tags, key) is not None:
                hint = "a default must stand on any day: remove the date, or choose another default"
                yield Finding(default.component.tags.key_place(key), f"{default} has {key}", hint)


RULE = Rule(
    code="D03",
    severity="error",
    summary="A default begins or ends on a day.",
    fix="A default never expires: take its dates away, or choose a default without dates.",
    find=find,
)
