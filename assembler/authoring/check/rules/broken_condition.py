"""A rule does not parse, names an unknown signal, or compares what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule(
    "T01",
    "error",
    __doc__,
    "Write comparisons of one signal with literals, joined by and, or, not; text stands in quotes, equality is ==.",
)
def broken_condition(checked: CheckedProject) -> Iterator[Finding]:
    """Find rules that could not be compiled, less those that fail only because a signal's own entry is broken."""
    settings = checked.project.settings
    unread = checked.project.declared["signal"] - settings.signals.keys()
    empty = {name for name, signal in settings.signals.items() if signal.kind == "choice" and not signal.values}
    return (finding for finding in checked.reported("T01") if finding.about not in unread | empty)
