"""A campaign has no objective, outcome or decide_by; a warning where decide_by has passed."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.missing_keys import lacks, place_of
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.library.values import is_blank

_KEYS = {
    "objective": "add `objective: <what there should be more of>`",
    "outcome": "add `outcome: {event: purchase, within: 30d, minimum_lift: 10%}`",
    "decide_by": "add `decide_by: <the day on which you keep, change or end it>`",
}


@PROJECT.rule(
    "G09",
    "error",
    __doc__,
    "Say what the campaign is for, what is measured, and on which day it is kept, changed or ended.",
)
def campaign_without_decision(checked: CheckedProject) -> Iterator[Finding]:
    for campaign in checked.project.campaigns.values():
        for key, hint in _KEYS.items():
            if lacks(checked, campaign, key):
                place = place_of(campaign, key, campaign.place())
                yield Finding(place, f"campaign {campaign.id!r} has no {key}", hint)
        if campaign.outcome is not None and is_blank(campaign.outcome.event):
            place = campaign.place("outcome", "event")
            yield Finding(place, f"the outcome of campaign {campaign.id!r} names no event", "write event: purchase")
        if campaign.decide_by is not None and campaign.decide_by < checked.today:
            message = f"campaign {campaign.id!r} was to be decided by {campaign.decide_by}"
            hint = "keep, change or end it, and write the next date"
            yield Finding(campaign.place("decide_by"), message, hint, severity="warning")
