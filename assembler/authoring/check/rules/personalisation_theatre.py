"""The words of a targeted variant are nearly those of the default: it is personal in name only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import CAMPAIGNS, CampaignUnit
from assembler.authoring.check.targeting import targeting_place
from assembler.authoring.check.word_similarity import percent, similarity
from assembler.authoring.diagnostics import Finding
from assembler.authoring.outcomes.cells import Cell, wanted_cells
from assembler.authoring.outcomes.people import choices_by_cell
from assembler.authoring.project.authored import WHOLE
from assembler.runtime.choose import SlotPlan
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import Moment

_TARGETED = ("segment+stage", "segment", "stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theatre:
    """A variant that reads like the default: how similar, for whom, and what is targeted in it."""

    score: float
    plan: SlotPlan
    cell: Cell
    targeted: tuple[str, ...]


@CAMPAIGNS.rule(
    "V03",
    "warning",
    __doc__,
    "Say more that is for these people, or let them have the default; `policy.near_default` is how much may be equal.",
)
def personalisation_theatre(unit: CampaignUnit) -> Iterator[Finding]:
    """Find what is targeted in variants that differ from the default in fewer words than the policy asks for."""
    checked = unit.checked
    least = checked.project.settings.policy.near_default / WHOLE
    worst: dict[tuple[str, ...], _Theatre] = {}
    for variant in _variants(unit):
        if variant.score >= least and (variant.targeted not in worst or variant.score > worst[variant.targeted].score):
            worst[variant.targeted] = variant
    for theatre in worst.values():
        yield _finding(checked, theatre)


def _variants(unit: CampaignUnit) -> Iterator[_Theatre]:
    """Every variant that holds something targeted, for people of its audience of whom all is known, now."""
    checked = unit.checked
    moment = Moment.of(checked.moment).instant
    measure = _Measure(checked)
    wanted = wanted_cells(checked.compiled.content, unit.campaign)
    for plan in unit.plans:
        seen: set[tuple[str | None, ...]] = set()
        for cell, choices in choices_by_cell(plan, moment, wanted).items():
            key = tuple(choice.component for choice in choices)
            targeted = tuple(
                choice.component for choice in choices if choice.fit in _TARGETED and choice.component is not None
            )
            if targeted and key not in seen:
                seen.add(key)
                score = measure.score(plan, choices)
                if score is not None:
                    yield _Theatre(score=score, plan=plan, cell=cell, targeted=targeted)


class _Measure:
    """How similar variants are to the default, in the words of the slots that vary.

    What another picture says is not in the words: variants that show one are not judged.
    """

    def __init__(self, checked: CheckedProject) -> None:
        self._components = checked.project.components
        settings = checked.project.settings
        self._lineages = {locale: settings.lineage(locale) for locale in settings.locales}
        self._wording = checked.wording
        self._shown: dict[tuple[str, str | None], frozenset[str]] = {}
        self._measured: dict[tuple[str, str | None, str | None], tuple[float, int]] = {}

    def score(self, plan: SlotPlan, choices: tuple[Choice, ...]) -> float | None:
        """The share of words that are the same, 0 to 1; None where there are no words, or other pictures."""
        pairs = [
            (row.default.component, choice.component)
            for row, choice in zip(plan.slots, choices, strict=True)
            if not row.slot_context.slot.constant
        ]
        if any(self._pictures(plan.locale, chosen) - self._pictures(plan.locale, default) for default, chosen in pairs):
            return None
        slots = [self._slot(plan.locale, *pair) for pair in pairs]
        total = sum(count for _, count in slots)
        return sum(same for same, _ in slots) / total if total else None

    def _pictures(self, locale: str, address: str | None) -> frozenset[str]:
        if (locale, address) not in self._shown:
            component = self._components.get(address or "")
            words = component.in_locale(self._lineages[locale]) if component is not None else None
            files = words.of_kind("file") if words is not None else ()
            self._shown[locale, address] = frozenset(file.text for file in files)
        return self._shown[locale, address]

    def _slot(self, locale: str, default: str | None, chosen: str | None) -> tuple[float, int]:
        """Return how many words of a slot are the same, and how many there are."""
        key = (locale, default, chosen)
        if key not in self._measured:
            first, second = (
                self._wording.of(self._components.get(address or ""), locale) for address in (default, chosen)
            )
            count = max(len(first), len(second))
            self._measured[key] = (similarity(first, second) * count, count)
        return self._measured[key]


def _finding(checked: CheckedProject, theatre: _Theatre) -> Finding:
    plan, (segment, stage) = theatre.plan, theatre.cell
    kinds = (("segment", segment), ("stage", stage))
    who = " and ".join(f"{kind} {name!r}" for kind, name in kinds if name is not None)
    message = (
        f"what {who} gets in {plan.campaign} is {percent(theatre.score)} the default"
        f" ({plan.channel}, {plan.locale}): it is personal in name only"
    )
    targeted = ", ".join(dict.fromkeys(theatre.targeted))
    hint = f"only {targeted} is targeted there; say more that is for them, or let them have the default"
    return Finding(targeting_place(checked.project.components[theatre.targeted[0]].tags), message, hint)
