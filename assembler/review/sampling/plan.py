"""What to look at: the fewest cards that show every default, every cell, the extremes, and every feasible pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations
from typing import Literal

from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.people import ScriptedPerson, choices_by_cell
from assembler.authoring.outcomes.plan_outcomes import PlanOutcomes, outcomes_from
from assembler.authoring.outcomes.possible_rows import Row, bits
from assembler.library.records import Content
from assembler.review.approvals.decisions import ReviewDecision
from assembler.review.approvals.standing import Standing
from assembler.review.sampling.covering import cover, shown
from assembler.review.sampling.impossible import Reason, Reasons
from assembler.review.subjects import Card, Digest, Pair, Sheet, sheets
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

__all__ = ["Cell", "Group", "Impossible", "PlannedCard", "ReviewPlan", "Why", "make_plan", "of_defaults"]

Why = Literal["default", "cell", "extreme", "pairs"]
_Masks = dict[int, int]
_PAIRS: Why = "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCard:
    """A card of the plan. It is `new` if it is to be looked at; what a `kept` one shows is approved, or on a new card.

    `cells` get it at the moment of the plan when all of them is known and they are in no test; `person` is somebody
    who gets it then or later, None where only held-out people do.
    """

    card: Card
    why: Why
    status: Literal["new", "kept"]
    person: ScriptedPerson | None
    cells: tuple[Cell, ...]

    def to_dict(self) -> dict[str, object]:
        """The card as JSON has it."""
        about = {"campaign": self.card.campaign, "channel": self.card.channel, "layout": self.card.layout_name}
        slots = dict(self.card.slots)
        return {**about, "locale": self.card.locale, "slots": slots, "why": self.why, "status": self.status}


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Two components that can never stand together in two slots, and why."""

    slots: tuple[str, str]
    components: tuple[str, str]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The plan of one campaign, channel and locale."""

    sheet: Sheet
    outcomes: PlanOutcomes
    cards: tuple[PlannedCard, ...]
    feasible: tuple[Pair, ...]
    covered: int
    partners: Mapping[int, int]
    reasons: Reasons
    components: Mapping[str, tuple[str, ...]]

    def impossible(self) -> Iterator[Impossible]:
        """Every two components that can never stand together, worked out when asked: there can be millions."""
        names = [row.context.slot.name for row in self.outcomes.plan.slots]
        values = [(number, value) for number, value in enumerate(self.outcomes.values) if value.component is not None]
        for (one, first), (two, second) in combinations(values, 2):
            if first.slot != second.slot and not self.partners.get(one, 0) >> two & 1:
                yield Impossible(
                    slots=(names[first.slot], names[second.slot]),
                    components=(first.component or "", second.component or ""),
                    reason=self.reasons.why(first, second),
                )

    def needed(self) -> Iterator[tuple[Literal["layout", "component", "pair"], dict[str, str | None], Digest]]:
        """Every subject of the group: its kind, its components by slot, and its digest."""
        yield "layout", dict(self.sheet.defaults), self.sheet.layout
        for slot, components in self.components.items():
            for component in components:
                yield "component", {slot: component}, self.sheet.component(slot, component)
        for pair in self.feasible:
            yield "pair", dict(zip(pair.slots, pair.components, strict=True)), pair.digest


@dataclass(frozen=True)
class ReviewPlan:
    """What to look at in a project, and how far that goes."""

    groups: tuple[Group, ...]

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
    def impossible(self) -> tuple[tuple[tuple[str, str], Reason], ...]:
        """Pairs of components that never stand together, in no campaign, channel and locale, each with its reason."""
        feasible = {frozenset(pair.components) for group in self.groups for pair in group.feasible}
        found: dict[frozenset[str], tuple[tuple[str, str], Reason]] = {}
        for group in self.groups:
            for each in group.impossible():
                both = frozenset(each.components)
                if both not in feasible:
                    found.setdefault(both, (each.components, each.reason))
        return tuple(found.values())

    def to_dict(self) -> dict[str, object]:
        """The plan as JSON has it."""
        impossible = [{"pair": list(pair), "reason": reason} for pair, reason in self.impossible]
        pairs = {"feasible": self.feasible, "covered": self.covered, "impossible": impossible}
        return {"rows": [card.to_dict() for card in self.cards], "pairs": pairs}


def of_defaults(library: Library) -> frozenset[Digest]:
    """The subjects of every default variant: what `Standing` needs to know as `alone`."""
    return frozenset(digest for _, sheet in sheets(library) for digest in sheet.card(sheet.defaults).needs)


def make_plan(
    library: Library, at: datetime, standing: Standing | None = None, selection: Selection = EVERYTHING
) -> ReviewPlan:
    """The plan for everything that can be returned from a moment on, as far as it is selected. The same arguments give
    the same plan.

    Raises `TooManyStates` where one campaign, channel and locale can return too much to be known exactly.
    """
    stands = standing or Standing(at=at)
    recorded: dict[tuple[str, str, str], list[ReviewDecision]] = {}
    for each in stands.approvals():
        recorded.setdefault((each.campaign, each.channel, each.locale), []).append(each)
    groups = []
    cells = selection.cells(library.content)
    for plan, sheet in sheets(library):
        if not selection.takes(sheet.campaign, sheet.channel, sheet.locale):
            continue
        outcomes = outcomes_from(plan, library.content, at, cells)
        decisions = recorded.get((sheet.campaign, sheet.channel, sheet.locale), ())
        groups.append(_Planner(outcomes, sheet, library.content, at, stands, cells).group(decisions))
    return ReviewPlan(tuple(groups))


class _Planner:
    """Plans one campaign, channel and locale."""

    def __init__(
        self,
        outcomes: PlanOutcomes,
        sheet: Sheet,
        content: Content,
        at: datetime,
        standing: Standing,
        cells: Iterable[Cell],
    ) -> None:
        self._outcomes = outcomes
        self._sheet = sheet
        self._content = content
        self._at = at
        self._standing = standing
        self._names = [row.context.slot.name for row in outcomes.plan.slots]
        self._partners = outcomes.possible.partners()
        filled = sum(1 << number for number, value in enumerate(outcomes.values) if value.component is not None)
        self._needed = {
            number: mask & filled for number, mask in sorted(self._partners.items()) if filled >> number & 1
        }
        self._default = outcomes.row_of(outcomes.plan.defaults)
        self._cells: dict[Row, list[Cell]] = {}
        for cell, choices in choices_by_cell(outcomes.plan, Moment.of(at).instant, cells).items():
            self._cells.setdefault(outcomes.row_of(choices), []).append(cell)

    def group(self, decisions: Iterable[ReviewDecision]) -> Group:
        """The plan, with cards that were approved before kept."""
        musts = self._musts()
        recorded = self._recorded(decisions)
        new = [row for row in musts if not self._is_approved(row) and (row == self._default or row not in recorded)]
        lacking = _less(self._needed, self._approved())
        new += cover(self._outcomes.possible, _less(lacking, shown(new)))
        kept = [row for row in musts if row not in new]
        kept += self._kept(recorded, _less(self._needed, shown([*new, *kept])))
        statuses: dict[Row, Literal["new", "kept"]] = {**dict.fromkeys(kept, "kept"), **dict.fromkeys(new, "new")}
        others = sorted(row for row in statuses if row not in musts)
        rows: dict[Row, Why] = {**musts, **dict.fromkeys(others, _PAIRS)}
        feasible = list(_pairs(self._needed))
        stand = shown(rows)
        return Group(
            sheet=self._sheet,
            outcomes=self._outcomes,
            cards=tuple(self._card(row, why, statuses[row]) for row, why in rows.items()),
            feasible=tuple(self._pair(*pair) for pair in feasible),
            covered=sum(stand.get(one, 0) >> two & 1 for one, two in feasible),
            partners=self._needed,
            reasons=Reasons(self._outcomes, self._content, self._partners, self._at),
            components=self._by_slot(),
        )

    def _musts(self) -> dict[Row, Why]:
        """The default, the variant of every cell, and what shows the longest and the shortest copy of each slot."""
        found: dict[Row, Why] = {self._default: "default"}
        for row in sorted(self._cells, key=lambda row: self._cells[row][0] != (None, None)):
            found.setdefault(row, "cell")
        seen = shown(found)
        for extremes in self._extremes():
            needed = {number: 1 << number for number in extremes if number not in seen}
            found.update(dict.fromkeys(cover(self._outcomes.possible, needed), "extreme"))
        return found

    def _extremes(self) -> tuple[list[int], list[int]]:
        """The values with the longest copy of each slot, and those with the shortest."""
        by_slot: dict[int, list[int]] = {}
        for number in self._needed:
            by_slot.setdefault(self._outcomes.values[number].slot, []).append(number)
        longest = [max(numbers, key=lambda each: (self._length(each), -each)) for numbers in by_slot.values()]
        shortest = [min(numbers, key=lambda each: (self._length(each), each)) for numbers in by_slot.values()]
        return longest, shortest

    def _length(self, number: int) -> int:
        return self._sheet.length(*self._named(number))

    def _named(self, number: int) -> tuple[str, str]:
        value = self._outcomes.values[number]
        return self._names[value.slot], value.component or ""

    def _pair(self, one: int, two: int) -> Pair:
        (first, one_), (second, two_) = self._named(one), self._named(two)
        digest = self._sheet.pair(first, one_, second, two_)
        return Pair(slots=(first, second), components=(one_, two_), digest=digest)

    def _is_approved(self, row: Row) -> bool:
        shows = self._sheet.card(self._outcomes.slots_of(row)).shows
        return all(map(self._standing.approves, shows)) and not self._is_objected_to(row)

    def _is_objected_to(self, row: Row) -> bool:
        return bool(self._standing.requests(self._sheet.card(self._outcomes.slots_of(row)).digest))

    def _approved(self) -> _Masks:
        """What is approved: pairs of values, and single ones beside themselves."""
        found: _Masks = dict.fromkeys(self._needed, 0)
        for one, two in _pairs(self._needed):
            if self._standing.approves(self._pair(one, two).digest):
                found[one] |= 1 << two
                found[two] |= 1 << one
        for number in self._needed:
            if self._standing.approves(self._sheet.component(*self._named(number))):
                found[number] |= 1 << number
        return found

    def _recorded(self, decisions: Iterable[ReviewDecision]) -> list[Row]:
        """The possible rows that were approved: each component by its content, else by its address."""
        digests = {
            (slot, self._sheet.component(slot, component)): component
            for slot, component in map(self._named, reversed(self._needed))
        }
        found = set()
        for decision in decisions:
            slots = {
                slot: address and digests.get((slot, decision.shows.components[slot]), address)
                for slot, address in decision.slots.items()
            }
            row = self._outcomes.row_with(slots)
            if row is not None and self._outcomes.possible.holds(row) and not self._is_objected_to(row):
                found.add(row)
        return sorted(found)

    def _kept(self, recorded: list[Row], lacking: _Masks) -> list[Row]:
        """Rows that were approved and show what is not shown yet, and rows for what even they do not show."""
        found: list[Row] = []
        rest = lacking
        while rest:
            best = max(recorded, key=lambda row: _gain(row, rest), default=None)
            if best is None or not _gain(best, rest):
                return found + cover(self._outcomes.possible, rest)
            found.append(best)
            rest = _less(rest, shown([best]))
        return found

    def _card(self, row: Row, why: Why, status: Literal["new", "kept"]) -> PlannedCard:
        person = self._outcomes.somebody(row)
        assert person is not None or row == self._default, "every row is one that somebody gets"
        card = self._sheet.card(self._outcomes.slots_of(row))
        return PlannedCard(card=card, why=why, status=status, person=person, cells=tuple(self._cells.get(row, ())))

    def _by_slot(self) -> dict[str, tuple[str, ...]]:
        """The components that somebody can get, by slot."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self._names, ())
        for slot, component in map(self._named, self._needed):
            found[slot] += (component,)
        return found


def _pairs(masks: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The pairs of different values, the lower first."""
    for number, mask in masks.items():
        for other in bits(mask >> number + 1):
            yield number, other + number + 1


def _less(masks: Mapping[int, int], others: Mapping[int, int]) -> _Masks:
    """What is in the first masks and not in the others."""
    left = ((number, mask & ~others.get(number, 0)) for number, mask in masks.items())
    return {number: mask for number, mask in left if mask}


def _gain(row: Row, lacking: _Masks) -> int:
    stands = shown([row])
    return sum((stands[number] & lacking.get(number, 0)).bit_count() for number in row)
