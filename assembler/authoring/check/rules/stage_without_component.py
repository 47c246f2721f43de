"""No campaign that is for a stage has a component that is tagged for it."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import is_partly_read
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.cells import bare_stages


@FRONT_MATTER.rule("G08", "warning", __doc__, "Write a component for it, or remove the stage.")
def stage_without_component(checked: CheckedProject) -> Iterator[Finding]:
    bare = bare_stages(checked.compiled.content, checked.plans)[None]
    if is_partly_read(checked.project):
        return
    for stage in checked.project.settings.stages:
        if stage.id in bare:
            message = f"no campaign has a component for the stage {stage.id!r}"
            hint = "whoever is in it gets what its segment has, or the default: write something for it, or remove it"
            yield Finding(stage.place("id"), message, hint)
