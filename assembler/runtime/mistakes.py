"""What a caller did wrong, told apart from what is merely not known of a person."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.runtime.person import Person
from assembler.runtime.reasons import Problem

_OF_CALLERS = frozenset({Problem.UNKNOWN_NAME, Problem.TYPE})


def mistakes(person: Person, declared: tuple[str, ...]) -> Iterator[tuple[str, str | None, str]]:
    """Yield what is noted of a context and is its caller's mistake, as `ContextError` has it: names that nobody
    declared, and values of another type. `declared` are the signals."""
    for note in person.notes:
        if note.problem in _OF_CALLERS:
            yield note.kind, note.name, note.problem.value
    for name, problem in person.problems.items():
        if problem in _OF_CALLERS:
            yield "signal" if name in declared else "field", name, problem.value
