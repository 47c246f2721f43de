"""Two segments with candidates in one slot overlap; the earlier one takes whoever matches both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from assembler.authoring.check.analysed_audiences import analysed_segments
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.diagnostics import Finding
from assembler.conditions.analysis import json_of
from assembler.conditions.boxes import TooLarge


@FRONT_MATTER.rule(
    "T03",
    "information",
    __doc__,
    "Nothing, if that is the order you want; else change the order of the segments, or their rules.",
)
def overlapping_segments(checked: CheckedProject) -> Iterator[Finding]:
    audiences = analysed_segments(checked)
    slots = _competing(checked)
    for first, second in combinations(audiences.analysis.within_limits(), 2):
        pair = (audiences.name(first), audiences.name(second))
        slot = slots.get(frozenset(pair))
        if slot is None:
            continue
        try:
            witness = audiences.analysis.overlap(first, second)
            if witness is not None and audiences.analysis.unreachable(second) is not None:
                continue  # T02 tells that nobody is left for it
        except TooLarge as limit:
            message = f"whether the segments {pair[0]!r} and {pair[1]!r} overlap was not decided: {limit}"
            yield Finding(audiences.place(second), message, "make their rules shorter", severity="warning")
            continue
        if witness is not None:
            both = f"the segments {pair[0]!r} and {pair[1]!r} overlap, both with candidates in {slot}"
            message = f"{both}: {pair[0]!r} comes first"
            yield Finding(audiences.place(second), message, f"someone who matches both: {json_of(witness)}")


def _competing(checked: CheckedProject) -> dict[frozenset[str], str]:
    """Pairs of segments that a campaign is for and has candidates for in one slot, with such a slot."""
    campaigns = checked.compiled.content.campaigns
    competing: dict[frozenset[str], str] = {}
    for plan in checked.plans:
        for row in plan.slots:
            named = {name for candidate in row.candidates for name in candidate.component.segments or ()}
            wanted = (name for name in named if campaigns[plan.campaign].is_for(name, None))
            for pair in combinations(sorted(wanted), 2):
                competing.setdefault(frozenset(pair), f"{row.name!r} of {plan.campaign}")
    return competing
