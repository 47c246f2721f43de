"""A condition as a union of boxes, and what such unions leave of a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from itertools import chain
from math import prod
from typing import Final

from assembler.conditions.domains import Box, Space
from assembler.library.records import And, Condition, Not, Or

MOST_BOXES: Final = 1_000
"""A condition that falls into more boxes is beyond the exact method."""

MOST_PAIRS: Final = 100 * MOST_BOXES
"""So is one for which more boxes are crossed with each other."""

MOST_STEPS: Final = 10_000
"""So is a subtraction that takes more steps."""


class TooLarge(Exception):
    """A condition is beyond the exact method; the text says which limit it goes beyond."""


def boxes(condition: Condition, space: Space, *, wanted: bool = True, most_pairs: int = MOST_PAIRS) -> list[Box]:
    """Return the boxes in which a condition is true, or false; no box lies in another.

    Raises `TooLarge` where there are more than `MOST_BOXES`, or more pairs of boxes have to be crossed at a time.
    """
    match condition:
        case Not():
            return boxes(condition.condition, space, wanted=not wanted, most_pairs=most_pairs)
        case And() | Or():
            parts = [boxes(part, space, wanted=wanted, most_pairs=most_pairs) for part in condition.conditions]
            if isinstance(condition, And) == wanted:
                return reduce(partial(_crossed, most_pairs=most_pairs), parts)
            return maximal(chain.from_iterable(parts))
    box = space.where(condition, wanted)
    return [] if box is None else [box]


def intersection(first: Box, second: Box) -> Box | None:
    """Return what lies in both boxes, or None if nothing does."""
    box = tuple(a & b for a, b in zip(first, second, strict=True))
    return box if all(box) else None


def uncovered(box: Box, covers: Iterable[Box]) -> Box | None:
    """Return a box within `box` that no cover touches; None where they cover all of it. Raises `TooLarge`.

    The largest cover is taken out first, and what it leaves, in boxes that do not meet, is searched one by one. It
    helps to give large covers first.
    """
    left: list[tuple[Box, Iterable[Box]]] = [(box, covers)] if all(box) else []
    for _ in range(MOST_STEPS):
        if not left:
            return None
        piece, around = left.pop()
        touching: list[Box] = []
        for cover in around:
            part = intersection(piece, cover)
            if part == piece:
                break
            if part is not None:
                touching.append(part)
        else:
            if not touching:
                return piece
            left += ((rest, touching) for rest in _without(piece, max(touching, key=size)))
    raise TooLarge(f"it takes more than {MOST_STEPS:,} steps")


def size(box: Box) -> int:
    """Return in how many ways a person can be in a box, cell by cell."""
    return prod(map(int.bit_count, box))


def maximal(boxes: Iterable[Box]) -> list[Box]:
    """Return the boxes that lie in no other. Raises `TooLarge` where they are more than `MOST_BOXES`."""
    unique = sorted(set(boxes), key=lambda box: (-sum(map(int.bit_count, box)), box))
    if len(unique) > MOST_BOXES:
        raise TooLarge(f"it falls into more than {MOST_BOXES:,} boxes")
    lasting: list[Box] = []
    for box in unique:
        if not any(_within(box, other) for other in lasting):
            lasting.append(box)
    return lasting


def _crossed(first: Sequence[Box], second: Sequence[Box], most_pairs: int) -> list[Box]:
    if len(first) * len(second) > most_pairs:
        raise TooLarge(f"it crosses more than {most_pairs:,} pairs of boxes")
    crossed = (intersection(a, b) for a in first for b in second)
    return maximal(box for box in crossed if box is not None)


def _without(box: Box, part: Box) -> Iterator[Box]:
    """What a part leaves of a box, as boxes that do not meet; the largest comes last."""
    rest = list(box)
    pieces: list[Box] = []
    signals = [index for index, cells in enumerate(box) if part[index] != cells]
    for index in sorted(signals, key=lambda index: part[index].bit_count() / box[index].bit_count()):
        rest[index] = box[index] & ~part[index]
        pieces.append(tuple(rest))
        rest[index] = part[index]
    yield from reversed(pieces)


def _within(box: Box, other: Box) -> bool:
    return not any(a & ~b for a, b in zip(box, other, strict=True))
