"""What the conditions of segments, or of stages, amount to: decided, not sampled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from assembler.conditions.boxes import TooLarge, boxes, intersection, maximal, size, uncovered
from assembler.conditions.domains import Box, Space
from assembler.conditions.evaluation import atoms, signals_read
from assembler.library.records import Audience, Condition, Known, Signal

MOST_CELLS: Final = 2_000
"""A condition that compares a signal which is cut into more is beyond the exact method."""


Context = dict[str, object]
"""What is known of one person: a witness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """An audience that earlier ones take all of: their positions, and someone who matches its condition."""

    by: tuple[int, ...]
    witness: Context


class Analysis:
    """The conditions of audiences in their order, on the day that `today` is the ordinal of.

    `too_large` says of each audience that is beyond the exact method why; nothing else can be asked about it, and what
    it takes from later ones is not counted. Answers that take too many steps raise `TooLarge`.
    """

    def __init__(self, signals: Mapping[str, Signal], audiences: Sequence[Audience], today: int) -> None:
        self._signals = signals
        self._audiences = audiences
        self._space = Space(signals, (audience.condition for audience in audiences), today)
        self.too_large: dict[int, str] = {}
        self._true: dict[int, list[Box]] = {}
        self._taken_before: dict[int, list[Box]] = {}
        for position, audience in enumerate(audiences):
            try:
                self._true[position] = self._boxes(audience.condition)
            except TooLarge as limit:
                self.too_large[position] = str(limit)

    def within_limits(self) -> Iterable[int]:
        """Return the positions of the audiences that are within the exact method."""
        return self._true

    def never_true(self, position: int) -> Context | None:
        """Return, where the condition is never true, someone of whom everything that can be known is known."""
        if self._true[position]:
            return None
        return self._context(self._knowing(signals_read(self._audiences[position].condition)))

    def always_true(self, position: int) -> Context | None:
        """Return, where the condition is true of everyone of whom the signals that it compares are known, one of them.

        Signals that stand under `known()` may be known or not.
        """
        compared = _compared(self._audiences[position].condition)
        box = self._space.knowing(compared)
        if not all(box) or not self._true[position] or uncovered(box, self._true[position]) is not None:
            return None
        return self._context(self._knowing(compared))

    def unreachable(self, position: int) -> Unreachable | None:
        """Return what takes everyone who matches the condition, where earlier audiences do: as few as do it together.

        Raises `TooLarge`.
        """
        own = self._true[position]
        earlier = [other for other in self._true if other < position and self._meet(other, position)]
        if not own or not self._cover(earlier, own):
            return None
        for dropped in reversed(earlier):
            fewer = [other for other in earlier if other != dropped]
            if self._cover(fewer, own):
                earlier = fewer
        return Unreachable(by=tuple(earlier), witness=self._context(own[0]))

    def overlap(self, first: int, second: int) -> Context | None:
        """Return someone who matches two conditions; if there is one, someone whom no audience before the first takes.

        Raises `TooLarge`.
        """
        pairs = ((a, b) for a in self._true[first] for b in self._true[second])
        overlap = maximal(box for pair in pairs if (box := intersection(*pair)) is not None)
        for box in overlap:
            rest = uncovered(box, self._before(first))
            if rest is not None:
                return self._context(rest)
        return self._context(overlap[0]) if overlap else None

    def _boxes(self, condition: Condition) -> list[Box]:
        for atom in atoms(condition):
            if not isinstance(atom, Known) and self._space.domain(atom.signal).known.bit_count() > MOST_CELLS:
                raise TooLarge(f"the conditions of all divide {atom.signal} into more than {MOST_CELLS:,} ranges")
        return boxes(condition, self._space)

    def _before(self, position: int) -> list[Box]:
        """What earlier audiences take, large boxes first."""
        if position not in self._taken_before:
            earlier = chain.from_iterable(boxes for other, boxes in self._true.items() if other < position)
            self._taken_before[position] = sorted(earlier, key=size, reverse=True)
        return self._taken_before[position]

    def _meet(self, first: int, second: int) -> bool:
        return any(intersection(a, b) for a in self._true[first] for b in self._true[second])

    def _cover(self, positions: Iterable[int], own: Iterable[Box]) -> bool:
        covers = list(chain.from_iterable(self._true[position] for position in positions))
        return all(uncovered(box, covers) is None for box in own)

    def _knowing(self, signals: Iterable[str]) -> Box:
        box = self._space.knowing(signals)
        return tuple(cells or whole for cells, whole in zip(box, self._space.whole, strict=True))

    def _context(self, box: Box) -> Context:
        """One person who is in a box: each signal has the value that makes the plainest example. Signals that may be
        anything are left out, and those that must be unknown."""
        known: dict[str, object] = {}
        for cells, domain in zip(box, self._space.domains, strict=True):
            value = next((value for cell, value in domain.values.items() if cells >> cell & 1), None)
            if cells != domain.whole and value is not None:
                known[domain.signal] = value.isoformat() if isinstance(value, date) else value
        purposes = sorted({purpose for name in known if (purpose := self._signals[name].consent) is not None})
        return {**({"consent": purposes} if purposes else {}), "signals": known}


def json_of(context: Context) -> str:
    """Return the context as JSON on one line."""
    return json.dumps(context, ensure_ascii=False)


def _compared(condition: Condition) -> frozenset[str]:
    """The signals that a condition compares, less those that it asks `known()` about."""
    asked = {atom.signal for atom in atoms(condition) if isinstance(atom, Known)}
    return frozenset(signals_read(condition)) - asked
