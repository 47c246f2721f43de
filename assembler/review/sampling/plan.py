"""The plan of a review: the cards to look at, the pairs that they show, and the pairs that are impossible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.people import ScriptedPerson
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes
from assembler.review.sampling.digests import ApprovalSubject, Card, ComponentPair, ReviewDigests
from assembler.review.sampling.impossible import ImpossibleReason, ImpossibleReasons

Why = Literal["default", "cell", "extreme", "pairs"]
CardStatus = Literal["new", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCard:
    """A card of the plan. It is `new` if it is to be looked at; what a `kept` one shows is approved, or on a new card.

    `cells` get it at the moment of the plan when all of them is known and they are in no test; `person` is somebody who
    gets it then or later, None where only held-out people do.
    """

    card: Card
    why: Why
    status: CardStatus
    person: ScriptedPerson | None
    cells: tuple[Cell, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the card as JSON has it."""
        card = self.card
        where = {"campaign": card.campaign, "channel": card.channel, "layout": card.layout, "locale": card.locale}
        return {**where, "slots": dict(card.slots), "why": self.why, "status": self.status}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpossiblePair:
    """Two components that can never stand together in two slots, and why."""

    slots: tuple[str, str]
    components: tuple[str, str]
    reason: ImpossibleReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGroup:
    """The plan of one campaign, channel and locale.

    `feasible` are the pairs that somebody can get, of which so many are `covered` by the cards; `components` are those
    that somebody can get, by slot. `partners` are the feasible pairs by the numbers of values, as bits.
    """

    digests: ReviewDigests
    outcomes: PlanOutcomes
    cards: tuple[PlannedCard, ...]
    feasible: tuple[ComponentPair, ...]
    covered: int
    partners: Mapping[int, int]
    reasons: ImpossibleReasons
    components: Mapping[str, tuple[str, ...]]

    def impossible(self) -> Iterator[ImpossiblePair]:
        """Yield every two components that can never stand together, worked out when asked: there can be millions."""
        names = [slot.name for slot in self.outcomes.plan.slots]
        values = [(number, value) for number, value in enumerate(self.outcomes.values) if value.component is not None]
        for (one, first), (two, second) in combinations(values, 2):
            if first.slot != second.slot and not self.partners.get(one, 0) >> two & 1:
                yield ImpossiblePair(
                    slots=(names[first.slot], names[second.slot]),
                    components=(first.component or "", second.component or ""),
                    reason=self.reasons.why(first, second),
                )

    def subjects(self) -> Iterator[ApprovalSubject]:
        """Yield every subject of the group: the layout, then components, then pairs."""
        yield ApprovalSubject(kind="layout", slots=dict(self.digests.defaults), digest=self.digests.layout_digest)
        for slot, components in self.components.items():
            for component in components:
                digest = self.digests.component_digest(slot, component)
                yield ApprovalSubject(kind="component", slots={slot: component}, digest=digest)
        for pair in self.feasible:
            yield ApprovalSubject(
                kind="pair", slots=dict(zip(pair.slots, pair.components, strict=True)), digest=pair.digest
            )


@dataclass(frozen=True)
class ReviewPlan:
    """What to look at in a project, and how far that goes."""

    groups: tuple[PlanGroup, ...]

    @cached_property
    def cards(self) -> tuple[PlannedCard, ...]:
        """Every card, group by group: the default first, then cells, extremes and pairs."""
        return tuple(card for group in self.groups for card in group.cards)

    @property
    def feasible(self) -> int:
        """How many pairs the runtime can return, counted in each campaign, channel and locale."""
        return sum(len(group.feasible) for group in self.groups)

    @property
    def covered(self) -> int:
        """How many of them stand together on a card."""
        return sum(group.covered for group in self.groups)

    @cached_property
    def impossible(self) -> tuple[tuple[tuple[str, str], ImpossibleReason], ...]:
        """Pairs of components that never stand together, in no campaign, channel and locale, each with its reason."""
        feasible = {frozenset(pair.components) for group in self.groups for pair in group.feasible}
        impossible: dict[frozenset[str], tuple[tuple[str, str], ImpossibleReason]] = {}
        for group in self.groups:
            for pair in group.impossible():
                both = frozenset(pair.components)
                if both not in feasible:
                    impossible.setdefault(both, (pair.components, pair.reason))
        return tuple(impossible.values())

    def to_dict(self) -> dict[str, object]:
        """Return the plan as JSON has it."""
        impossible = [{"pair": list(pair), "reason": reason} for pair, reason in self.impossible]
        pairs = {"feasible": self.feasible, "covered": self.covered, "impossible": impossible}
        return {"rows": [card.to_dict() for card in self.cards], "pairs": pairs}
