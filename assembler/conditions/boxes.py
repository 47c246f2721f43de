"""A rule as a union of boxes, and what such unions leave of a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from math import prod
from typing import Final

from assembler.conditions.domains import Box, Space, TooLarge
from assembler.library.records import Both, Condition, Either, Not

__all__ = ["MOST_BOXES", "boxes", "common", "largest", "outside", "size"]

MOST_BOXES: Final = 1_000
"""A rule that falls into more boxes is beyond the exact method."""

MOST_STEPS: Final = 10_000
"""So is a subtraction that takes more steps."""


def boxes(condition: Condition, space: Space, *, wanted: bool = True) -> list[Box]:
    """The boxes in which a rule is true, or false; no box lies in another. Raises `TooLarge`."""
    match condition:
        case Not():
            return boxes(condition.condition, space, wanted=not wanted)
        case Both() | Either():
            parts = [boxes(each, space, wanted=wanted) for each in condition.conditions]
            return (
                reduce(_crossed, parts)
                if isinstance(condition, Both) == wanted
                else largest(chain.from_iterable(parts))
            )
    box = space.where(condition, wanted)
    return [] if box is None else [box]


def common(first: Box, second: Box) -> Box | None:
    """What lies in both boxes, or None if nothing does."""
    box = tuple(a & b for a, b in zip(first, second, strict=True))
    return box if all(box) else None


def outside(box: Box, covers: Iterable[Box]) -> Box | None:
    """A box within `box` that no cover touches; None where they cover all of it. Raises `TooLarge`.

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
            part = common(piece, cover)
            if part == piece:
                break
            if part is not None:
                touching.append(part)
        else:
            if not touching:
                return piece
            left += ((rest, touching) for rest in _without(piece, max(touching, key=size)))
    raise TooLarge(f"it takes more than {MOST_STEPS:,} steps")


def _without(box: Box, part: Box) -> Iterator[Box]:
    """What a part leaves of a box, as boxes that do not meet; the largest comes last."""
    left = list(box)
    found: list[Box] = []
    signals = [index for index, cells in enumerate(box) if part[index] != cells]
    for index in sorted(signals, key=lambda index: part[index].bit_count() / box[index].bit_count()):
        left[index] = box[index] & ~part[index]
        found.append(tuple(left))
        left[index] = part[index]
    yield from reversed(found)


def size(box: Box) -> int:
    """In how many ways a person can be in a box, cell by cell."""
    return prod(map(int.bit_count, box))


def _crossed(first: Sequence[Box], second: Sequence[Box]) -> list[Box]:
    if len(first) * len(second) > MOST_BOXES * 100:
        raise TooLarge(f"it falls into more than {MOST_BOXES:,} boxes")
    crossed = (common(a, b) for a in first for b in second)
    return largest(box for box in crossed if box is not None)


def largest(found: Iterable[Box]) -> list[Box]:
    """The boxes that lie in no other. Raises `TooLarge`."""
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
