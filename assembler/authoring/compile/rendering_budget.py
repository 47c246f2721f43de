"""What one rendering of a template may cost, counted in steps: the same template always ends at the same place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinja2 import TemplateError

from assembler.authoring.compile.template_records import TemplateRecord
from assembler.authoring.failures import LimitExceeded
from assembler.authoring.load.strict_yaml import MOST_NUMBER

MOST_STEPS: Final = 20_000
"""Steps of one rendering: some hundredths of a second. The starter's largest layout takes less than 500."""

CHARACTERS_IN_A_STEP: Final = 50
"""Characters that are handled in a step."""

MOST_CHARACTERS: Final = 256 * 1024
"""Characters of a value, and of what a template writes: as many as a file may have bytes."""

MOST_CALLS: Final = 20
"""Calls of macros, slots and blocks that stand in each other."""

MOST_INCLUDES: Final = 10
"""Templates that are included, imported or extended within each other."""

MOST_SLOT_CALLS: Final = 120
"""Calls of slots in one part: the layout is rendered once for each of them and each component that it can hold."""

TOO_LONG: Final = f"a template that takes more than {MOST_STEPS:,} steps"
TOO_GREAT: Final = f"a number beyond {MOST_NUMBER:,}"


class BudgetExceeded(TemplateError, LimitExceeded):
    """A template that would go on for too long, or make something too large."""


class Budget:
    """What is left to one rendering."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS
        self._calls = 0

    def spend(self, steps: int) -> None:
        """Take some steps. Raises `BudgetExceeded` where there are no more."""
        self._steps -= steps
        if self._steps < 0:
            raise BudgetExceeded(TOO_LONG)

    def write(self, value: object) -> None:
        """Take what it costs to write a value. Raises `BudgetExceeded`."""
        self._characters -= self.handle(value)
        if self._characters < 0:
            raise BudgetExceeded(f"a template that writes more than {MOST_CHARACTERS:,} characters")

    def handle(self, value: object) -> int:
        """Take what looking at all of a value costs; return its characters, counted as often as they stand in it."""
        length, open_ = 0, [value]
        while open_:
            part = open_.pop()
            self.spend(1)
            if isinstance(part, str):
                length += len(part)
                self.spend(len(part) // CHARACTERS_IN_A_STEP)
            elif isinstance(part, list | tuple):
                self.spend(len(part))
                open_ += part
            elif isinstance(part, Mapping | TemplateRecord):
                open_ += (part for pair in part.items() for part in pair)
            elif not representable(part):
                raise BudgetExceeded(TOO_GREAT)
        if length > MOST_CHARACTERS:
            raise BudgetExceeded(f"a value of more than {MOST_CHARACTERS:,} characters")
        return length

    def enter(self) -> None:
        """Begin a call. Raises `BudgetExceeded` where too many stand in each other."""
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise BudgetExceeded(f"more than {MOST_CALLS} calls of macros within each other")

    def leave(self) -> None:
        """End a call."""
        self._calls -= 1


def representable(value: object) -> bool:
    """Whether a value is no number, or one that templates may compute with."""
    return not isinstance(value, int | float) or abs(value) <= MOST_NUMBER
