"""A retired component does not say what was learnt from it."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding


@PROJECT.rule("G10", "error", __doc__, "Write what was learnt, good or bad, so that nobody has to learn it again.")
def retired_without_lesson(checked: CheckedProject) -> Iterator[Finding]:
    for component in checked.project.components.values():
        if component.tags.status == "retired" and lacks(checked, component.tags, "learnt"):
            message = f"{component.address} is retired and says nothing learnt"
            yield Finding(component.tags.place("status"), message, "add `learnt: <what it did, and why it went>`")
