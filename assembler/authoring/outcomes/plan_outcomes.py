"""What people can get of one campaign, channel and locale: asked of the runtime's own checks, for all of them at once.

Candidate by candidate and slot by slot, people are taken together who will be asked the same and hold what later slots
may ask about; so the rows that are possible are known exactly without all of them being listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial, reduce
from operator import and_

from assembler.authoring.outcomes.cells import Cell
from assembler.authoring.outcomes.holdouts import holdouts, treated_have_id
from assembler.authoring.outcomes.moments import moments, windows
from assembler.authoring.outcomes.people import HAS_ID, Answers, Question, ScriptedPerson, anybody, bucket_in, ways
from assembler.authoring.outcomes.possible_rows import MOST_STATES, PossibleRows, Row, TooManyStates, bits, grow
from assembler.library.records import Content
from assembler.runtime.choose import Candidate, SlotPlan, is_eligible
from assembler.runtime.eligibility import Choice, SlotContext
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Fit, Loss, SlotReason

_Settled = frozenset[tuple[Question, bool | int]]
_State = tuple[int, _Settled, frozenset[str]]
"""The number of a kind of people, their answers, and the components that they hold, as far as later slots may ask. A
row that is possible whoever asks has a negative number of its own."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """What can stand in a slot, which is counted in the order of filling; None for nothing."""

    slot: int
    component: str | None


@dataclass(frozen=True, slots=True)
class _OpenSlot:
    """A slot at a moment in a cell: the candidates that are open there, up to the first that nothing can stop.

    `asks[n]` are the questions from the nth candidate on, in this slot and all later ones; `components` are those that
    later slots may ask about.
    """

    slot_context: SlotContext
    default: Choice
    candidates: tuple[Candidate, ...]
    asks: tuple[frozenset[Question], ...]
    components: frozenset[str]


class PlanOutcomes:
    """The rows that people of some kinds can get of a plan, and some rows that are possible whoever asks.

    `values[n]` is what the number n stands for in rows, in the order of slots. Candidates are tried for somebody `most`
    times, and as many beginnings of rows are told apart; `trials` says how many times that was, the last time.
    """

    def __init__(
        self,
        plan: SlotPlan,
        people: Iterable[ScriptedPerson],
        always: Iterable[Sequence[Choice]] = (),
        most: int = MOST_STATES,
    ) -> None:
        self.plan = plan
        by_value = {
            SlotValue(slot, choice.component): choice
            for slot, filling in enumerate(plan.slots)
            for choice in (*(candidate.choice for candidate in filling.candidates), filling.default)
        }
        self.values = tuple(sorted(by_value, key=lambda value: (value.slot, value.component or "")))
        self._choices = tuple(by_value[value] for value in self.values)
        self._number = {value: number for number, value in enumerate(self.values)}
        self._people = tuple(people)
        self._always = list(dict.fromkeys(self.row_of(choices) for choices in always))
        self._most = most
        self.trials = 0

    @cached_property
    def possible(self) -> PossibleRows:
        """The rows. Raises `TooManyStates` where too much of what is chosen early matters later."""
        kinds = range(-len(self._always), len(self._kinds))
        starts: list[_State] = [(kind, frozenset(), frozenset()) for kind in kinds]
        self.trials = 0
        try:
            return grow(starts, len(self.plan.slots), self._step, self._most)
        except TooManyStates as error:
            where = f"{self.plan.campaign} in {self.plan.channel} and {self.plan.locale}"
            raise TooManyStates(
                error.most, error.beginnings, f"{where}: its plan is too large, {error}. {_way_out(self.plan)}"
            ) from None

    def row_of(self, choices: Sequence[Choice]) -> Row:
        """Return the row that choices make."""
        return tuple(self._number[SlotValue(slot, choice.component)] for slot, choice in enumerate(choices))

    def row_with(self, slots: Mapping[str, str | None]) -> Row | None:
        """Return the row of components by slot, whether or not anybody can get it; None where one has no place."""
        names = [slot.name for slot in self.plan.slots]
        if sorted(slots) != sorted(names):
            return None
        values = [SlotValue(slot, slots[name]) for slot, name in enumerate(names)]
        return tuple(map(self._number.__getitem__, values)) if self._number.keys() >= set(values) else None

    def choices_of(self, row: Row) -> tuple[Choice, ...]:
        """Return the choices that make a row."""
        return tuple(self._choices[number] for number in row)

    def slots_of(self, row: Row) -> dict[str, str | None]:
        """Return the components of a row by slot."""
        return {choice.slot: choice.component for choice in self.choices_of(row)}

    def somebody(self, row: Row) -> ScriptedPerson | None:
        """Return someone of one of the kinds who gets exactly this row; None where nobody does."""
        self.trials = 0
        for number in bits(reduce(and_, map(self._kinds_by_value.__getitem__, row), (1 << len(self._kinds)) - 1)):
            answers = self._answers_to(number, row)
            if answers is not None:
                return self._kinds[number][0].settled(answers)
        return None

    @cached_property
    def _kinds_by_value(self) -> Sequence[int]:
        """By the number of a value the kinds of people to whom it is open, as bits."""
        kinds = [0] * len(self.values)
        for kind, (_, slots) in enumerate(self._kinds):
            for number, slot in enumerate(slots):
                for choice in (*(candidate.choice for candidate in slot.candidates), slot.default):
                    kinds[self._number[SlotValue(number, choice.component)]] |= 1 << kind
        return kinds

    @cached_property
    def _kinds(self) -> list[tuple[ScriptedPerson, tuple[_OpenSlot, ...]]]:
        """One of all people who are alike: to whom the same candidates are open, and who have ids alike."""
        kinds: dict[object, tuple[ScriptedPerson, tuple[_OpenSlot, ...]]] = {}
        for person in self._people:
            slots = self.plan.candidates_for(person.segment, person.stage)
            candidates = [_open(slot.candidates, person.moment) for slot in slots]
            addresses = tuple(tuple(candidate.component.address for candidate in here) for here in candidates)
            if (person.possible.ids, addresses) not in kinds:
                kinds[person.possible.ids, addresses] = person, self._open_slots(candidates)
        return list(kinds.values())

    def _open_slots(self, candidates: Sequence[tuple[Candidate, ...]]) -> tuple[_OpenSlot, ...]:
        slots: list[_OpenSlot] = []
        questions: frozenset[Question] = frozenset()
        components: frozenset[str] = frozenset()
        for slot, open_here in zip(reversed(self.plan.slots), reversed(candidates), strict=True):
            asks = [questions]
            for candidate in reversed(open_here):
                questions |= _questions(candidate)
                asks.append(questions)
            asks.reverse()
            slots.append(_OpenSlot(slot.slot_context, slot.default, open_here, tuple(asks), components))
            components |= {
                address
                for component in (candidate.component for candidate in open_here)
                for address in (component.address, *component.requires, *component.excludes)
            }
        return tuple(reversed(slots))

    def _step(self, number: int, beginning: _State) -> Iterator[tuple[int, _State]]:
        kind, settled, held = beginning
        if kind < 0:
            yield self._always[kind][number], beginning
            return
        slot = self._kinds[kind][1][number]
        for choice, answers in self._fillings(number, kind, dict(settled), held):
            holding = (held | {choice.component or ""}) & slot.components
            yield self._number[SlotValue(number, choice.component)], (kind, _about(answers, slot.asks[-1]), holding)

    def _fillings(
        self, number: int, kind: int, answers: Answers, held: frozenset[str]
    ) -> Iterator[tuple[Choice, Answers]]:
        """What fills a slot for people who have answered so far and hold something, and the answers of some who get it:
        once for all who get the same and will be asked the same."""
        person, slots = self._kinds[kind]
        slot = slots[number]
        earlier = choices_holding(held)
        losing: list[Answers] = [answers]
        for candidate, asks in zip(slot.candidates, slot.asks[1:], strict=True):
            passes = partial(self._passes, candidate, slot.slot_context, earlier)
            won: dict[_Settled, Answers] = {}
            lost: dict[_Settled, Answers] = {}
            for before in losing:
                for wins, somebody in ways(person.settled(before), passes):
                    ending, later = (won, slot.asks[-1]) if wins else (lost, asks)
                    ending.setdefault(_about(somebody.answers, later), somebody.answers)
            yield from ((candidate.choice, winning) for winning in won.values())
            losing = list(lost.values())
        yield from ((slot.default, answers) for answers in losing)

    def _passes(
        self, candidate: Candidate, context: SlotContext, earlier: Sequence[Choice], person: ScriptedPerson
    ) -> bool:
        self.trials += 1
        if self.trials > self._most:
            raise TooManyStates(self._most)
        return is_eligible(candidate, context, person, earlier)

    def _answers_to(self, kind: int, row: Row) -> Answers | None:
        """The answers by which people of a kind come to a row."""
        slots = self._kinds[kind][1]
        open_: list[tuple[int, Answers]] = [(0, {})]
        seen: set[tuple[int, _Settled]] = set()
        while open_:
            number, answers = open_.pop()
            if number == len(row):
                return answers
            held = frozenset(self.values[value].component or "" for value in row[:number])
            for choice, after in self._fillings(number, kind, answers, held):
                if self._number[SlotValue(number, choice.component)] == row[number]:
                    beginning = number + 1, _about(after, slots[number].asks[-1])
                    if beginning not in seen:
                        seen.add(beginning)
                        open_.append((number + 1, after))
        return None


def outcomes_from(plan: SlotPlan, content: Content, at: datetime, wanted: Sequence[Cell]) -> PlanOutcomes:
    """Return what people of some cells can get from an aware moment on.

    The default is possible whoever comes: who is held out gets it, and everybody after a fault.
    """
    ends = (holdout.until for holdout in holdouts(content, plan.campaign))
    changes = moments(windows(plan), Moment.of(at).instant, ends)
    ids = {change: treated_have_id(content, plan.campaign, change) for change in changes}
    people = (anybody(plan, cell, change, ids[change]) for change in changes if ids[change] for cell in wanted)
    return PlanOutcomes(plan, people, [plan.defaults])


def components_by_slot(plan: SlotPlan) -> dict[str, frozenset[str | None]]:
    """Return what can stand in each slot of a plan, for somebody, at some time."""
    return {
        slot.name: frozenset({slot.default.component, *(candidate.choice.component for candidate in slot.candidates)})
        for slot in plan.slots
    }


def choices_holding(addresses: Iterable[str]) -> list[Choice]:
    """Return choices by which some earlier slots hold some components, whichever these slots are."""
    return [Choice(slot="", component=name, reason=SlotReason.DEFAULT, fit=Fit.DEFAULT) for name in addresses]


def _way_out(plan: SlotPlan) -> str:
    counts = {slot.name: sum(map(_multiplies, slot.candidates)) for slot in plan.slots}
    named = ", ".join(f"{slot} ({count})" for slot, count in counts.items() if count)
    return (
        f"Every component with needs, requires, excludes or a test multiplies it; by slot: {named}. "
        "Take these tags away where they are not needed, make a slot constant, or split the campaign."
    )


def _multiplies(candidate: Candidate) -> bool:
    component = candidate.component
    return bool(component.needs or component.requires or component.excludes or component.test)


def _open(candidates: Iterable[Candidate], moment: int) -> tuple[Candidate, ...]:
    """The candidates of a slot whose windows are open at a moment, up to the first that nothing can stop then."""
    open_here: list[Candidate] = []
    for candidate in candidates:
        if candidate.component.window.is_open(moment):
            open_here.append(candidate)
            if all(check.code is Loss.WINDOW for check in candidate.checks):
                break
    return tuple(open_here)


def _questions(candidate: Candidate) -> frozenset[Question]:
    component = candidate.component
    test = () if component.test is None else (HAS_ID, bucket_in(component.test.id))
    return frozenset((*component.needs, *test))


def _about(answers: Answers, asks: frozenset[Question]) -> _Settled:
    return frozenset(
        answers.items() if answers.keys() <= asks else (answer for answer in answers.items() if answer[0] in asks)
    )
