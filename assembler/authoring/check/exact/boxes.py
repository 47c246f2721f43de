"""A rule as a union of boxes, and what such unions leave of a box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from typing import Final

from assembler.authoring.check.exact.domains import Box, Space, TooLarge
from assembler.library.records import Both, Either, Not, Rule

__all__ = ["MOST_BOXES", "boxes", "common", "outside"]

MOST_BOXES: Final = 1_000
"""A rule that falls into more boxes is beyond the exact method."""

MOST_STEPS: Final = 100_000
"""So is a subtraction that takes more steps."""


def boxes(rule: Rule, space: Space, *, wanted: bool = True) -> list[Box]:
    """The boxes in which a rule is true, or false; no box lies in another. Raises `TooLarge`."""
    match rule:
        case Not():
            return boxes(rule.rule, space, wanted=not wanted)
        case Both() | Either():
            parts = [boxes(each, space, wanted=wanted) for each in rule.rules]
            return reduce(_crossed, parts) if isinstance(rule, Both) == wanted else _largest(chain.from_iterable(parts))
    box = space.where(rule, wanted)
    return [] if box is None else [box]


def common(first: Box, second: Box) -> Box | None:
    """What lies in both boxes, or None if nothing does."""
    box = tuple(a & b for a, b in zip(first, second, strict=True))
    return box if all(box) else None


def outside(box: Box, covers: Iterable[Box]) -> Box | None:
    """A box within `box` that no cover touches; None where they cover all of it. Raises `TooLarge`.

    Signal by signal, the cells that the same covers admit are tried as one, and what was found to be covered is not
    tried again.
    """
    if not all(box):
        return None
    touching = [cover for cover in covers if common(box, cover)]
    return _Search(box, touching).found()


def _crossed(first: Sequence[Box], second: Sequence[Box]) -> list[Box]:
    if len(first) * len(second) > MOST_BOXES * 100:
        raise TooLarge(f"it falls into more than {MOST_BOXES:,} boxes")
    crossed = (common(a, b) for a in first for b in second)
    return _largest(box for box in crossed if box is not None)


def _largest(found: Iterable[Box]) -> list[Box]:
    """The boxes that lie in no other."""
    unique = sorted(set(found), key=lambda box: (-sum(map(int.bit_count, box)), box))
    if len(unique) > MOST_BOXES:
        raise TooLarge(f"it falls into more than {MOST_BOXES:,} boxes")
    kept: list[Box] = []
    for box in unique:
        if not any(_within(box, other) for other in kept):
            kept.append(box)
    return kept


def _within(box: Box, other: Box) -> bool:
    return not any(a & ~b for a, b in zip(box, other, strict=True))


class _Search:
    """The search for a part of a box that no cover touches. Sets of covers are bits."""

    def __init__(self, box: Box, covers: Sequence[Box]) -> None:
        self._box = box
        self._everyone = (1 << len(covers)) - 1
        self._columns = sorted(
            ((index, _column(cells, [cover[index] for cover in covers])) for index, cells in enumerate(box)),
            key=lambda column: len(column[1]),
        )
        # The covers that admit everything in the columns from here on.
        self._certain = [self._everyone]
        for _, column in reversed(self._columns):
            self._certain.append(reduce(int.__and__, column, self._certain[-1]))
        self._certain.reverse()
        self._covered: set[tuple[int, int]] = set()

    def found(self) -> Box | None:
        chosen = self._try(0, self._everyone)
        return None if chosen is None else tuple(chosen.get(index, cells) for index, cells in enumerate(self._box))

    def _try(self, depth: int, alive: int) -> dict[int, int] | None:
        """The cells to choose in the columns from `depth` on, to be outside of all covers that are still alive."""
        if not alive:
            return {}
        if alive & self._certain[depth] or (depth, alive) in self._covered:
            return None
        index, column = self._columns[depth]
        for admitting, cells in column.items():
            rest = self._try(depth + 1, alive & admitting)
            if rest is not None:
                return {index: cells, **rest}
        self._covered.add((depth, alive))
        if len(self._covered) > MOST_STEPS:
            raise TooLarge(f"it takes more than {MOST_STEPS:,} steps")
        return None


def _column(cells: int, masks: Sequence[int]) -> dict[int, int]:
    """The cells of one signal, grouped by the covers that admit them; those that fewest admit come first."""
    found: dict[int, int] = {}
    for cell in range(cells.bit_length()):
        if cells >> cell & 1:
            admitting = sum(1 << number for number, mask in enumerate(masks) if mask >> cell & 1)
            found[admitting] = found.get(admitting, 0) | 1 << cell
    return dict(sorted(found.items(), key=lambda group: (group[0].bit_count(), group[1] & -group[1])))
