"""G10: a component was retired and nobody wrote down why."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks
from assembler.authoring.check.rule import CheckedProject, Rule
from assembler.authoring.diagnostics import Finding


def find(checked: CheckedProject) -> Iterator[Finding]:
    """Find retired components without `learnt`."""
    for component in checked.project.components.values():
        if component.tags.status == "retired" and lacks(checked, component.tags, "learnt"):
            hint = "add `learnt: <what it did, and why it went>`"
            yield Finding(
                component.tags.place("status"), f"{component.address} is retired and says nothing learnt", hint
            )


RULE = Rule(
    code="G10",
    severity="error",
    summary="A retired component does not say what was learnt from it.",
    fix="Write what was learnt, good or bad, so that nobody has to learn it again.",
    find=find,
)
