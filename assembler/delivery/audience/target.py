"""What people are decided for: a channel of a campaign of a library at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from assembler.library.records import Holdout
from assembler.runtime.audiences import AudienceIndex
from assembler.runtime.choose import DecisionKey, SlotPlan
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

AudienceOfSomebody = tuple[int, str | None, str | None]
"""The number of the locale that somebody is served, their segment and their stage."""


class Target:
    """What people are decided for, and what of it a decision may depend on: the `audiences`; of each locale, in the
    order of the library's, the plan; the `needs` of all candidates; and by test the `cuts` between its ranges."""

    def __init__(self, library: Library, campaign: str, channel: str, at: datetime) -> None:
        """Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime."""
        self.library, self.campaign, self.channel, self.at = library, campaign, channel, at
        self.moment = Moment.of(at)
        self.plans = [library.plan(campaign, channel=channel, locale=locale) for locale in library.locales]
        content = library.content
        self.audiences = AudienceIndex(content.signals, content.segments, content.stages)
        self.needs = frozenset(chain.from_iterable(map(_needed_by, self.plans)))
        cuts: dict[str, set[int]] = {}
        for test, edges in chain.from_iterable(plan.cuts.items() for plan in self.plans):
            cuts.setdefault(f"{campaign}|{test}", set()).update(edges)
        self.cuts = {salt: sorted(edges) for salt, edges in cuts.items()}

    @property
    def most_groups(self) -> int:
        """How many different audiences there can be."""
        content = self.library.content
        return len(content.locales) * (len(content.segments) + 1) * (len(content.stages) + 1)

    def holdouts(self) -> Iterable[Holdout]:
        """Yield those that hold people out at the moment, in order: over all campaigns, then the campaign's own."""
        content = self.library.content
        for holdout in (content.holdout, content.campaigns[self.campaign].holdout):
            if holdout is not None and not holdout.has_ended(self.moment.instant):
                yield holdout

    def decide(self, context: Mapping[str, Any]) -> Decision:
        """Return the decision for somebody."""
        return self.library.decide(self.campaign, channel=self.channel, context=context, at=self.at)

    def audience(self, context: Mapping[str, Any]) -> AudienceOfSomebody | None:
        """Return the number of the locale that somebody is served, their segment and their stage; None by a fault."""
        person = self.library.person(context, at=self.at)
        if person.error is not None:
            return None
        return self.library.locales.index(person.locale), person.segment, person.stage

    def decision_key(self, audience: AudienceOfSomebody) -> DecisionKey:
        """Return what the choices for such people still depend on."""
        locale, segment, stage = audience
        return self.plans[locale].decision_key(segment, stage)


def _needed_by(plan: SlotPlan) -> Iterator[str]:
    """The names that candidates of a plan need."""
    for slot in plan.slots:
        for candidate in slot.candidates:
            yield from candidate.component.needs
