"""A rule is never true, or is true whenever its signals are known."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.analysed_audiences import AnalysedAudiences, analysed_segments, analysed_stages
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.conditions.analysis import json_of
from assembler.conditions.boxes import TooLarge


@PROJECT.rule("T04", "error", __doc__, "Mend the comparison that contradicts the others, or that every value fulfils.")
def condition_without_effect(checked: CheckedProject) -> Iterator[Finding]:
    for audiences in (analysed_segments(checked), analysed_stages(checked)):
        for position in audiences.analysis.within_limits():
            try:
                yield from _judged(audiences, position)
            except TooLarge as limit:
                yield _undecided(audiences, position, str(limit))
        for position, why in audiences.analysis.too_large.items():
            yield _undecided(audiences, position, why)


def _judged(audiences: AnalysedAudiences, position: int) -> Iterator[Finding]:
    rule, place = f"the rule of the {audiences.kind} {audiences.name(position)!r}", audiences.place(position)
    never = audiences.analysis.never_true(position)
    if never is not None:
        hint = f"its parts contradict one another, or what a signal can be; it does not match {json_of(never)}"
        yield Finding(place, f"{rule} is never true", hint)
        return
    always = audiences.analysis.always_true(position)
    if always is not None:
        hint = f"write known(...) if that is meant; it matches everybody who is like {json_of(always)}"
        yield Finding(place, f"{rule} is true whenever its signals are known", hint)


def _undecided(audiences: AnalysedAudiences, position: int, limit: str) -> Finding:
    kind, name = audiences.kind, audiences.name(position)
    message = f"the rule of the {kind} {name!r} is too large to be judged: {limit}"
    hint = f"what it takes from later {kind}s is not judged either; make it shorter, or compare fewer values"
    return Finding(audiences.place(position), message, hint, severity="warning")
