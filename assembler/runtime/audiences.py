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
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from assembler.conditions.boxes import TooLarge, boxes
from assembler.conditions.domains import Box, Domain, OrderedDomain, Space, UnorderedDomain
from assembler.conditions.evaluation import Value, first_match
from assembler.library.records import Audience, Literals, Signal

_MOST_PAIRS: Final = 2_000
"""Where more boxes have to be crossed with each other, all audiences are evaluated one by one."""

_CACHED: Final = 4096

_SignalBits = tuple[str, dict[Literals | None, int], Sequence[float], list[int]]
"""Of a signal: its name; the boxes, as bits, that admit it at each literal, and where it is unknown (None); the cuts
between other values, none where these have no order; and the boxes that admit what lies between two cuts."""


class AudienceIndex:
    """Lists of audiences, each in order: the segments and the stages of a library."""

    def __init__(self, signals: Mapping[str, Signal], *lists: tuple[Audience, ...]) -> None:
        self._lists = lists
        self._firsts = lru_cache(_CACHED)(self._owners_of)
        self._signals: list[_SignalBits] = []
        space = Space(signals, [audience.condition for audience in chain.from_iterable(lists)])
        try:
            owned = [[*_owned_boxes(audiences, space)] for audiences in lists]
        except TooLarge:
            self._is_indexed = False
            return
        self._is_indexed = True
        self._owners = [[owner for _, owner in boxes] for boxes in owned]
        every_box = [box for box, _ in chain.from_iterable(owned)]
        self._all = (1 << len(every_box)) - 1
        for number, domain in enumerate(space.domains):
            self._add(domain, _bits_by_cell([box[number] for box in every_box], domain.unknown + 1))

    def _add(self, domain: Domain, bits: list[int]) -> None:
        """Add a signal, with the boxes that admit each of its cells."""
        *known, unknown = bits
        match domain:
            case UnorderedDomain():
                by_value: dict[Literals | None, int] = {value: known[cell] for value, cell in domain.numbers.items()}
                other = known[-1] if len(known) > len(by_value) else 0
                self._signals.append((domain.signal, by_value | {None: unknown}, (), [other]))
            case OrderedDomain():
                at_cuts: dict[Literals | None, int] = dict(zip(domain.cuts, known[1::2], strict=True))
                self._signals.append((domain.signal, at_cuts | {None: unknown}, domain.cuts, known[::2]))

    def first(self, known: Mapping[str, Value], day: int) -> tuple[str | None, ...]:
        """Return of each list the first audience, or None, whose condition is true.

        `known` has the known signals only; `day` is the ordinal of the UTC day.
        """
        if not self._is_indexed:
            return tuple(first_match(audiences, known, day) for audiences in self._lists)
        common = self._all
        get: Callable[[str], Any] = known.get
        for signal, at_literals, cuts, between in self._signals:
            value = get(signal)
            if type(value) is date:
                value = day - value.toordinal()
            bits = at_literals.get(value)
            common &= between[bisect(cuts, value)] if bits is None else bits
        return self._firsts(common)

    def _owners_of(self, bits: int) -> tuple[str | None, ...]:
        """Of each list the owner of the first box among the bits."""
        firsts: list[str | None] = []
        for owners in self._owners:
            own = bits & ((1 << len(owners)) - 1)
            firsts.append(owners[(own & -own).bit_length() - 1] if own else None)
            bits >>= len(owners)
        return tuple(firsts)


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
