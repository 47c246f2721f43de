"""How many variants a build of a project would write: campaign by campaign, and what multiplies them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import CAMPAIGNS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.cells import cells
from assembler.authoring.outcomes.variants import CampaignVariants, are_too_many, count_variants
from assembler.authoring.project.project import LoadedProject

_WAYS_OUT = (
    "let fewer components of these slots have needs or tests of their own; or build a part (`build --select`) or what "
    "shows every pair (`build --sample pairs`); or raise max_variants under `policy`"
)


def variant_counts(checked: CheckedProject) -> tuple[CampaignVariants, ...]:
    """The variants of each campaign; those of one that has not changed are not counted again."""
    content, counts = checked.compiled.content, list[CampaignVariants]()
    for key, unit in checked.units(CAMPAIGNS):
        plans = [plan for plan in checked.plans if plan.campaign == unit.campaign]
        count = partial(count_variants, unit.campaign, plans, content, checked.moment, cells(content))
        counts.append(checked.cache.memo.get_or_make(("variants", key), count))
    return tuple(counts)


def too_many(counts: Sequence[CampaignVariants], project: LoadedProject) -> Iterator[Finding]:
    """A finding for each campaign of more variants than a build may write, or for the largest if all together have."""
    most = project.settings.policy.max_variants
    if not are_too_many(counts, most):
        return
    total = sum(counted.variants for counted in counts)
    over = [counted for counted in counts if counted.variants > most or not counted.exact]
    for counted in over or [max(counts, key=lambda counted: counted.variants)]:
        yield Finding(project.campaigns[counted.campaign].key_place("slots"), _message(counted, total, most), _WAYS_OUT)


def _message(counted: CampaignVariants, total: int, most: int) -> str:
    least = "" if counted.exact else "at least "
    if counted.variants > most:
        many = f"{least}{counted.variants:,} variants of {counted.campaign}"
    elif counted.exact:
        many = f"{total:,} variants, {counted.variants:,} of them of {counted.campaign}"
    else:
        many = f"more variants of {counted.campaign} than can be counted, {least}{counted.variants:,}"
    slots = ", ".join(f"{slot} x{times:.3g}" for slot, times in counted.slots.items())
    return f"a build would write {many}; the policy is {most:,} at most. These slots multiply them: {slots}"
