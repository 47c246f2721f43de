"""What the rules of segments, or of stages, amount to: decided, not sampled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from assembler.conditions.boxes import boxes, common, largest, outside, size
from assembler.conditions.domains import Box, Space, TooLarge
from assembler.conditions.evaluation import atoms
from assembler.conditions.witness import Context, context_in
from assembler.library.records import Audience, Condition, Known, Signal

__all__ = ["Analysis", "Taken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An audience that earlier ones take all of: their positions, and someone who matches its rule."""

    by: tuple[int, ...]
    witness: Context


class Analysis:
    """The rules of audiences in their order, on the day that `today` is the ordinal of.

    `too_large` says of each audience that is beyond the exact method why; nothing else can be asked about it, and what
    it takes from later ones is not counted. Answers that take too many steps raise `TooLarge`.
    """

    def __init__(self, signals: Mapping[str, Signal], audiences: Sequence[Audience], today: int) -> None:
        self._signals = signals
        self._audiences = audiences
        self._space = Space(signals, (each.condition for each in audiences), today)
        self.too_large: dict[int, str] = {}
        self._true: dict[int, list[Box]] = {}
        self._taken_before: dict[int, list[Box]] = {}
        for position, audience in enumerate(audiences):
            try:
                self._true[position] = boxes(audience.condition, self._space)
            except TooLarge as limit:
                self.too_large[position] = str(limit)

    def judged(self) -> Iterable[int]:
        """The positions of the audiences that are within the exact method."""
        return self._true

    def never(self, position: int) -> Context | None:
        """Where the rule is never true: someone of whom everything that can be known is known."""
        if self._true[position]:
            return None
        return self._context(self._knowing(_read(self._audiences[position].condition)))

    def always(self, position: int) -> Context | None:
        """Where the rule is true of everyone of whom the signals that it compares are known: one of them.

        Signals that stand under `known()` may be known or not.
        """
        condition = self._audiences[position].condition
        box = self._space.knowing(_compared(condition))
        if not all(box) or not self._true[position] or outside(box, self._true[position]) is not None:
            return None
        return self._context(self._knowing(_compared(condition)))

    def taken(self, position: int) -> Taken | None:
        """Where earlier audiences take everyone who matches the rule: as few of them as do it together."""
        own = self._true[position]
        earlier = [each for each in self._true if each < position and self._meet(each, position)]
        if not own or not self._cover(earlier, own):
            return None
        for each in reversed(earlier):
            fewer = [other for other in earlier if other != each]
            if self._cover(fewer, own):
                earlier = fewer
        return Taken(by=tuple(earlier), witness=self._context(own[0]))

    def both(self, first: int, second: int) -> Context | None:
        """Someone who matches two rules; if there is one, someone whom no audience before the first takes."""
        pairs = ((a, b) for a in self._true[first] for b in self._true[second])
        overlap = largest(box for pair in pairs if (box := common(*pair)) is not None)
        for box in overlap:
            left = outside(box, self._before(first))
            if left is not None:
                return self._context(left)
        return self._context(overlap[0]) if overlap else None

    def _before(self, position: int) -> list[Box]:
        """What earlier audiences take, large boxes first."""
        if position not in self._taken_before:
            earlier = chain.from_iterable(self._true[each] for each in self._true if each < position)
            self._taken_before[position] = sorted(earlier, key=size, reverse=True)
        return self._taken_before[position]

    def _meet(self, first: int, second: int) -> bool:
        return any(common(a, b) for a in self._true[first] for b in self._true[second])

    def _cover(self, positions: Iterable[int], own: Iterable[Box]) -> bool:
        """Whether audiences take all of some boxes."""
        covers = list(chain.from_iterable(self._true[each] for each in positions))
        return all(outside(box, covers) is None for box in own)

    def _knowing(self, signals: Iterable[str]) -> Box:
        box = self._space.knowing(signals)
        return tuple(cells or whole for cells, whole in zip(box, self._space.whole, strict=True))

    def _context(self, box: Box) -> Context:
        return context_in(box, self._space, self._signals)


def _read(condition: Condition) -> frozenset[str]:
    return frozenset(atom.signal for atom in atoms(condition))


def _compared(condition: Condition) -> frozenset[str]:
    """The signals that a rule compares, less those that it asks `known()` about."""
    return _read(condition) - {atom.signal for atom in atoms(condition) if isinstance(atom, Known)}
