"""The first segment and the first stage whose rule is true, at a cost that grows with the signals, not with the rules.

The literals of all rules cut the values of each signal into cells, in order, so that a value compares with a literal as
their cells do. A rule is then true in a union of boxes, each some cells of some signals; and every cell of a signal has
a number whose bits are the boxes that admit it. The boxes that a person is in are the bits common to their cells, and
the lowest bit is the first. Boxes of segments and stages share the bits. `truth` defines what a rule means; a property
test holds the two together.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from itertools import chain, product
from operator import or_
from typing import Any, Final

from assembler.conditions.evaluation import Value, atoms, first_match
from assembler.library.records import Among, Audience, Both, Compare, Condition, Either, Known, Literals, Not

__all__ = ["Audiences"]

Box = dict[str, int]
"""The cells that a box admits, as bits, by signal; a signal that is not named may be anything, or unknown."""

_MOST_BOXES: Final = 2_000
"""A rule that multiplies out to more makes all audiences be evaluated rule by rule."""

_CACHED: Final = 4096

_OPPOSITES: Final = {"!=": "==", ">=": "<", ">": "<="}


class _TooManyBoxes(Exception):
    pass


class _Cells:
    """The cells of one signal: literals have odd numbers, what lies between them even ones, unknown is the last."""

    def __init__(self, literals: Iterable[Any]) -> None:
        self.cuts: list[Any] = sorted(literals)  # of one kind: rules are type-checked
        self.unknown = 2 * len(self.cuts) + 1
        self.known = (1 << self.unknown) - 1
        self.all = self.known | 1 << self.unknown

    def compared(self, operator: str, literal: Literals) -> int:
        """The cells whose values compare so with the literal."""
        cell = 2 * bisect_left(self.cuts, literal) + 1
        below, here = (1 << cell) - 1, 1 << cell
        admitted = {"==": here, "<": below, "<=": below | here}
        if operator in admitted:
            return admitted[operator]
        return self.known ^ admitted[_OPPOSITES[operator]]


Column = tuple[str, int, dict[Any, int] | None, int, list[Any], list[int]]
"""The boxes that admit each cell of one signal, as bits: the signal; those of unknown; where order does not count,
those of each literal, and those of every other value; else the cuts to place a value among, and those of every cell."""


class Audiences:
    """Lists of audiences, each in order: the segments and the stages of a library."""

    def __init__(self, *lists: tuple[Audience, ...]) -> None:
        self._lists = lists
        self._cells = _cells_by_signal(chain.from_iterable(lists))
        self._firsts = lru_cache(_CACHED)(self._owners_of)
        self._columns: tuple[Column, ...] | None = None
        try:
            found = [self._listed(audiences) for audiences in lists]
        except _TooManyBoxes:
            return
        self._owners = [[owner for _, owner in boxes] for boxes in found]
        everything = [box for boxes in found for box, _ in boxes]
        self._all = (1 << len(everything)) - 1
        self._columns = tuple(
            _column(signal, cells, _transposed([box.get(signal, cells.all) for box in everything], cells))
            for signal, cells in self._cells.items()
        )

    def first(self, known: Mapping[str, Value], day: int) -> tuple[str | None, ...]:
        """Of each list the first audience whose rule is true for the known signals, on a UTC day (its ordinal)."""
        if self._columns is None:
            return tuple(first_match(audiences, known, day) for audiences in self._lists)
        common = self._all
        for signal, unknown, table, other, cuts, cells in self._columns:
            value: Any = known.get(signal)
            if value is None:
                common &= unknown
            elif table is not None:
                common &= table.get(value, other)
            else:
                if type(value) is date:
                    value = day - value.toordinal()
                common &= cells[bisect_left(cuts, value) + bisect_right(cuts, value)]
        return self._firsts(common)

    def _owners_of(self, bits: int) -> tuple[str | None, ...]:
        """Of each list the owner of the first box among the bits."""
        firsts: list[str | None] = []
        for owners in self._owners:
            own = bits & ((1 << len(owners)) - 1)
            firsts.append(owners[(own & -own).bit_length() - 1] if own else None)
            bits >>= len(owners)
        return tuple(firsts)

    def _listed(self, audiences: tuple[Audience, ...]) -> list[tuple[Box, str]]:
        return [(box, audience.id) for audience in audiences for box in self._boxes(audience.condition, True)]

    def _boxes(self, condition: Condition, wanted: bool) -> list[Box]:
        """The boxes in which the rule is what is wanted: true, or false."""
        match condition:
            case Not():
                return self._boxes(condition.condition, not wanted)
            case Both() | Either():
                parts = [self._boxes(each, wanted) for each in condition.conditions]
                return _crossed(parts) if isinstance(condition, Both) == wanted else list(chain.from_iterable(parts))
        cells = self._cells[condition.signal]
        match condition:
            case Known():
                admitted = cells.known if wanted else cells.all ^ cells.known
            case Compare():
                admitted = cells.compared(condition.operator, condition.value)
            case Among():
                admitted = reduce(or_, (cells.compared("==", value) for value in condition.values), 0)
        if not wanted and not isinstance(condition, Known):
            admitted ^= cells.known
        return [{condition.signal: admitted}] if admitted else []


def _cells_by_signal(audiences: Iterable[Audience]) -> dict[str, _Cells]:
    literals: dict[str, set[Literals]] = {}
    for atom in chain.from_iterable(atoms(audience.condition) for audience in audiences):
        here = literals.setdefault(atom.signal, set())
        if isinstance(atom, Compare):
            here.add(atom.value)
        elif isinstance(atom, Among):
            here.update(atom.values)
    return {signal: _Cells(values) for signal, values in literals.items()}


def _crossed(parts: Sequence[list[Box]]) -> list[Box]:
    """The boxes that lie in one box of every part."""
    if math.prod(map(len, parts)) > _MOST_BOXES:
        raise _TooManyBoxes
    return [box for boxes in product(*parts) if (box := _common(boxes)) is not None]


def _common(boxes: Iterable[Box]) -> Box | None:
    """What lies in all of the boxes, or None if nothing does."""
    common: Box = {}
    for signal, admitted in chain.from_iterable(box.items() for box in boxes):
        common[signal] = common.get(signal, admitted) & admitted
        if not common[signal]:
            return None
    return common


def _column(signal: str, cells: _Cells, bits: list[int]) -> Column:
    between = bits[0 : cells.unknown : 2]
    ordered = len(set(between)) > 1 or any(type(cut) not in (str, bool) for cut in cells.cuts)
    table = None if ordered else dict(zip(cells.cuts, bits[1 : cells.unknown : 2], strict=True))
    return signal, bits[cells.unknown], table, between[0], cells.cuts, bits


def _transposed(admitted: Sequence[int], cells: _Cells) -> list[int]:
    """For every cell the boxes that admit it, as bits."""
    if not admitted:
        return [0] * (cells.unknown + 1)
    rows = [f"{each:0{cells.unknown + 1}b}" for each in reversed(admitted)]
    return [int("".join(column), 2) for column in zip(*rows, strict=True)][::-1]
