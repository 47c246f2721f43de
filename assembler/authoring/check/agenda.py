"""What is due, when and whose: reviews, decisions, what starts and ends, and what appears in its place then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scheduled_reviews import scheduled_reviews
from assembler.authoring.diagnostics import Place
from assembler.authoring.outcomes.cells import Cell, wanted_cells
from assembler.authoring.outcomes.people import PossibleAnswers, ScriptedPerson
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.settings import Settings
from assembler.library.records import Component
from assembler.runtime.choose import SlotPlan, choose


@dataclass(frozen=True, slots=True)
class Change:
    """What a slot of a campaign holds before and after a moment, in how many cells; None for nothing."""

    campaign: str
    slot: str
    before: str | None
    after: str | None
    cells: int


@dataclass(frozen=True, slots=True)
class Due:
    """Something that happens, or must be done, on a day of the project; what ends does so after that day.

    `name` is None for the holdout over all campaigns, and the campaign of a `control` group. `changes` are those of
    the cells in which a component stands that starts or ends. A measurement makes known what is to `retire`, and that a
    campaign's arms are `unhealthy`, by the day on which it was made.
    """

    day: date
    event: Literal["review", "decide", "start", "end", "retire", "unhealthy"]
    kind: Literal["signal", "segment", "campaign", "component", "holdout", "control"]
    name: str | None
    owner: str | None
    place: Place
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is overdue, or due from `today` until a day, and what is due `later`, without its changes; by day."""

    today: date
    until: date
    due: tuple[Due, ...]
    later: tuple[Due, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who owns any of it, by name."""
        return tuple(sorted({entry.owner for entry in (*self.due, *self.later) if entry.owner}))

    def adding(self, entries: Iterable[Due]) -> Agenda:
        """Return the agenda with what else is due, by day."""
        return replace(self, due=tuple(sorted((*self.due, *entries), key=_by_day)))

    def of(self, owner: str) -> Agenda:
        """Return the part of one owner."""
        due, later = (tuple(entry for entry in group if entry.owner == owner) for group in (self.due, self.later))
        return replace(self, due=due, later=later)


def agenda(checked: CheckedProject, within: timedelta) -> Agenda:
    """Return what is due in a project within a span of its moment. The project may have errors."""
    until = min(checked.today, date.max - within) + within
    everything = sorted(_everything(checked), key=_by_day)
    finder = _ChangeFinder(checked)
    return Agenda(
        today=checked.today,
        until=until,
        due=tuple(replace(entry, changes=finder.changes(entry)) for entry in everything if entry.day <= until),
        later=tuple(entry for entry in everything if entry.day > until),
    )


def _by_day(entry: Due) -> tuple[date, str, str, str]:
    return entry.day, entry.owner or "", entry.kind, entry.name or ""


def _everything(checked: CheckedProject) -> Iterator[Due]:
    for review in scheduled_reviews(checked.project):
        if review.day is not None:
            yield Due(review.day, "review", review.kind, review.name, review.owner, review.place)
    yield from _holdout_end("holdout", None, checked.project.settings)
    for campaign in checked.project.campaigns.values():
        if campaign.decide_by is not None:
            place = campaign.place("decide_by")
            yield Due(campaign.decide_by, "decide", "campaign", campaign.id, campaign.owner, place)
        yield from _holdout_end("control", campaign.id, campaign)
    for component in checked.ready:
        owner = inherited(checked.project, component, "owner")
        owner = str(owner) if owner else None
        starts, ends = component.tags.valid_from, component.tags.valid_until
        if starts is not None and starts > checked.today:
            yield Due(starts, "start", "component", component.address, owner, component.tags.place("valid_from"))
        if ends is not None:
            yield Due(ends, "end", "component", component.address, owner, component.tags.place("valid_until"))


def _holdout_end(
    kind: Literal["holdout", "control"], name: str | None, noun: Settings | AuthoredCampaign
) -> Iterator[Due]:
    holdout = noun.holdout
    if holdout is not None and holdout.until is not None:
        yield Due(holdout.until, "end", kind, name, holdout.owner or noun.owner, holdout.place("until"))


class _ChangeFinder:
    """Asks the runtime what stands in every cell just before a component starts or ends, and from then on."""

    def __init__(self, checked: CheckedProject) -> None:
        content = checked.compiled.content
        self._plans = checked.plans
        self._content = content
        self._components = {component.address: component for component in content.components}

    def changes(self, due: Due) -> tuple[Change, ...]:
        """What changes when a component starts or ends, in the cells in which it stands."""
        component = self._components.get(due.name or "")
        if component is None or due.kind != "component":
            return ()
        moment = {"start": component.window.start, "end": component.window.end}.get(due.event)
        if moment is None:
            return ()
        pairs = self._places(component)
        counted = Counter(change for plan, cell in pairs for change in _changed(plan, cell, component, moment))
        return tuple(Change(*change, cells=count) for change, count in counted.items())

    def _places(self, component: Component) -> Iterator[tuple[SlotPlan, Cell]]:
        """The plans in which a component is a candidate, with the cells that their campaigns are for."""
        for plan in self._plans:
            if _has(plan, component):
                yield from ((plan, cell) for cell in wanted_cells(self._content, plan.campaign))


def _has(plan: SlotPlan, component: Component) -> bool:
    return any(candidate.component is component for slot in plan.slots for candidate in slot.candidates)


def _changed(
    plan: SlotPlan, cell: Cell, component: Component, moment: int
) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Every slot of a cell that holds something else from a moment on, where the component is before or after."""
    before, after = (choose(plan, _included(plan, cell, component, instant)) for instant in (moment - 1, moment))
    if component.address in {choice.component for choice in (*before, *after)}:
        for old, new in zip(before, after, strict=True):
            if old.component != new.component:
                yield plan.campaign, old.slot, old.component, new.component


def _included(plan: SlotPlan, cell: Cell, component: Component, moment: int) -> ScriptedPerson:
    """Someone of whom all is known, who is in a component's test, if it has one, and in no other."""
    if component.test is None:
        return ScriptedPerson(cell, moment)
    first, _ = component.test.range_in(plan.campaign)
    return ScriptedPerson(cell, moment, PossibleAnswers(ids=(True,), buckets={component.test.id: (first,)}))
