"""Who can come, for one campaign, channel and locale, and what each gets: asked of the runtime's own `choose`.

A person is a segment and a stage, a moment, and answers to the questions that choosing asks: what is known, whether
there is an id, and the bucket in a test. Slot by slot, people are taken together who will be asked the same and hold
what later slots may ask about; so the possible rows are known exactly without all of them being listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

from assembler.library.records import Content, Holdout
from assembler.review.possible import Possible, Row, TooManyStates, grow
from assembler.runtime.assignment import BUCKETS
from assembler.runtime.choose import Plan, choose
from assembler.runtime.hurdles import HURDLES, Choice, Trial
from assembler.runtime.moment import Moment

__all__ = ["People", "Person", "Value", "moments", "rows_of"]

_Answers = Mapping[str, bool | int]
_State = tuple[int, frozenset[tuple[str, bool | int]], frozenset[str]]
"""The number of a scene, the answers and the components that later slots may ask about."""

_WINDOW = next(hurdle for hurdle in HURDLES if hurdle.code == "window")
_DEFAULT: _State = (-1, frozenset(), frozenset())
"""The state of those who get the default, whoever they are: held out, or after a fault."""


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """What can stand in a slot, which is counted in the order of filling; None for nothing."""

    slot: int
    component: str | None


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


@dataclass(frozen=True, slots=True)
class _Scene:
    segment: str | None
    stage: str | None
    moment: int
    ids: tuple[bool, ...]


class _Script:
    """A person who answers as it is written, or else the first thing that can be answered, which is noted."""

    def __init__(self, scene: _Scene, answers: _Answers, cuts: Mapping[str, tuple[int, ...]]) -> None:
        self.segment = scene.segment
        self.stage = scene.stage
        self.moment = scene.moment
        self.asked: list[tuple[str, Sequence[bool | int]]] = []
        self.answers = dict(answers)
        self._ids = scene.ids
        self._cuts = cuts

    def knows(self, name: str) -> bool:
        return bool(self._answer(f"knows {name}", (True, False)))

    def bucket(self, test: str) -> int | None:
        return int(self._answer(f"bucket {test}", self._cuts[test])) if self._answer("id", self._ids) else None

    def _answer(self, question: str, possible: Sequence[bool | int]) -> bool | int:
        if question not in self.answers:
            self.answers[question] = possible[0]
            self.asked.append((question, possible))
        return self.answers[question]


class People:
    """Everyone who can come from a moment on, for one plan. `values[n]` is what the number n stands for in rows."""

    def __init__(self, plan: Plan, content: Content, at: datetime) -> None:
        """Raises `TooManyStates` where too much of what is chosen early matters later."""
        self.plan = plan
        self.values = tuple(
            Value(slot, component or None)
            for slot, row in enumerate(plan.rows)
            for component in sorted(
                {each.choice.component or "" for each in row.candidates} | {row.default.component or ""}
            )
        )
        self._number = {value: number for number, value in enumerate(self.values)}
        self._prefixes = [
            Plan(campaign=plan.campaign, channel=plan.channel, locale=plan.locale, rows=plan.rows[: slot + 1])
            for slot in range(len(plan.rows))
        ]
        self._cuts = plan.cuts
        self._later = [_asked_in(plan, slot + 1) for slot in range(len(plan.rows))]
        self._scenes = list(_scenes(plan, content, at))
        self._answers: dict[tuple[int, _State], _Answers] = {}
        starts = [self._state(0, number, {}, frozenset()) for number in range(len(self._scenes))]
        try:
            self.possible: Possible = grow([_DEFAULT, *starts], len(plan.rows), self._step)
        except TooManyStates as error:
            where = f"{plan.campaign} in {plan.channel} and {plan.locale}"
            raise TooManyStates(f"{where}: its plan is too large, {error}. {_way_out(plan)}") from None

    def row(self, slots: Mapping[str, str | None]) -> Row | None:
        """The row of components by slot, whether or not anybody can get it; None where one cannot stand in its slot."""
        names = [row.place.slot.name for row in self.plan.rows]
        if sorted(slots) != sorted(names):
            return None
        found = [self._number.get(Value(slot, slots[name])) for slot, name in enumerate(names)]
        row = tuple(number for number in found if number is not None)
        return row if len(row) == len(found) else None

    def slots(self, row: Row) -> dict[str, str | None]:
        """The components of a row by slot."""
        return {
            each.place.slot.name: self.values[number].component
            for each, number in zip(self.plan.rows, row, strict=True)
        }

    def of(self, choices: Sequence[Choice]) -> Row:
        """The row that choices make."""
        return tuple(self._number[Value(slot, choice.component)] for slot, choice in enumerate(choices))

    def cell(self, segment: str | None, stage: str | None, at: datetime) -> Row:
        """The row of someone of whom all is known and who is in no test."""
        scene = _Scene(segment, stage, Moment.of(at).instant, (False,))
        return self.of(choose(self.plan, _Script(scene, {}, self._cuts)))

    def someone(self, row: Row) -> Person | None:
        """Someone who gets exactly this row; None if nobody does."""
        for number, scene in enumerate(self._scenes):
            answers = self._way(number, row)
            if answers is not None:
                script = _Script(scene, answers, self._cuts)
                if self.of(choose(self.plan, script)) == row:
                    return _person(scene, answers)
        return Person(held=True) if row == self.of(self.plan.defaults) else None

    def _way(self, scene: int, row: Row) -> _Answers | None:
        """The answers by which people of a scene come to a row."""
        open_: list[tuple[int, _Answers]] = [(0, {})]
        seen: set[tuple[int, _State]] = set()
        while open_:
            slot, answers = open_.pop()
            if slot == len(row):
                return answers
            for choice, given in self._outcomes(slot, scene, answers):
                if self._number[Value(slot, choice.component)] == row[slot]:
                    held = frozenset(self.values[value].component or "" for value in row[: slot + 1])
                    state = slot + 1, self._relevant(slot, scene, given, held)
                    if state not in seen:
                        seen.add(state)
                        open_.append((slot + 1, given))
        return None

    def _step(self, slot: int, state: _State) -> Iterator[tuple[int, _State]]:
        scene, _, held = state
        if scene < 0:
            yield self._number[Value(slot, self.plan.defaults[slot].component)], _DEFAULT
            return
        for choice, answers in self._outcomes(slot, scene, self._answers[slot, state]):
            now = held | {choice.component} if choice.component else held
            yield self._number[Value(slot, choice.component)], self._state(slot + 1, scene, answers, now)

    def _state(self, slot: int, scene: int, answers: _Answers, held: frozenset[str]) -> _State:
        """The state of people before a slot; the first to come to it answer for all."""
        state = self._relevant(slot - 1, scene, answers, held) if slot else (scene, frozenset(), held)
        self._answers.setdefault((slot, state), answers)
        return state

    def _relevant(self, slot: int, scene: int, answers: _Answers, held: frozenset[str]) -> _State:
        """What the slots after this one may ask about."""
        questions, components = self._later[slot]
        return scene, frozenset(each for each in answers.items() if each[0] in questions), held & components

    def _outcomes(self, slot: int, scene: int, answers: _Answers) -> Iterator[tuple[Choice, _Answers]]:
        """What fills a slot for people who have answered so far, and their answers after it, each way there is."""
        open_: list[_Answers] = [answers]
        while open_:
            settled = dict(open_.pop())
            script = _Script(self._scenes[scene], settled, self._cuts)
            yield choose(self._prefixes[slot], script)[-1], script.answers
            for question, possible in script.asked:
                open_ += [{**settled, question: other} for other in possible[1:]]
                settled[question] = possible[0]


def _way_out(plan: Plan) -> str:
    """What makes a plan large, and what to do about it."""
    counts = {
        row.place.slot.name: sum(
            bool(each.component.needs or each.component.requires or each.component.excludes or each.component.test)
            for each in row.candidates
        )
        for row in plan.rows
    }
    named = ", ".join(f"{slot} ({count})" for slot, count in counts.items() if count)
    return (
        f"Every component with needs, requires, excludes or a test multiplies it; by slot: {named}. "
        "Take these tags away where they are not needed, make a slot constant, or split the campaign."
    )


def rows_of(plan: Plan) -> dict[str, frozenset[str | None]]:
    """What can stand in each slot of a plan, for somebody, at some time."""
    return {
        row.place.slot.name: frozenset({row.default.component, *(each.choice.component for each in row.candidates)})
        for row in plan.rows
    }


def moments(plan: Plan, content: Content, at: datetime) -> tuple[int, ...]:
    """The given moment, and every later one at which a window of this plan opens or closes, or a holdout ends."""
    now = Moment.of(at).instant
    windows = [candidate.component.window for row in plan.rows for candidate in row.candidates]
    holdouts = [each.until for each in _holdouts(plan, content)]
    edges = {edge for window in windows for edge in (window.start, window.end)} | {*holdouts}
    return (now, *sorted(edge for edge in edges if edge is not None and edge > now))


def _holdouts(plan: Plan, content: Content) -> list[Holdout]:
    return [each for each in (content.holdout, content.campaigns[plan.campaign].holdout) if each is not None]


def _scenes(plan: Plan, content: Content, at: datetime) -> Iterator[_Scene]:
    """One scene for all segments, stages and moments that have the same candidates."""
    seen: set[object] = set()
    segments = (*(each.id for each in content.segments), None)
    stages = (*(each.id for each in content.stages), None)
    for moment, segment, stage in product(moments(plan, content, at), segments, stages):
        scene = _Scene(segment, stage, moment, _ids(plan, content, moment))
        alike = scene.ids, _candidates(plan, scene)
        if scene.ids and alike not in seen:
            seen.add(alike)
            yield scene


def _ids(plan: Plan, content: Content, moment: int) -> tuple[bool, ...]:
    """Whether there can be someone with an id who is treated, and someone without."""
    running = [each for each in _holdouts(plan, content) if each.until is None or moment < each.until]
    everybody = any(each.share >= BUCKETS for each in running)
    return (True,) * (not everybody) + (False,) * (content.unassigned == "treat")


def _candidates(plan: Plan, scene: _Scene) -> tuple[tuple[str, ...], ...]:
    """The candidates of each slot whose windows are open."""
    script = _Script(scene, {}, {})
    return tuple(
        tuple(
            each.component.address
            for each in row.candidates
            if not _WINDOW.stops(Trial(component=each.component, place=row.place, situation=script))
        )
        for row in plan.admitting(scene.segment, scene.stage)
    )


def _asked_in(plan: Plan, slot: int) -> tuple[frozenset[str], frozenset[str]]:
    """The questions and the components that the slots from this one on may ask about."""
    later = [each.component for row in plan.rows[slot:] for each in row.candidates]
    tests = {each.test.id for each in later if each.test is not None}
    questions = {f"knows {name}" for each in later for name in each.needs} | {f"bucket {test}" for test in tests}
    components = {name for each in later for name in (each.address, *each.requires, *each.excludes)}
    return frozenset(questions | ({"id"} if tests else set())), frozenset(components)


def _person(scene: _Scene, answers: _Answers) -> Person:
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
