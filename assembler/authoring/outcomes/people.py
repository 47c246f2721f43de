"""People made up to see what the runtime chooses for them: what they answer is written down, or tried each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from assembler.authoring.outcomes.cells import Cell
from assembler.runtime.choose import SlotPlan, choose
from assembler.runtime.eligibility import Choice
from assembler.runtime.moment import Moment

Question = str
"""The name of a signal or field, whether it is known; `HAS_ID`; or `bucket_in(test)`."""

Answers = Mapping[Question, bool | int]
Result = TypeVar("Result")

HAS_ID: Final[Question] = ""
_BUCKET: Final = "#"
"""No name of a signal or field begins with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAnswers:
    """What people may answer where nothing is settled, the usual answer first.

    `knows` is for every signal and field. `buckets` are by test; in a test that is not among them nobody is. Omitted:
    all is known, and there is no id.
    """

    knows: tuple[bool, ...] = (True,)
    ids: tuple[bool, ...] = (False,)
    buckets: Mapping[str, Sequence[int]] = field(default_factory=dict)


_ALL_KNOWN = PossibleAnswers()


class ScriptedPerson:
    """A situation of the runtime in which questions are answered as it is settled, else as is usual, which is noted.

    `moment` is in microseconds since 1970 in UTC. `answers` are those that were settled, and all that were given.
    """

    def __init__(
        self, cell: Cell, moment: int, possible: PossibleAnswers = _ALL_KNOWN, settled: Answers | None = None
    ) -> None:
        self.segment, self.stage = cell
        self.moment = moment
        self.possible = possible
        self._settled = settled or {}
        self.answers = dict(self._settled)
        self._asked: list[tuple[Question, Sequence[bool | int]]] = []

    def knows(self, name: str) -> bool:
        """Return whether a signal or field is known."""
        return bool(self._answer(name, self.possible.knows))

    def bucket(self, test: str) -> int | None:
        """Return the bucket in a test; None without an id, and in a test that has nobody."""
        buckets = self.possible.buckets.get(test)
        if buckets is None or not self._answer(HAS_ID, self.possible.ids):
            return None
        return int(self._answer(bucket_in(test), buckets))

    def settled(self, answers: Answers) -> ScriptedPerson:
        """Return somebody in the same situation of whom these answers are settled, and no others."""
        return ScriptedPerson((self.segment, self.stage), self.moment, self.possible, answers)

    def again(self, moment: int) -> ScriptedPerson:
        """Return the same person at a moment, as if nothing had been asked."""
        return ScriptedPerson((self.segment, self.stage), moment, self.possible, self._settled)

    def others(self) -> list[ScriptedPerson]:
        """Return, for each question that was asked and not settled, who answers it otherwise and earlier ones alike."""
        people: list[ScriptedPerson] = []
        settled = self._settled
        for question, (usual, *others) in self._asked:
            people += [self.settled({**settled, question: other}) for other in others]
            settled = {**settled, question: usual}
        return people

    @property
    def has_id(self) -> bool:
        """Whether there is an id, as far as that was asked."""
        return bool(self.answers.get(HAS_ID, True))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The signals and fields that were asked for and are not known, by name."""
        return tuple(sorted(name for name, answer in self.answers.items() if answer is False and name != HAS_ID))

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests in which a bucket was asked for, by name."""
        return tuple(sorted(name.removeprefix(_BUCKET) for name in self.answers if name.startswith(_BUCKET)))

    def _answer(self, question: Question, possible: Sequence[bool | int]) -> bool | int:
        if question not in self.answers:
            self.answers[question] = possible[0]
            self._asked.append((question, possible))
        return self.answers[question]


def bucket_in(test: str) -> Question:
    """Return the question for the bucket in a test."""
    return _BUCKET + test


def anybody(plan: SlotPlan, cell: Cell, moment: int, ids: tuple[bool, ...]) -> ScriptedPerson:
    """Return someone of whom nothing is settled: all may be known or not, and they may be anywhere in every test."""
    return ScriptedPerson(cell, moment, PossibleAnswers(knows=(True, False), ids=ids, buckets=plan.cuts))


def ways(person: ScriptedPerson, ask: Callable[[ScriptedPerson], Result]) -> Iterator[tuple[Result, ScriptedPerson]]:
    """Return what asking comes to, and who was asked, each way in which what is asked can be answered."""
    open_ = [person]
    while open_:
        somebody = open_.pop()
        yield ask(somebody), somebody
        open_ += somebody.others()


def choices_by_cell(plan: SlotPlan, moment: int, wanted: Iterable[Cell]) -> dict[Cell, tuple[Choice, ...]]:
    """Return what treated people of each cell get of whom all is known and who are in no test."""
    return {cell: choose(plan, ScriptedPerson(cell, moment)) for cell in wanted}


def slots_by_cell(plan: SlotPlan, at: datetime, wanted: Iterable[Cell]) -> dict[Cell, dict[str, str | None]]:
    """Return the components of these choices at an aware moment, by slot."""
    by_cell = choices_by_cell(plan, Moment.of(at).instant, wanted)
    return {cell: {choice.slot: choice.component for choice in choices} for cell, choices in by_cell.items()}
