"""The project has no campaign, so that nobody gets anything from it."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.diagnostics import Finding


@FRONT_MATTER.rule("R11", "warning", __doc__, "Write campaigns/<id>.yaml: its owner, its channels and its slots.")
def no_campaign(checked: CheckedProject) -> Iterator[Finding]:
    if not checked.project.declared["campaign"]:
        hint = "write campaigns/<id>.yaml, such as campaigns/welcome.yaml: its owner, its channels and its slots"
        yield Finding(
            checked.project.settings.place("name"), "the project has no campaign: there is nothing to send", hint
        )
