"""What people can get of one campaign, channel and locale: asked of the runtime's own hurdles, for all of them at once.

A person is a scene, and answers to the questions that choosing asks: what is known, whether there is an id, and the
bucket in a test. Candidate by candidate and slot by slot, people are taken together who will be asked the same and hold
what later slots may ask about; so the rows that are possible are known exactly without all of them being listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assembler.authoring.outcomes.possible import MOST_STATES, Possible, Row, TooManyStates, grow
from assembler.runtime.choose import Candidate, SlotPlan, is_eligible
from assembler.runtime.eligibility import ELIGIBILITY_CHECKS, Choice, Evaluation, SlotContext
from assembler.runtime.reasons import Fit, SlotReason

__all__ = ["Answers", "Choosing", "Scene", "Script", "Value"]

Answers = Mapping[str, bool | int]
_Given = frozenset[tuple[str, bool | int]]
_State = tuple[int, _Given, frozenset[str]]
"""The number of a scene, the answers and the components that later slots may ask about. A row that is possible
whatever is asked has a negative number of its own."""

_WINDOW = next(check for check in ELIGIBILITY_CHECKS if check.code == "window")


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """What can stand in a slot, which is counted in the order of filling; None for nothing."""

    slot: int
    component: str | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A segment, a stage, a moment in microseconds since 1970, and whether people there have an id: yes, no or both."""

    segment: str | None
    stage: str | None
    moment: int
    ids: tuple[bool, ...]


class Script:
    """A person who answers as it is written, or else the first thing that can be answered, which is noted."""

    def __init__(self, scene: Scene, answers: Answers, cuts: Mapping[str, tuple[int, ...]]) -> None:
        self.segment = scene.segment
        self.stage = scene.stage
        self.moment = scene.moment
        self.asked: list[tuple[str, Sequence[bool | int]]] = []
        self.answers = answers
        self._ids = scene.ids
        self._cuts = cuts

    def knows(self, name: str) -> bool:
        """Whether a signal or field is known."""
        return bool(self._answer(f"knows {name}", (True, False)))

    def bucket(self, test: str) -> int | None:
        """The bucket in a test; None without an id."""
        return int(self._answer(f"bucket {test}", self._cuts[test])) if self._answer("id", self._ids) else None

    def _answer(self, question: str, possible: Sequence[bool | int]) -> bool | int:
        if question not in self.answers:
            self.answers = {**self.answers, question: possible[0]}
            self.asked.append((question, possible))
        return self.answers[question]


@dataclass(frozen=True, slots=True)
class _Stage:
    """A slot as it is in a scene: the candidates that are open there, up to the first that nothing can stop.

    `asks[n]` are the questions from the nth candidate on, in this slot and all later ones; `components` are those that
    later slots may ask about.
    """

    context: SlotContext
    default: Choice
    candidates: tuple[Candidate, ...]
    asks: tuple[frozenset[str], ...]
    components: frozenset[str]


class Choosing:
    """The rows that people of some scenes can get of a plan, and some rows that are possible anyway.

    `values[n]` is what the number n stands for in rows, in the order of slots. Candidates are tried for somebody `most`
    times, and as many beginnings of rows are told apart; `trials` says how many times that was, the last time.
    """

    def __init__(
        self, plan: SlotPlan, scenes: Iterable[Scene], anyway: Iterable[Sequence[Choice]] = (), most: int = MOST_STATES
    ) -> None:
        self.plan = plan
        self.values = tuple(
            Value(slot, component or None)
            for slot, row in enumerate(plan.slots)
            for component in sorted(
                {each.choice.component or "" for each in row.candidates} | {row.default.component or ""}
            )
        )
        self._number = {value: number for number, value in enumerate(self.values)}
        self._choices = {
            self._number[Value(slot, choice.component)]: choice
            for slot, row in enumerate(plan.slots)
            for choice in (*(each.choice for each in row.candidates), row.default)
        }
        self._scenes = tuple(scenes)
        self._anyway = list(dict.fromkeys(self.of(choices) for choices in anyway))
        self._most = most
        self.trials = 0

    @cached_property
    def possible(self) -> Possible:
        """The rows. Raises `TooManyStates` where too much of what is chosen early matters later."""
        nothing: _Given = frozenset()
        starts: list[_State] = [(number, nothing, frozenset()) for number in range(len(self._staged))]
        starts += [(-1 - number, nothing, frozenset()) for number in range(len(self._anyway))]
        self.trials = 0
        try:
            return grow(starts, len(self.plan.slots), self._step, self._most)
        except TooManyStates as error:
            where = f"{self.plan.campaign} in {self.plan.channel} and {self.plan.locale}"
            raise TooManyStates(
                error.most, error.beginnings, f"{where}: its plan is too large, {error}. {_way_out(self.plan)}"
            ) from None

    def row(self, slots: Mapping[str, str | None]) -> Row | None:
        """The row of components by slot, whether or not anybody can get it; None where one cannot stand in its slot."""
        names = [row.context.slot.name for row in self.plan.slots]
        if sorted(slots) != sorted(names):
            return None
        found = [self._number.get(Value(slot, slots[name])) for slot, name in enumerate(names)]
        row = tuple(number for number in found if number is not None)
        return row if len(row) == len(found) else None

    def slots(self, row: Row) -> dict[str, str | None]:
        """The components of a row by slot."""
        return {
            each.context.slot.name: self.values[number].component
            for each, number in zip(self.plan.slots, row, strict=True)
        }

    def of(self, choices: Sequence[Choice]) -> Row:
        """The row that choices make."""
        return tuple(self._number[Value(slot, choice.component)] for slot, choice in enumerate(choices))

    def choices(self, row: Row) -> tuple[Choice, ...]:
        """The choices that make a row."""
        return tuple(self._choices[number] for number in row)

    def way(self, row: Row) -> tuple[Scene, Answers] | None:
        """A scene, and the answers by which people in it get exactly this row; None if nobody in any scene does."""
        self.trials = 0
        for number, (scene, _) in enumerate(self._staged):
            answers = self._answers_to(number, row)
            if answers is not None:
                return scene, answers
        return None

    @cached_property
    def _staged(self) -> list[tuple[Scene, tuple[_Stage, ...]]]:
        """One scene of all that are alike: in which the same candidates are open to the same people."""
        found: dict[object, tuple[Scene, tuple[_Stage, ...]]] = {}
        for scene in self._scenes:
            rows = self.plan.candidates_for(scene.segment, scene.stage)
            open_ = [_open(row.candidates, row.context, scene) for row in rows]
            alike = scene.ids, tuple(tuple(each.component.address for each in here) for here in open_)
            if scene.ids and alike not in found:
                found[alike] = scene, self._stages(open_)
        return list(found.values())

    def _stages(self, candidates: Sequence[tuple[Candidate, ...]]) -> tuple[_Stage, ...]:
        found: list[_Stage] = []
        questions: frozenset[str] = frozenset()
        components: frozenset[str] = frozenset()
        for row, here in zip(reversed(self.plan.slots), reversed(candidates), strict=True):
            asks = [questions]
            for candidate in reversed(here):
                questions |= _questions(candidate)
                asks.append(questions)
            asks.reverse()
            found.append(_Stage(row.context, row.default, here, tuple(asks), components))
            components |= {
                name
                for each in here
                for name in (each.component.address, *each.component.requires, *each.component.excludes)
            }
        return tuple(reversed(found))

    def _step(self, slot: int, state: _State) -> Iterator[tuple[int, _State]]:
        scene, given, held = state
        if scene < 0:
            yield self._anyway[-1 - scene][slot], state
            return
        stage = self._staged[scene][1][slot]
        for choice, answers in self._outcomes(slot, scene, dict(given), held):
            now = (held | {choice.component or ""}) & stage.components
            yield self._number[Value(slot, choice.component)], (scene, _relevant(answers, stage.asks[-1]), now)

    def _outcomes(
        self, slot: int, scene: int, answers: Answers, held: frozenset[str]
    ) -> Iterator[tuple[Choice, Answers]]:
        """What fills a slot for people who have answered so far and hold something, and the answers of some who get it:
        once for all who get the same and will be asked the same."""
        about, stages = self._staged[scene]
        stage = stages[slot]
        earlier = [Choice(slot="", component=each, reason=SlotReason.DEFAULT, fit=Fit.DEFAULT) for each in held]
        losing: list[Answers] = [answers]
        for candidate, asks in zip(stage.candidates, stage.asks[1:], strict=True):
            won: dict[_Given, Answers] = {}
            lost: dict[_Given, Answers] = {}
            for before in losing:
                for wins, after in self._tried(candidate, stage.context, about, before, earlier):
                    found, later = (won, stage.asks[-1]) if wins else (lost, asks)
                    found.setdefault(_relevant(after, later), after)
            yield from ((candidate.choice, each) for each in won.values())
            losing = list(lost.values())
        yield from ((stage.default, each) for each in losing)

    def _tried(
        self, candidate: Candidate, place: SlotContext, scene: Scene, answers: Answers, earlier: Sequence[Choice]
    ) -> Iterator[tuple[bool, Answers]]:
        """Whether a candidate takes all its hurdles, each way that what it asks can be answered."""
        open_: list[Answers] = [answers]
        while open_:
            settled = open_.pop()
            script = Script(scene, settled, self.plan.cuts)
            self.trials += 1
            if self.trials > self._most:
                raise TooManyStates(self._most)
            yield is_eligible(candidate, place, script, earlier), script.answers
            for question, (first, *others) in script.asked:
                open_ += [{**settled, question: other} for other in others]
                settled = {**settled, question: first}

    def _answers_to(self, scene: int, row: Row) -> Answers | None:
        """The answers by which people of a scene come to a row."""
        stages = self._staged[scene][1]
        open_: list[tuple[int, Answers]] = [(0, {})]
        seen: set[tuple[int, _Given]] = set()
        while open_:
            slot, answers = open_.pop()
            if slot == len(row):
                return answers
            held = frozenset(self.values[value].component or "" for value in row[:slot])
            for choice, given in self._outcomes(slot, scene, answers, held):
                if self._number[Value(slot, choice.component)] == row[slot]:
                    state = slot + 1, _relevant(given, stages[slot].asks[-1])
                    if state not in seen:
                        seen.add(state)
                        open_.append((slot + 1, given))
        return None


def _way_out(plan: SlotPlan) -> str:
    """What makes a plan large, and what to do about it."""
    counts = {
        row.context.slot.name: sum(
            bool(each.component.needs or each.component.requires or each.component.excludes or each.component.test)
            for each in row.candidates
        )
        for row in plan.slots
    }
    named = ", ".join(f"{slot} ({count})" for slot, count in counts.items() if count)
    return (
        f"Every component with needs, requires, excludes or a test multiplies it; by slot: {named}. "
        "Take these tags away where they are not needed, make a slot constant, or split the campaign."
    )


def _open(candidates: Sequence[Candidate], place: SlotContext, scene: Scene) -> tuple[Candidate, ...]:
    """The candidates of a slot whose windows are open in a scene, up to the first that nothing can stop then."""
    found: list[Candidate] = []
    script = Script(scene, {}, {})
    for each in candidates:
        if not _WINDOW.fails(Evaluation(component=each.component, context=place, situation=script)):
            found.append(each)
            if all(check is _WINDOW for check in each.checks):
                break
    return tuple(found)


def _questions(candidate: Candidate) -> frozenset[str]:
    """What a candidate can ask."""
    component = candidate.component
    test = () if component.test is None else ("id", f"bucket {component.test.id}")
    return frozenset((*(f"knows {name}" for name in component.needs), *test))


def _relevant(answers: Answers, asks: frozenset[str]) -> _Given:
    return frozenset(
        answers.items() if answers.keys() <= asks else (each for each in answers.items() if each[0] in asks)
    )
