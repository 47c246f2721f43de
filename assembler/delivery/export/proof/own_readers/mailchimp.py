"""Conditional merge tags as Mailchimp documents them: mailchimp.com/help/use-conditional-merge-tag-blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assembler.delivery.export.proof.engine import EngineError, Person

_TAG = re.compile(r"\*\|([A-Z0-9_]+(?::[^|*]*)?)\|\*")


class MailchimpReader:
    """Reads IF, ELSEIF, ELSE and END:IF, nested, and values."""

    @property
    def name(self) -> str:
        return "self"

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        pieces = _TAG.split(template)
        return ["".join(_MergeTagReading(pieces, person)) for person in people]


class _MergeTagReading:
    """One reading of a template for a person. `open` has of each condition around: whether it is written now, whether a
    branch of it was, and whether it has come to its ELSE."""

    def __init__(self, pieces: Sequence[str], person: Person) -> None:
        self._pieces = pieces
        self._person = {name: "" if value is None else str(value) for name, value in person.items()}
        self._open: list[list[bool]] = []

    def __iter__(self) -> Iterator[str]:
        for number, piece in enumerate(self._pieces):
            written = self._tag(*piece.partition(":")[::2]) if number % 2 else piece
            if all(now for now, _, _ in self._open):
                yield written
        if self._open:
            raise EngineError(f"{len(self._open)} conditions have no END:IF")

    def _tag(self, name: str, rest: str) -> str:
        match name:
            case "IF":
                holds = self._holds(rest)
                self._open.append([holds, holds, False])
            case "ELSEIF" | "ELSE":
                self._branch(name, rest)
            case "END" if rest == "IF" and self._open:
                self._open.pop()
            case "END":
                raise EngineError("an END without IF")
            case _:
                return self._person.get(name, "")
        return ""

    def _branch(self, name: str, rest: str) -> None:
        if not self._open or self._open[-1][2]:
            raise EngineError(f"{name} without IF")
        _, taken, _ = self._open[-1]
        now = not taken and (name == "ELSE" or self._holds(rest))
        self._open[-1] = [now, taken or now, name == "ELSE"]

    def _holds(self, condition: str) -> bool:
        name, compares, value = condition.partition("=")
        held = self._person.get(name, "")
        return held == value if compares else bool(held)
