"""A segment or stage can never match, because earlier ones take everybody."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.analysed_audiences import AnalysedAudiences, analysed_segments, analysed_stages
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.conditions.analysis import json_of
from assembler.conditions.boxes import TooLarge


@PROJECT.rule("T02", "error", __doc__, "Move it before those that it names, or narrow their rules.")
def audience_never_matches(checked: CheckedProject) -> Iterator[Finding]:
    for audiences in (analysed_segments(checked), analysed_stages(checked)):
        for position in audiences.analysis.within_limits():
            yield from _judged(audiences, position)


def _judged(audiences: AnalysedAudiences, position: int) -> Iterator[Finding]:
    kind, name, place = audiences.kind, audiences.name(position), audiences.place(position)
    try:
        taken = audiences.analysis.unreachable(position)
        # Of an earlier rule that is true for everybody T04 tells.
        if taken is not None and any(audiences.analysis.always_true(taker) is not None for taker in taken.by):
            return
    except TooLarge as limit:
        message = f"whether anybody is left for the {kind} {name!r} was not decided: {limit}"
        yield Finding(place, message, "make the rules shorter, or share fewer signals among them", severity="warning")
        return
    if taken is not None:
        earlier = [audiences.name(taker) for taker in taken.by]
        takers = f"the earlier {kind}{'s' * (len(earlier) > 1)} {', '.join(earlier)} take{'s' * (len(earlier) == 1)}"
        message = f"the {kind} {name!r} can never match: {takers} everybody"
        hint = f"move it up, or narrow what is before it; someone whom it would match: {json_of(taken.witness)}"
        yield Finding(place, message, hint)
