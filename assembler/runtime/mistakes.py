"""What a caller did wrong, told apart from what is merely not known of a person."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.errors import ContextError
from assembler.runtime.context import ContextReader
from assembler.runtime.moment import Moment
from assembler.runtime.person import Person
from assembler.runtime.reasons import Problem
from assembler.runtime.recognise import Getter

_OF_CALLERS = frozenset({Problem.UNKNOWN_NAME, Problem.TYPE})


class StrictContextReader(ContextReader):
    """Reads contexts, and raises `ContextError` for what is their caller's mistake."""

    def read(
        self, context: object, get: Getter, locale: object, served: str, moment: Moment, is_whole: bool = False
    ) -> Person:
        """Return what a reader that is not strict does, or raise."""
        person = super().read(context, get, locale, served, moment, is_whole)
        if wrong := tuple(_mistakes(person, self.known_names["signal"])):
            raise ContextError(wrong, self.known_names)
        return person


def _mistakes(person: Person, declared: tuple[str, ...]) -> Iterator[tuple[str, str | None, str]]:
    """Yield what is noted of a context and is its caller's mistake, as `ContextError` has it: names that nobody
    declared, and values of another type. `declared` are the signals."""
    for note in person.notes:
        if note.problem in _OF_CALLERS:
            yield note.kind, note.name, note.problem.value
    for name, problem in person.problems.items():
        if problem in _OF_CALLERS:
            yield "signal" if name in declared else "field", name, problem.value
