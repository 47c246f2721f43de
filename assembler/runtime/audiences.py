"""The first segment and the first stage of a person, at a cost that grows with the signals, not with the conditions.

The literals of all conditions cut the values of each signal into cells, and a condition is true in a union of boxes,
each some cells of some signals (`conditions.boxes`). Every box has a bit, first those of the segments, then those of
the stages; and every cell has a number with the bits of the boxes that admit it. The boxes that a person is in are the
bits common to the cells that the signals' values lie in, and the lowest bit of a list is the first of its audiences.
`truth` defines what a condition means; a property test holds the two together.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from typing import Any, Final

from assembler.conditions.boxes import TooLarge, boxes
from assembler.conditions.domains import Box, Domain, OrderedDomain, Space, UnorderedDomain
from assembler.conditions.evaluation import Value, first_match
from assembler.library.records import Audience, Literals, Signal

_MOST_PAIRS: Final = 2_000
"""Where more boxes have to be crossed with each other, all audiences are evaluated one by one."""

_CACHED: Final = 4096

Place = tuple[Callable[[Any], int | None], Sequence[float], list[int]]
"""Of a signal: what gives the boxes, as bits, that admit it at a literal, and where it is unknown (None); the cuts
between other values, none where these have no order; and the boxes that admit what lies between two cuts."""

UNTOLD: Final = -1
"""Boxes that were not looked up: every bit."""

_ANYWHERE: Final[Place] = (partial({None: UNTOLD}.get, None), (), [])
"""Of a signal that no condition reads: every box admits each value."""


class AudienceIndex:
    """Lists of audiences, each in order: the segments and the stages of a library.

    `cells` are those of every signal that a condition reads, with a number for each: between cells of one signal that
    have the same number, no condition tells a difference.
    """

    def __init__(self, signals: Mapping[str, Signal], *lists: tuple[Audience, ...]) -> None:
        self._lists = lists
        self._firsts = lru_cache(_CACHED)(self._owners_of)
        self._places: dict[str, Place] = {}
        self.every_box = UNTOLD
        space = Space(signals, [audience.condition for audience in chain.from_iterable(lists)])
        self.cells: dict[str, tuple[Domain, Sequence[int]]]
        self.cells = {domain.signal: (domain, range(domain.unknown + 1)) for domain in space.domains}
        try:
            owned = [[*_owned_boxes(audiences, space)] for audiences in lists]
        except TooLarge:
            return
        self._owners = [[owner for _, owner in boxes] for boxes in owned]
        every_box = [box for box, _ in chain.from_iterable(owned)]
        self.every_box = (1 << len(every_box)) - 1
        for number, domain in enumerate(space.domains):
            bits = _bits_by_cell([box[number] for box in every_box], domain.unknown + 1)
            self._places[domain.signal] = _place(domain, bits)
            self.cells[domain.signal] = domain, bits

    def place(self, signal: str) -> Place:
        """Return how to look up the boxes that admit a value of the signal; those common to all signals, and to
        `every_box`, are what `first` takes. A date's value is the days since it."""
        return self._places.get(signal, _ANYWHERE)

    def first(self, known: Mapping[str, Value], day: int, boxes: int = UNTOLD) -> tuple[str | None, ...]:
        """Return of each list the first audience, or None, whose condition is true.

        `known` has the known signals only; `day` is the ordinal of the UTC day; `boxes` are those that admit all of
        them, if they were looked up.
        """
        if self.every_box == UNTOLD:
            return tuple(first_match(audiences, known, day) for audiences in self._lists)
        return self._firsts(self._boxes(known, day) if boxes == UNTOLD else boxes)

    def _boxes(self, known: Mapping[str, Value], day: int) -> int:
        """The boxes that admit all that is known."""
        common = self.every_box
        for signal, (at_literal, cuts, between) in self._places.items():
            value: Any = known.get(signal)
            if type(value) is date:
                value = day - value.toordinal()
            bits = at_literal(value)
            common &= between[bisect(cuts, value)] if bits is None else bits
        return common

    def _owners_of(self, bits: int) -> tuple[str | None, ...]:
        """Of each list the owner of the first box among the bits."""
        firsts: list[str | None] = []
        for owners in self._owners:
            own = bits & ((1 << len(owners)) - 1)
            firsts.append(owners[(own & -own).bit_length() - 1] if own else None)
            bits >>= len(owners)
        return tuple(firsts)


def _place(domain: Domain, bits: list[int]) -> Place:
    """How to look up the boxes that admit a value of a signal, from those that admit each of its cells."""
    *known, unknown = bits
    if isinstance(domain, OrderedDomain):
        at_cuts: dict[Literals | None, int] = dict(zip(domain.cuts, known[1::2], strict=True))
        return (at_cuts | {None: unknown}).get, domain.cuts, known[::2]
    assert isinstance(domain, UnorderedDomain)
    by_value: dict[Literals | None, int] = {value: known[cell] for value, cell in domain.numbers.items()}
    other = known[-1] if len(known) > len(by_value) else 0
    return (by_value | {None: unknown}).get, (), [other]


def _owned_boxes(audiences: Iterable[Audience], space: Space) -> Iterator[tuple[Box, str]]:
    """The boxes of all audiences, each with the audience's id. Raises `TooLarge`."""
    for audience in audiences:
        for box in boxes(audience.condition, space, most_pairs=_MOST_PAIRS):
            yield box, audience.id


def _bits_by_cell(admitted: Sequence[int], cells: int) -> list[int]:
    """The boxes that admit each of so many cells, as bits; of each box there are the cells that it admits."""
    if not admitted:
        return [0] * cells
    rows = [f"{box:0{cells}b}" for box in reversed(admitted)]
    return [int("".join(column), 2) for column in zip(*rows, strict=True)][::-1]
