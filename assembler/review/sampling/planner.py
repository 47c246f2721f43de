"""Makes the plan: the fewest cards that show every default, every cell, the extremes, and every feasible pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby, islice

from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.people import choices_by_cell
from assembler.authoring.outcomes.plan_outcomes import outcomes_from
from assembler.authoring.outcomes.possible_rows import Row, bits
from assembler.library.records import Content
from assembler.review.sampling.covering import cover, mask_of, values_beside
from assembler.review.sampling.digests import ApprovalSubject, Digest, Place, ReviewDigests, Slots, digests_of
from assembler.review.sampling.impossible import ImpossiblePairs
from assembler.review.sampling.plan import CardStatus, PlanGroup, PlannedCard, ReviewPlan, Why
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

_Masks = dict[int, int]
"""By the number of a value other values as bits: with itself, the value alone is meant; with another, the pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedCard:
    """A card that was approved: what stood in its slots, and the digest of each component then, by slot."""

    slots: Slots
    component_digests: Mapping[str, Digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedBefore:
    """What was approved before a plan is made: `digests` of subjects, and whole `cards` by their place.

    `objected_cards` are the digests of cards about which changes are asked for.
    """

    digests: frozenset[Digest] = frozenset()
    cards: Mapping[Place, Sequence[ApprovedCard]] = field(default_factory=dict)
    objected_cards: frozenset[Digest] = frozenset()


def make_plan(
    library: Library, at: datetime, approved: ApprovedBefore | None = None, selection: Selection = EVERYTHING
) -> ReviewPlan:
    """Return the plan for everything that can be returned from a moment on, as far as it is selected. The same
    arguments give the same plan.

    Raises `TooManyStates` where one campaign, channel and locale can return too much to be known exactly.
    """
    cells, approved = selection.cells(library.content), approved or ApprovedBefore()
    selected = (digests for digests in digests_of(library) if selection.takes(digests.plan))
    return ReviewPlan(tuple(_Planner(digests, library.content, at, cells, approved).group() for digests in selected))


class _Planner:
    """Plans one campaign, channel and locale. A row is a variant by the numbers of its values, a card without words."""

    def __init__(
        self, digests: ReviewDigests, content: Content, at: datetime, cells: Sequence[Cell], approved: ApprovedBefore
    ) -> None:
        self._digests = digests
        self._approved = approved
        self._outcomes = outcomes_from(digests.plan, content, at, cells)
        slot_names = list(digests.defaults)
        self._named = {
            number: (slot_names[value.slot], value.component)
            for number, value in enumerate(self._outcomes.values)
            if value.component is not None
        }
        partners = self._outcomes.possible.partners()
        self._impossible = ImpossiblePairs(self._outcomes, content, partners, at)
        filled = mask_of(self._named)
        self._needed = {number: mask & filled for number, mask in sorted(partners.items()) if filled >> number & 1}
        self._default = self._outcomes.row_of(digests.plan.defaults)
        self._cells: dict[Row, list[Cell]] = {}
        for cell, choices in choices_by_cell(digests.plan, Moment.of(at).instant, cells).items():
            self._cells.setdefault(self._outcomes.row_of(choices), []).append(cell)

    def group(self) -> PlanGroup:
        """Return the plan, with cards that were approved before kept."""
        musts = self._musts()
        earlier = self._earlier_rows()
        new = self._new_rows(musts, earlier)
        kept = self._kept_rows(musts, new, earlier)
        statuses: dict[Row, CardStatus] = {**dict.fromkeys(kept, "kept"), **dict.fromkeys(new, "new")}
        rows: dict[Row, Why] = {**musts, **dict.fromkeys(sorted(statuses.keys() - musts.keys()), "pairs")}
        together = values_beside(rows)
        feasible = list(_pairs(self._needed))
        return PlanGroup(
            digests=self._digests,
            cards=tuple(self._card(row, why, statuses[row]) for row, why in rows.items()),
            components=tuple(map(self._component, self._needed)),
            feasible=tuple(self._pair(*pair) for pair in feasible),
            covered=sum(together.get(one, 0) >> two & 1 for one, two in feasible),
            impossible=self._impossible,
            exhaustive=all(row in rows for row in islice(self._outcomes.possible.rows(), len(rows) + 1)),
        )

    def _musts(self) -> dict[Row, Why]:
        """The default, the variant of every cell, and what shows the longest and the shortest copy of each slot."""
        musts: dict[Row, Why] = {self._default: "default"}
        for row in sorted(self._cells, key=lambda row: self._cells[row][0] != (None, None)):
            musts.setdefault(row, "cell")
        seen = values_beside(musts)
        lengths = {number: self._digests.copy_length(*self._named[number]) for number in self._needed}
        by_slot = [list(numbers) for _, numbers in groupby(self._needed, lambda number: self._named[number][0])]
        for extreme in (max, min):  # of equals the first
            extremes = (extreme(numbers, key=lengths.__getitem__) for numbers in by_slot)
            needed = {number: 1 << number for number in extremes if number not in seen}
            musts.update(dict.fromkeys(cover(self._outcomes.possible, needed), "extreme"))
        return musts

    def _earlier_rows(self) -> list[Row]:
        """The possible rows that were approved before, but for those that somebody objects to."""
        cards = self._approved.cards.get(self._digests.place, ())
        rows = {row for card in cards if (row := self._row_of(card)) is not None}
        return sorted(row for row in rows if self._outcomes.possible.holds(row) and not self._is_objected_to(row))

    def _row_of(self, card: ApprovedCard) -> Row | None:
        """The row of an approved card: each component by its content, else by its address."""
        slots = {
            slot: address and self._addresses.get((slot, card.component_digests[slot]), address)
            for slot, address in card.slots.items()
        }
        return self._outcomes.row_with(slots)

    @cached_property
    def _addresses(self) -> Mapping[tuple[str, Digest], str]:
        """The component in a slot by its content; of several the first."""
        return {
            (slot, self._digests.component_digest(slot, component)): component
            for slot, component in map(self._named.__getitem__, reversed(self._needed))
        }

    def _new_rows(self, musts: Iterable[Row], earlier: Collection[Row]) -> list[Row]:
        """The rows to look at: those that must be and are not approved, and what shows everything else that is not."""
        new = [row for row in musts if not self._is_approved(row) and (row == self._default or row not in earlier)]
        lacking = _without(self._needed, self._approved_masks())
        return new + cover(self._outcomes.possible, _without(lacking, values_beside(new)))

    def _kept_rows(self, musts: Iterable[Row], new: Collection[Row], earlier: Collection[Row]) -> list[Row]:
        """The other rows that must be shown, and those approved before, as far as they show what no other row does.

        What even these do not show is on rows of its own.
        """
        kept = [row for row in musts if row not in new]
        lacking = _without(self._needed, values_beside([*new, *kept]))
        while lacking:
            best = max(earlier, key=lambda row: _gain(row, lacking), default=None)
            if best is None or not _gain(best, lacking):
                return kept + cover(self._outcomes.possible, lacking)
            kept.append(best)
            lacking = _without(lacking, values_beside([best]))
        return kept

    def _is_approved(self, row: Row) -> bool:
        card = self._digests.card(self._outcomes.slots_of(row))
        return self._approved.digests.issuperset(card.shown_digests) and not self._is_objected_to(row)

    def _is_objected_to(self, row: Row) -> bool:
        return self._digests.card(self._outcomes.slots_of(row)).digest in self._approved.objected_cards

    def _approved_masks(self) -> _Masks:
        """What is approved of all that is needed."""
        approved: _Masks = dict.fromkeys(self._needed, 0)
        for one, two in _pairs(self._needed):
            if self._pair(one, two).digest in self._approved.digests:
                approved[one] |= 1 << two
                approved[two] |= 1 << one
        for number in self._needed:
            if self._component(number).digest in self._approved.digests:
                approved[number] |= 1 << number
        return approved

    def _card(self, row: Row, why: Why, status: CardStatus) -> PlannedCard:
        person = self._outcomes.somebody(row)
        assert person is not None or row == self._default, "every row is one that somebody gets"
        card = self._digests.card(self._outcomes.slots_of(row))
        return PlannedCard(card=card, why=why, status=status, person=person, cells=tuple(self._cells.get(row, ())))

    def _component(self, number: int) -> ApprovalSubject:
        slot, component = self._named[number]
        digest = self._digests.component_digest(slot, component)
        return ApprovalSubject(kind="component", slots={slot: component}, digest=digest)

    def _pair(self, one: int, two: int) -> ApprovalSubject:
        return self._digests.pair(self._named[one], self._named[two])


def _pairs(masks: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The pairs of different values, the lower first."""
    for number, mask in masks.items():
        for other in bits(mask >> number + 1):
            yield number, other + number + 1


def _without(masks: Mapping[int, int], others: Mapping[int, int]) -> _Masks:
    """What is in the first masks and not in the others."""
    left = ((number, mask & ~others.get(number, 0)) for number, mask in masks.items())
    return {number: mask for number, mask in left if mask}


def _gain(row: Row, lacking: Mapping[int, int]) -> int:
    """How much of what is lacking a row shows."""
    together = values_beside([row])
    return sum((together[number] & lacking.get(number, 0)).bit_count() for number in row)
