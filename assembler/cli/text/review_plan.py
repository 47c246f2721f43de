"""A plan of review as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.review.sampling.plan import PlanGroup, ReviewPlan

_IMPOSSIBLE = {
    "used": "one component fills only one slot of a variant",
    "window": "from now on there is no moment at which both may be used",
    "segment": "they are for different segments",
    "stage": "they are for different stages",
    "excludes": "one excludes the other",
    "requires": "one requires a component that never stands beside the other",
    "test": "they are for different people of one test",
    "outranked": "wherever one could stand, something that fits better does, or the other cannot",
}
"""The reasons for which a pair is impossible, in their order, and what they say."""


def plan_text(plan: ReviewPlan) -> str:
    """Return every card, group by group; how many pairs they cover; and which pairs are impossible, with the reason."""
    parts = [_group(group) for group in plan.groups]
    return "\n\n".join([*parts, *_impossible(plan), _summary(plan)])


def _group(group: PlanGroup) -> str:
    digests = group.digests
    new = sum(planned.status == "new" for planned in group.cards)
    kept = f", {len(group.cards) - new} kept" if len(group.cards) > new else ""
    pairs = f"{group.covered} of {counted(len(group.feasible), 'pair')}"
    where = f"{digests.campaign} in {digests.channel}, {digests.locale} ({digests.layout})"
    rows = [(planned.card.key, planned.status, planned.why, _cells(planned.cells)) for planned in group.cards]
    return wrapped(f"{where}: {counted(new, 'new card')}{kept}, {pairs}") + "\n" + table(rows)


def _cells(cells: tuple[tuple[str | None, str | None], ...]) -> str:
    return ", ".join(f"{segment or 'none'} + {stage or 'none'}" for segment, stage in cells)


def _impossible(plan: ReviewPlan) -> list[str]:
    paragraphs = []
    for reason, words in _IMPOSSIBLE.items():
        others: dict[str, list[str]] = {}
        for (one, two), why in plan.impossible:
            if why == reason:
                others.setdefault(one, []).append(two)
        count = sum(map(len, others.values()))
        if count:
            rows = [(one, ", ".join(two)) for one, two in others.items()]
            paragraphs.append(wrapped(f"{count} impossible, {reason}: {words}") + "\n" + table(rows))
    return paragraphs


def _summary(plan: ReviewPlan) -> str:
    new = sum(planned.status == "new" for planned in plan.cards)
    return (
        f"{counted(plan.feasible, 'pair')} feasible, {plan.covered} covered; {len(plan.impossible)} impossible\n"
        f"{counted(len(plan.cards), 'card')}: {new} to look at, {len(plan.cards) - new} kept"
    )
