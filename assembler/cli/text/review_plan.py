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

_WHY = {
    "default": "what people get for whom nothing else is meant",
    "cell": "what people of the segment + stage beside it get",
    "extreme": "the longest or the shortest copy of a slot",
    "pairs": "shows two components together that no other card shows",
}
"""Why a card is there."""


def plan_text(plan: ReviewPlan, *, everything: bool = False) -> str:
    """Return every card, group by group, and how many pairs they cover; pairs that are impossible are counted.

    `everything` lists these too, with the reason.
    """
    parts = [_group(group) for group in plan.groups]
    impossible = _impossible(plan) if everything else []
    return "\n\n".join([*parts, *impossible, *_legend(plan), _summary(plan, everything=everything)])


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
    by_reason: dict[str, dict[str, list[str]]] = {}
    for (one, two), why in plan.impossible:
        by_reason.setdefault(why, {}).setdefault(one, []).append(two)
    for reason, words in _IMPOSSIBLE.items():
        others = by_reason.get(reason, {})
        count = sum(map(len, others.values()))
        if count:
            rows = [(one, ", ".join(two)) for one, two in others.items()]
            paragraphs.append(wrapped(f"{count} impossible, {reason}: {words}") + "\n" + table(rows))
    return paragraphs


def _legend(plan: ReviewPlan) -> list[str]:
    """Return what a card is, and what the words say that stand beside one."""
    present = {planned.why for planned in plan.cards}
    rows = [(why, words) for why, words in _WHY.items() if why in present]
    return [f"a card is one variant to look at\n{table(rows)}"] if rows else []


def _summary(plan: ReviewPlan, *, everything: bool) -> str:
    new = sum(planned.status == "new" for planned in plan.cards)
    pairs = f"shown: {plan.covered} of {counted(plan.feasible, 'pair')} of components that can stand together"
    cannot = f"{counted(plan.impossible_count, 'pair')} cannot"
    if plan.impossible_count and not everything:
        cannot += "; `--all` lists them, with the reason"
    return (
        wrapped(f"{pairs}; {cannot}") + "\n"
        f"{counted(len(plan.cards), 'card')}: {new} to look at, {len(plan.cards) - new} kept"
    )
