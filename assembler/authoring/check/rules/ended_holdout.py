"""A holdout ends within 30 days, or has ended."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.days import ahead
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.campaign import ControlGroup
from assembler.authoring.project.settings import HoldoutSettings

_SOON = 30


@PROJECT.rule("T12", "warning", __doc__, "Read the result and decide; then begin a new one, or take it away.")
def ended_holdout(checked: CheckedProject) -> Iterator[Finding]:
    for holdout, name in _holdouts(checked):
        if holdout.until is None:
            continue
        left = (holdout.until - checked.today).days
        if left < 0:
            hint = "read the result, then begin another with a new salt, or remove it"
            yield Finding(holdout.place("until"), f"{name} ended on {holdout.until}: nobody is held out", hint)
        elif left <= _SOON:
            hint = "from then on lift cannot be measured: plan the next"
            yield Finding(holdout.place("until"), f"{name} ends {ahead(left)}, on {holdout.until}", hint)


def _holdouts(checked: CheckedProject) -> Iterator[tuple[HoldoutSettings | ControlGroup, str]]:
    """The holdout of the project and those of campaigns, with what to call them."""
    project = checked.project
    if project.settings.holdout is not None:
        yield project.settings.holdout, "the holdout"
    for campaign in project.campaigns.values():
        if campaign.holdout is not None:
            yield campaign.holdout, f"the holdout of {campaign.id}"
