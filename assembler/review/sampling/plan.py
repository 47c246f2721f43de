"""The plan of a review: the cards to look at, the pairs that they show, and the pairs that are impossible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.people import ScriptedPerson
from assembler.review.sampling.digests import ApprovalSubject, Card, ReviewDigests
from assembler.review.sampling.impossible import ImpossiblePairs, ImpossibleReason, WhyImpossible

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
        campaign, channel, locale = self.card.place
        where = {"campaign": campaign, "channel": channel, "layout": self.card.layout, "locale": locale}
        return {**where, "slots": dict(self.card.slots), "why": self.why, "status": self.status}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGroup:
    """The plan of one campaign, channel and locale.

    `components` are those that somebody can get, and `feasible` such pairs, of which the cards show `covered` many. The
    cards are `exhaustive` where they are all the variants that somebody can get, then or later.
    """

    digests: ReviewDigests
    cards: tuple[PlannedCard, ...]
    components: tuple[ApprovalSubject, ...]
    feasible: tuple[ApprovalSubject, ...]
    covered: int
    impossible: ImpossiblePairs
    exhaustive: bool

    def subjects(self) -> tuple[ApprovalSubject, ...]:
        """Return every subject of the group: the layout, then components, then pairs."""
        layout = ApprovalSubject(kind="layout", slots=self.digests.defaults, digest=self.digests.layout_digest)
        return layout, *self.components, *self.feasible


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

    @property
    def impossible_count(self) -> int:
        """How many pairs of components never stand together, in no campaign, channel and locale."""
        return len(self._impossible)

    @cached_property
    def impossible(self) -> tuple[tuple[tuple[str, str], ImpossibleReason], ...]:
        """These pairs, each with its reason."""
        return tuple((pair, why()) for pair, why in self._impossible)

    @cached_property
    def _impossible(self) -> tuple[tuple[tuple[str, str], WhyImpossible], ...]:
        feasible = {frozenset(pair.slots.values()) for group in self.groups for pair in group.feasible}
        impossible: dict[frozenset[str], tuple[tuple[str, str], WhyImpossible]] = {}
        different = {group.impossible.alike: group.impossible for group in reversed(self.groups)}
        for pairs in reversed(different.values()):
            for pair, why in pairs:
                both = frozenset(pair)
                if both not in feasible:
                    impossible.setdefault(both, (pair, why))
        return tuple(impossible.values())

    def to_dict(self) -> dict[str, object]:
        """Return the plan as JSON has it."""
        impossible = [{"pair": list(pair), "reason": reason} for pair, reason in self.impossible]
        pairs = {"feasible": self.feasible, "covered": self.covered, "impossible": impossible}
        return {"rows": [card.to_dict() for card in self.cards], "pairs": pairs}
