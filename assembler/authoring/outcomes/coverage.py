"""Who gets copy of their own, cell by cell, and what will end: the runtime's own choice, asked in place of everyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assembler.authoring.outcomes.cells import Cell, bare_stages, wanted_cells
from assembler.authoring.outcomes.combinations import Combinations, combinations
from assembler.authoring.outcomes.people import ScriptedPerson, choices_by_cell
from assembler.authoring.outcomes.variants import every_plan
from assembler.library.records import Component, Content
from assembler.runtime.choose import SlotPlan, choose
from assembler.runtime.eligibility import Choice
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment

CoverageState = Literal["own", "partial", "default"]
People = Mapping[tuple[str, str | None, str | None], int]
"""How many people there are, by locale, segment and stage."""

CoverageEnding = tuple[str, str, tuple[tuple[str, str | None, str | None], ...]]
"""The last day, the campaign, and slot by slot what stands there now and what after that."""

_TARGETED = ("segment+stage", "segment", "stage")
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCell:
    """What a treated person outside every test, of whom all that is needed is known, gets in one cell.

    `expires` is the last day of what ends first of it; where that is within the span that was asked for, `then` is what
    the slots that change hold after it. `people` is how many there are in the cell.
    """

    campaign: str
    channel: str
    locale: str
    segment: str | None
    stage: str | None
    state: CoverageState
    slots: Mapping[str, str | None]
    expires: str | None
    then: Mapping[str, str | None] | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCoverage:
    """The cells of one campaign, channel and locale, how components combine there, and how many variants cells get."""

    campaign: str
    channel: str
    locale: str
    cells: tuple[CoverageCell, ...]
    combinations: Combinations
    variants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage of a library at a moment.

    `components` says of every ready component in how many cells it stands. `bare_stages` are the stages that no
    candidate is tagged for: of every campaign that is for them under None, else by campaign. `audience` is how many
    people were counted.
    """

    plans: tuple[PlanCoverage, ...]
    components: Mapping[str, int]
    bare_stages: Mapping[str | None, tuple[str, ...]]
    audience: int | None = None

    @property
    def cells(self) -> tuple[CoverageCell, ...]:
        """Every cell."""
        return tuple(cell for plan in self.plans for cell in plan.cells)

    def endings(self) -> dict[CoverageEnding, int]:
        """Return what ends within the span that was asked for, what appears then, and in how many cells, by day."""
        counted = Counter(
            (cell.expires or "", cell.campaign, tuple((slot, cell.slots[slot], new) for slot, new in cell.then.items()))
            for cell in self.cells
            if cell.then is not None
        )
        return dict(sorted(counted.items(), key=lambda ending: str(ending[0])))

    def served(self) -> dict[int, list[str]]:
        """Return the ready components by how many digits the number of cells has in which they stand; 0 for no cell."""
        by_digits: dict[int, list[str]] = {}
        for address, count in self.components.items():
            by_digits.setdefault(len(str(count)) if count else 0, []).append(address)
        return dict(sorted(by_digits.items()))

    def covered(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Return, by campaign and channel, how many cells are own or partial, and how many there are."""
        count = Counter((cell.campaign, cell.channel) for cell in self.cells)
        covered = Counter((cell.campaign, cell.channel) for cell in self.cells if cell.state != "default")
        return {place: (covered[place], count[place]) for place in count}


def coverage(library: Library, at: datetime, *, within: timedelta, people: People | None = None) -> Coverage:
    """Return the coverage of a library at an aware moment; `within` is the span in which what ends is followed up.

    Every pair of segment and stage that a campaign is for counts, none of them too: a service may vouch for any.
    """
    moment = Moment.of(at).instant
    survey = _Survey(library.content, moment, moment + within // _MICROSECOND, people)
    plans = tuple(map(survey.of, every_plan(library)))
    return Coverage(
        plans=plans,
        components=_served(library.content, plans),
        bare_stages=bare_stages(library.content, every_plan(library)),
        audience=None if people is None else sum(people.values()),
    )


def people_by_cell(
    library: Library, contexts: Iterable[object], at: datetime
) -> Counter[tuple[str, str | None, str | None]]:
    """Return how many of the people whom contexts describe are in each cell, by locale, segment and stage.

    What is no context counts as somebody of whom nothing is known.
    """
    people: Counter[tuple[str, str | None, str | None]] = Counter()
    if library.campaigns:
        campaign = library.campaigns[0]  # neither segment, stage nor locale depends on it
        channel = library.channels(campaign)[0]
        for context in contexts:
            decision = library.decide(campaign, channel=channel, context=context, at=at)
            people[decision.locale, decision.segment, decision.stage] += 1
    return people


class _Survey:
    """Looks at every cell of a plan, at a moment and when what stands there ends."""

    def __init__(self, content: Content, moment: int, until: int, people: People | None) -> None:
        self._cells = {campaign: wanted_cells(content, campaign) for campaign in content.campaigns}
        self._components = {component.address: component for component in content.components}
        self._moment = moment
        self._until = until
        self._people = people

    def of(self, plan: SlotPlan) -> PlanCoverage:
        varied = {
            slot.name
            for slot in plan.slots
            if any(self._is_open_to_some(candidate.component) for candidate in slot.candidates)
        }
        by_cell = choices_by_cell(plan, self._moment, self._cells[plan.campaign])
        covered = tuple(self._cell(plan, cell, choices, varied) for cell, choices in by_cell.items())
        return PlanCoverage(
            campaign=plan.campaign,
            channel=plan.channel,
            locale=plan.locale,
            cells=covered,
            combinations=combinations(plan, self._moment),
            variants=len(set(by_cell.values())),
        )

    def _cell(self, plan: SlotPlan, cell: Cell, choices: Sequence[Choice], varied: set[str]) -> CoverageCell:
        slots = {choice.slot: choice.component for choice in choices}
        ends, last = self._first_end(choices)
        then = None
        if ends is not None and ends <= self._until:
            later = choose(plan, ScriptedPerson(cell, ends))
            then = {choice.slot: choice.component for choice in later if choice.component != slots[choice.slot]}
        return CoverageCell(
            campaign=plan.campaign,
            channel=plan.channel,
            locale=plan.locale,
            segment=cell[0],
            stage=cell[1],
            state=_state(choices, varied),
            slots=slots,
            expires=last,
            then=then,
            people=None if self._people is None else self._people.get((plan.locale, *cell), 0),
        )

    def _is_open_to_some(self, component: Component) -> bool:
        is_targeted = component.segments is not None or component.stages is not None
        return is_targeted and component.window.is_open(self._moment)

    def _first_end(self, choices: Iterable[Choice]) -> tuple[int | None, str | None]:
        """When the first of what is chosen ends, and its last day."""
        windows = (self._components[choice.component].window for choice in choices if choice.component is not None)
        ends = [(window.end, window.last) for window in windows if window.end is not None]
        return min(ends, key=lambda end: end[0], default=(None, None))


def _state(choices: Iterable[Choice], varied: set[str]) -> CoverageState:
    """`varied` are the slots that have a targeted candidate."""
    own = {choice.slot for choice in choices if choice.fit in _TARGETED}
    if not own:
        return "default"
    return "own" if varied <= own else "partial"


def _served(content: Content, plans: Iterable[PlanCoverage]) -> dict[str, int]:
    counted = Counter(component for plan in plans for cell in plan.cells for component in {*cell.slots.values()})
    return {one.address: counted[one.address] for one in content.components if one.status == "ready"}
