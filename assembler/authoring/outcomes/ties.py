"""Which candidates could tie: equals in rank that both may fill a slot for somebody for whom nothing goes before them.

What people have to know and to hold for that is searched for; whether a component may fill a slot then is asked of the
runtime. Where that cannot be said, the answer is that they could tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain, groupby
from math import inf

from assembler.authoring.outcomes.cells import Cell, common_cells
from assembler.authoring.outcomes.moments import first_open, moments
from assembler.authoring.outcomes.people import HAS_ID, PossibleAnswers, Question, ScriptedPerson, bucket_in, ways
from assembler.authoring.outcomes.plan_outcomes import choices_holding
from assembler.library.records import Component, Content
from assembler.runtime.choose import Candidate, SlotCandidates, SlotPlan, is_eligible

_Pair = tuple[Component, Component]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two components that could tie in a slot of a campaign, for people of a cell."""

    first: Component
    second: Component
    campaign: str
    slot: str
    cell: Cell


def ties(content: Content, plans: Iterable[SlotPlan]) -> Iterator[Tie]:
    """Return pairs of components that could tie in some plans, which come campaign by campaign and channel by channel.

    A component is the second of one pair at most.
    """
    told: set[str] = set()
    for _, of_campaign in groupby(plans, key=lambda plan: plan.campaign):
        yield from _CampaignTies(content, list(of_campaign)).ties(told)


@dataclass(frozen=True, slots=True, eq=False)
class _Meeting:
    """A slot of a plan, its candidates by address, and the slots that are filled before it. `rivals` counts the slots
    up to this one that vary and take the same type."""

    plan: SlotPlan
    slot: SlotCandidates
    candidates: Mapping[str, Candidate]
    earlier: Sequence[_Meeting]
    rivals: int

    def is_eligible(self, component: Component, person: ScriptedPerson, held: Iterable[str]) -> bool:
        """Return whether a component may fill the slot for a person, after earlier slots that hold some components."""
        candidate = self.candidates.get(component.address)
        return candidate is not None and is_eligible(candidate, self.slot.slot_context, person, choices_holding(held))

    def goes_before(self, component: Component, pair: _Pair, person: ScriptedPerson, held: Iterable[str]) -> bool:
        """Return whether a component of a higher rank may fill the slot, at some moment, for everybody for whom both of
        a pair may, of whom a person is one: where it asks more than they do, or excludes anything, it may not for some.
        """
        against = (*held, *component.excludes)
        is_open = component.window.is_open(person.moment)
        moment = person.moment if is_open else first_open(one.window for one in (component, *pair))
        # Most may not for this person already, so that nobody else has to be asked.
        if moment is None or (is_open and not self.is_eligible(component, person, against)):
            return False
        everybody = ways(person.again(moment), lambda one: self.is_eligible(component, one, against))
        return all(eligible for eligible, _ in everybody)


class _CampaignTies:
    """The candidates of one campaign, and where those of each type meet: channel by channel, and slot by slot."""

    def __init__(self, content: Content, plans: Sequence[SlotPlan]) -> None:
        self._content = content
        self._components = {component.address: component for component in content.components}
        self._defaults = {slot.default for campaign in content.campaigns.values() for slot in campaign.slots}
        self._meetings: dict[str, list[_Meeting]] = {}
        for _, in_channel in groupby(plans, key=lambda plan: plan.channel):
            for meeting in chain.from_iterable(zip(*map(_meetings, in_channel), strict=True)):
                self._meetings.setdefault(meeting.slot.slot_context.slot.type, []).append(meeting)

    def ties(self, told: set[str]) -> Iterator[Tie]:
        """Return the ties whose second component is not told yet, which is told then."""
        for _, meetings in sorted(self._meetings.items()):
            for cell, components in self._by_cell(meetings).items():
                for equals, above in _ranked(components):
                    for pair in _pairs(equals, told):
                        tie = self._tie(pair, cell, above, meetings)
                        if tie is not None:
                            told.add(tie.second.address)
                            yield tie

    def _by_cell(self, meetings: Iterable[_Meeting]) -> dict[Cell, list[Component]]:
        candidates = frozenset(address for meeting in meetings for address in meeting.candidates)
        by_cell: dict[Cell, list[Component]] = {}
        for component in self._content.components:
            if component.address in candidates:
                for cell in common_cells([component], self._content):
                    by_cell.setdefault(cell, []).append(component)
        return by_cell

    def _tie(self, pair: _Pair, cell: Cell, above: Sequence[Component], meetings: Iterable[_Meeting]) -> Tie | None:
        """The first meeting in which a pair of equals comes out on top, for somebody in a cell."""
        start = first_open(component.window for component in pair)
        needed = self._needed(pair)
        narrowed = None if needed is None else self._narrowed(cell, pair, needed)
        if start is None or needed is None or narrowed is None:
            return None
        for meeting in meetings:
            person = _person(meeting.plan, narrowed, start, pair)
            if self._is_seated(meeting, narrowed, needed) and _is_exposed(meeting, pair, person, needed, above):
                slot = meeting.slot.name
                return Tie(first=pair[0], second=pair[1], campaign=meeting.plan.campaign, slot=slot, cell=narrowed)
        return None

    def _needed(self, pair: _Pair) -> Sequence[str] | None:
        """The addresses of all that must stand in earlier slots for both to stand; None where that cannot be."""
        needed = [address for component in pair for address in component.requires]
        for address in needed:
            if address not in self._components or address in (pair[0].address, pair[1].address):
                return None
            needed += [required for required in self._components[address].requires if required not in needed]
        return tuple(dict.fromkeys(needed))

    def _narrowed(self, cell: Cell, pair: _Pair, needed: Iterable[str]) -> Cell | None:
        """The first cell within a cell that everything needed is for; defaults are for everybody."""
        targeted = [self._components[address] for address in needed if address not in self._defaults]
        narrower = common_cells([*pair, *targeted], self._content)
        return next((one for one in narrower if cell[0] in (None, one[0]) and cell[1] in (None, one[1])), None)

    def _is_seated(self, meeting: _Meeting, cell: Cell, needed: Sequence[str]) -> bool:
        """Whether everything needed finds an earlier slot of its own: one after the other takes a slot, and who sat
        there before moves on where there is another."""
        possible = {address: self._seats(address, meeting, cell, needed) for address in needed}
        taken: dict[str, str] = {}

        def sits(address: str, tried: set[str]) -> bool:
            for seat in possible[address]:
                if seat not in tried:
                    tried.add(seat)
                    if seat not in taken or sits(taken[seat], tried):
                        taken[seat] = address
                        return True
            return False

        return all(sits(address, set()) for address in needed)

    def _seats(self, address: str, meeting: _Meeting, cell: Cell, needed: Iterable[str]) -> list[str]:
        """The earlier slots that a component may fill for somebody, by name."""
        component = self._components[address]
        moment = first_open([component.window])
        others = [other for other in needed if other != address]
        return [
            seat.slot.name
            for seat in meeting.earlier
            if seat.slot.default.component == address
            or (
                moment is not None
                and seat.is_eligible(component, _person(meeting.plan, cell, moment, [component]), others)
            )
        ]


def _meetings(plan: SlotPlan) -> list[_Meeting]:
    meetings: list[_Meeting] = []
    varying: Counter[str] = Counter()
    for slot in plan.slots:
        rivals = varying[slot.slot_context.slot.type] = varying[slot.slot_context.slot.type] + (
            not slot.slot_context.slot.constant
        )
        candidates = {candidate.component.address: candidate for candidate in slot.candidates}
        meetings.append(_Meeting(plan, slot, candidates, tuple(meetings), rivals))
    return meetings


def _person(plan: SlotPlan, cell: Cell, moment: int, components: Iterable[Component]) -> ScriptedPerson:
    """Someone who is in the tests of some components, and of whom no more is known than these need."""
    settled: dict[Question, bool | int] = {}
    for component in components:
        settled.update(dict.fromkeys(component.needs, True))
        if component.test is not None:
            settled[HAS_ID] = True
            settled[bucket_in(component.test.id)] = component.test.range_in(plan.campaign)[0]
    return ScriptedPerson(cell, moment, PossibleAnswers(knows=(False,), ids=(False,), buckets=plan.cuts), settled)


def _ranked(components: Iterable[Component]) -> Iterator[tuple[list[Component], list[Component]]]:
    """Groups of equal rank, each with all that go before it."""
    above: list[Component] = []
    for _, group in groupby(sorted(components, key=lambda one: one.rank), key=lambda one: one.rank):
        equals = list(group)
        yield equals, above
        above = above + equals


def _pairs(equals: Iterable[Component], told: set[str]) -> Iterator[_Pair]:
    """Pairs whose windows overlap and that no common test keeps apart, as long as the second is not told."""
    open_: dict[str | None, dict[str, Component]] = {}
    ends: list[tuple[float, str, str | None]] = []
    for start, end, address, second in sorted((*_interval(one), one.address, one) for one in equals):
        while ends and ends[0][0] <= start:
            _, ended, its_test = heappop(ends)
            del open_[its_test][ended]
        test = None if second.test is None else second.test.id
        others = [open_[other].values() for other in open_ if other is None or other != test]
        for first in chain.from_iterable(others):
            if address in told:
                break
            yield first, second
        open_.setdefault(test, {})[address] = second
        heappush(ends, (end, address, test))


def _interval(component: Component) -> tuple[float, float]:
    start, end = component.window.start, component.window.end
    return -inf if start is None else start, inf if end is None else end


def _is_exposed(
    meeting: _Meeting, pair: _Pair, person: ScriptedPerson, needed: Sequence[str], above: Iterable[Component]
) -> bool:
    """Whether both of a pair may fill a slot for a person, at a moment, from theirs on, at which so few go before them
    that it is left for one of them."""
    if not all(meeting.is_eligible(component, person, needed) for component in pair):
        return False
    masks = [component.window for component in above if meeting.goes_before(component, pair, person, needed)]
    return any(
        sum(mask.is_open(moment) for mask in masks) < meeting.rivals
        for moment in moments(masks, person.moment)
        if all(component.window.is_open(moment) for component in pair)
    )
