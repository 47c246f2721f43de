"""A component can never win a slot, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import FRONT_MATTER
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.losers import Loser, losers
from assembler.authoring.project.component import Tags
from assembler.library.records import Component, Content
from assembler.runtime.choose import SlotPlan
from assembler.runtime.moment import Moment

_WHY = {
    "requires": "what it requires never stands with it",
    "excludes": "what it excludes always stands before it",
    "test": "its test leaves it nobody",
    "used": "it always fills an earlier slot",
    "window": "valid_from is after valid_until",
}


@FRONT_MATTER.rule(
    "T06",
    "warning",
    __doc__,
    "Give it people of its own, or retire it: what nobody sees cannot be measured, and misleads who maintains it.",
)
def never_wins(checked: CheckedProject) -> Iterator[Finding]:
    """Components that lose for everybody from now on, whatever segment, stage, facts and buckets people have."""
    content = checked.compiled.content
    for loser in losers(content, checked.plans, Moment.of(checked.moment).instant):
        tied = any(loser.component.rank == winner.rank for winner in loser.beaten_by.values())
        # A tie is a finding of its own (T05), and so is a condition that nothing can meet (T08).
        told = (loser.decided and tied) or not _held_before(loser.component, checked.plans).issuperset(
            loser.component.requires
        )
        if _readable(loser.component, content) and not told:
            yield _finding(loser, checked.project.components[loser.component.address].tags)


def _finding(loser: Loser, tags: Tags) -> Finding:
    address, place = loser.component.address, tags.key_place(_key(tags, loser))
    if not loser.decided:
        message = f"whether {address} can win was not decided in {loser.trials:,} situations"
        return Finding(place, message, "fewer tests and needs in its slots make this easy to tell", "information")
    if loser.beaten_by:
        go = "goes" if len(loser.beaten_by) == 1 else "go"
        message = f"{address} can never win: {', '.join(sorted(loser.beaten_by))} always {go} before it"
        return Finding(place, message, "retire it, or give it people of its own by segments, stages or needs")
    reasons = [_WHY[loss] for loss in loser.losses if loss in _WHY]
    why = "; ".join(reasons) or "its tags admit nobody"
    return Finding(place, f"{address} can never win: {why}", "mend its tags, or retire it")


def _held_before(component: Component, plans: Iterable[SlotPlan]) -> set[str | None]:
    """The components that slots can hold which are filled before one that a component may fill."""
    held: set[str | None] = set()
    for plan in plans if component.requires else ():
        before: set[str | None] = set()
        for slot in plan.slots:
            here = {candidate.component.address for candidate in slot.candidates}
            if component.address in here:
                held |= before
            before |= {*here, slot.default.component}
    return held


def _readable(component: Component, content: Content) -> bool:
    """Return whether every name in its tags is known and in order: what is not is a finding of its own."""
    segments, stages = ({audience.id for audience in audiences} for audiences in (content.segments, content.stages))
    needed = content.signals.keys() | content.fields.keys()
    components = {component.address for component in content.components}
    return (
        segments.issuperset(component.segments or ())
        and stages.issuperset(component.stages or ())
        and needed >= set(component.needs)
        and components.issuperset(component.requires)
    )


def _key(tags: Tags, loser: Loser) -> str:
    """The tag that is to blame, or that says whom the component is for."""
    if not loser.beaten_by:
        for key, loss in (
            ("requires", "requires"),
            ("excludes", "excludes"),
            ("test", "test"),
            ("valid_until", "window"),
        ):
            if loss in loser.losses and tags.has_key(key):
                return key
    return "segments" if tags.segments is not None else "stages" if tags.stages is not None else "campaigns"
