"""Who can come from a moment on, for one campaign, channel and locale, and what each gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assembler.authoring.outcomes.choosing import Answers, Choosing, Scene, Script, Value
from assembler.authoring.outcomes.possible import Row
from assembler.authoring.outcomes.situations import Cell, cells
from assembler.library.records import BUCKETS, Content, Holdout
from assembler.runtime.choose import SlotPlan, choose
from assembler.runtime.moment import Moment

__all__ = ["People", "Person", "Value", "moments", "rows_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who gets a variant. `moment` is in microseconds since 1970 in UTC; `tests` gives buckets by test.

    With `held`, the default variant is meant that held-out people get, and nothing else is said of them.
    """

    segment: str | None = None
    stage: str | None = None
    moment: int = 0
    unknown: tuple[str, ...] = ()
    id: bool = True
    tests: Mapping[str, int] = field(default_factory=dict)
    held: bool = False


class People(Choosing):
    """Everyone who can come from a moment on, for one plan; the default is possible whoever comes: who is held out gets
    it, and everybody after a fault."""

    def __init__(self, plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell] | None = None) -> None:
        """`wanted` are the cells of people who count; omitted, all of them."""
        self.cells = list(cells(content) if wanted is None else wanted)
        super().__init__(plan, _scenes(plan, content, at, self.cells), [plan.defaults])

    def cell(self, segment: str | None, stage: str | None, at: datetime) -> Row:
        """The row of someone of whom all is known and who is in no test."""
        scene = Scene(segment, stage, Moment.of(at).instant, (False,))
        return self.of(choose(self.plan, Script(scene, {}, self.plan.cuts)))

    def someone(self, row: Row) -> Person | None:
        """Someone who gets exactly this row; None if nobody does."""
        way = self.way(row)
        if way is not None:
            return _person(*way)
        return Person(held=True) if row == self.of(self.plan.defaults) else None


def rows_of(plan: SlotPlan) -> dict[str, frozenset[str | None]]:
    """What can stand in each slot of a plan, for somebody, at some time."""
    return {
        row.context.slot.name: frozenset({row.default.component, *(each.choice.component for each in row.candidates)})
        for row in plan.slots
    }


def moments(plan: SlotPlan, content: Content, at: datetime) -> tuple[int, ...]:
    """The given moment, and every later one at which a window of this plan opens or closes, or a holdout ends."""
    now = Moment.of(at).instant
    windows = [candidate.component.window for row in plan.slots for candidate in row.candidates]
    holdouts = [each.until for each in _holdouts(plan, content)]
    edges = {edge for window in windows for edge in window.edges} | {edge for edge in holdouts if edge is not None}
    return (now, *sorted(edge for edge in edges if edge > now))


def _holdouts(plan: SlotPlan, content: Content) -> list[Holdout]:
    return [each for each in (content.holdout, content.campaigns[plan.campaign].holdout) if each is not None]


def _scenes(plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell]) -> Iterator[Scene]:
    for moment in moments(plan, content, at):
        ids = _ids(plan, content, moment)
        yield from (Scene(segment, stage, moment, ids) for segment, stage in wanted)


def _ids(plan: SlotPlan, content: Content, moment: int) -> tuple[bool, ...]:
    """Whether there can be someone with an id who is treated, and someone without."""
    running = [each for each in _holdouts(plan, content) if each.until is None or moment < each.until]
    everybody = any(each.share >= BUCKETS for each in running)
    return (True,) * (not everybody) + (False,) * (content.unassigned == "treat")


def _person(scene: Scene, answers: Answers) -> Person:
    def named(kind: str) -> dict[str, bool | int]:
        return {name.removeprefix(kind): answer for name, answer in sorted(answers.items()) if name.startswith(kind)}

    return Person(
        segment=scene.segment,
        stage=scene.stage,
        moment=scene.moment,
        unknown=tuple(name for name, known in named("knows ").items() if not known),
        id=bool(answers.get("id", True)),
        tests={test: int(bucket) for test, bucket in named("bucket ").items()},
    )
