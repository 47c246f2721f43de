"""The values of each signal, cut into cells at the literals of conditions, with unknown as a cell of its own.

All values of a cell compare alike with every literal, so one of them stands for all. A set of cells is an integer that
has a bit for each of its cells. A box is a set of people: for each signal the cells that it admits.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from itertools import chain, pairwise
from operator import or_
from typing import Any, Final

from assembler.conditions.evaluation import Atom, Value, atoms
from assembler.library.records import Compare, Condition, Known, Literals, OneOf, Signal
from assembler.library.values import LARGEST, is_blank

Box = tuple[int, ...]
"""The cells that are admitted, as bits, signal by signal in the order of a `Space`."""

Number = int | float

_LONGEST: Final = 10_000
"""Longer texts are never known."""

_OPPOSITES: Final = {"!=": "==", ">=": "<", ">": "<="}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Domain(ABC):
    """The cells of one signal. The last one is unknown, with the number `unknown`.

    `known` are the other cells, as far as a value can lie in them; `values`, where it is worked out, has one that does
    for each, first those that make the plainest examples.
    """

    signal: str
    unknown: int
    known: int
    values: Mapping[int, Value] = field(default_factory=dict)

    @property
    def whole(self) -> int:
        """Every cell."""
        return self.known | 1 << self.unknown

    def where(self, atom: Atom, wanted: bool) -> int:
        """Return the cells in which an atom about this signal is true, or false."""
        match atom:
            case Known():
                return self.known if wanted else 1 << self.unknown
            case OneOf():
                matching = reduce(or_, (self._compared("==", value) for value in atom.values), 0)
            case Compare():
                matching = self._compared(_OPPOSITES.get(atom.operator, atom.operator), atom.value)
                wanted = wanted != (atom.operator in _OPPOSITES)
        return matching & self.known if wanted else self.known & ~matching

    @abstractmethod
    def _compared(self, operator: str, literal: Any) -> int:
        """The cells whose values compare so with a literal: `==`, `<` or `<=`."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class UnorderedDomain(Domain):
    """A signal of which values are only told apart: a cell for each of them, and for a text one for all others."""

    numbers: Mapping[Literals, int]

    @classmethod
    def of(cls, name: str, signal: Signal, literals: Iterable[Any]) -> UnorderedDomain:
        """Return the cells of a boolean, a choice or a text."""
        match signal.kind:
            case "boolean":
                values: Sequence[Literals] = (True, False)
            case "choice":
                values = tuple(dict.fromkeys(signal.values))
            case _:
                values = sorted(text for text in literals if not is_blank(text) and len(text) <= _LONGEST)
        count = len(values) + (signal.kind == "text")
        numbers = {value: number for number, value in enumerate(values)}
        return cls(signal=name, unknown=count, known=(1 << count) - 1, numbers=numbers)

    def possible(self) -> UnorderedDomain:
        """Return the same, with the values."""
        values: dict[int, Value] = {number: value for value, number in self.numbers.items()}
        if len(values) < self.unknown:
            other = "something else"
            while other in self.numbers:
                other += "!"
            values[len(values)] = other
        return replace(self, values=values)

    def _compared(self, operator: str, literal: Any) -> int:
        number = self.numbers.get(literal)
        return 0 if number is None else 1 << number


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class OrderedDomain(Domain):
    """A signal of which values have an order: numbers, and days since a date.

    Cell `2n + 1` is the nth of the `cuts`, the cells around it are what lies between two cuts.
    """

    cuts: Sequence[Number]

    @classmethod
    def of(cls, name: str, signal: Signal, literals: Iterable[Any]) -> OrderedDomain:
        """Return the cells of a number or a date: cut at the literals in the signal's range, and at its ends."""
        low = -math.inf if signal.low is None else signal.low
        high = math.inf if signal.high is None else signal.high
        cuts = sorted({cut for cut in (*literals, low, high) if low <= cut <= high and -math.inf < cut < math.inf})
        count = 2 * len(cuts) + 1
        return cls(signal=name, unknown=count, known=(1 << count) - 1, cuts=cuts)

    def possible(self, signal: Signal, today: int) -> OrderedDomain:
        """Return the same with the cells that hold a value of the signal, and the values; `today` is the ordinal of the
        day from which the days since a date are counted."""
        if signal.kind == "date":
            first, last = today - date.max.toordinal(), today - date.min.toordinal()
            days = {cell: int(number) for cell, number in self._numbers(first, last, is_whole=True)}
            past_first = sorted(days, key=lambda cell: days[cell] < 0)
            values: dict[int, Value] = {cell: date.fromordinal(today - days[cell]) for cell in past_first}
        else:
            low = -math.inf if signal.low is None else signal.low
            high = math.inf if signal.high is None else signal.high
            numbers = self._numbers(low, high, is_whole=signal.kind == "integer")
            values = {cell: number for cell, number in numbers if abs(number) <= LARGEST}
        return replace(self, known=sum(1 << cell for cell in values), values=values)

    def _numbers(self, low: Number, high: Number, *, is_whole: bool) -> Iterator[tuple[int, Number]]:
        """For each cell that holds a number from low to high, or a whole one, the cell and a number."""
        ends = (-math.inf, *self.cuts, math.inf)
        for position, (below, above) in enumerate(pairwise(ends)):
            if low <= below <= high and (number := _at(below, is_whole)) is not None:
                yield 2 * position - 1, number
            if below < high and above > low:
                around = -math.inf if below < low else below, math.inf if above > high else above
                number = _between(*around, is_whole)
                if number is not None and low <= number <= high:
                    yield 2 * position, number

    def _compared(self, operator: str, literal: Any) -> int:
        cell = bisect_left(self.cuts, literal) + bisect_right(self.cuts, literal)
        below, at = (1 << cell) - 1, (1 << cell) * (cell % 2)  # a literal that is no cut is out of the signal's range
        return {"==": at, "<": below, "<=": below | at}[operator]


class Space:
    """The signals that some conditions read, each with its domain."""

    def __init__(
        self, signals: Mapping[str, Signal], conditions: Iterable[Condition], today: int | None = None
    ) -> None:
        """`today` is the ordinal of the UTC day of a moment: with it, only cells that hold a value then count."""
        literals: dict[str, set[Literals]] = {}
        for atom in chain.from_iterable(map(atoms, conditions)):
            values = literals.setdefault(atom.signal, set())
            if not isinstance(atom, Known):
                values.update(atom.values if isinstance(atom, OneOf) else (atom.value,))
        self.domains = tuple(_domain(name, signals[name], values, today) for name, values in literals.items())
        self._index = {domain.signal: index for index, domain in enumerate(self.domains)}
        self.whole: Box = tuple(domain.whole for domain in self.domains)

    def domain(self, signal: str) -> Domain:
        """Return the domain of a signal that the conditions read."""
        return self.domains[self._index[signal]]

    def where(self, atom: Atom, wanted: bool) -> Box | None:
        """Return the people for whom an atom is true, or false; None where there is nobody."""
        index = self._index[atom.signal]
        cells = self.domains[index].where(atom, wanted)
        return (*self.whole[:index], cells, *self.whole[index + 1 :]) if cells else None

    def knowing(self, signals: Iterable[str]) -> Box:
        """Return the people of whom some signals are known. A signal that can never be known admits no cell."""
        names = frozenset(signals)
        return tuple(domain.known if domain.signal in names else domain.whole for domain in self.domains)


def _domain(name: str, signal: Signal, literals: Iterable[Literals], today: int | None) -> Domain:
    if signal.kind in ("boolean", "choice", "text"):
        choices = UnorderedDomain.of(name, signal, literals)
        return choices if today is None else choices.possible()
    scale = OrderedDomain.of(name, signal, literals)
    return scale if today is None else scale.possible(signal, today)


def _at(cut: Number, is_whole: bool) -> Number | None:
    if abs(cut) == math.inf or (is_whole and cut != math.floor(cut)):
        return None
    return math.floor(cut) if is_whole else cut


def _between(below: Number, above: Number, is_whole: bool) -> Number | None:
    """A number between two others, as round as there is one; None where there is none."""
    if below == -math.inf:
        return 0 if above == math.inf else math.ceil(above) - 1
    if math.floor(below) + 1 < above:
        return math.floor(below) + 1
    if is_whole or abs(below) > 2**53:  # beyond it there is no fraction between two whole numbers
        return None
    middle = below + (above - below) / 2
    rounded = (round(middle, digits) for digits in range(1, 18))
    return next((number for number in (*rounded, math.nextafter(below, math.inf)) if below < number < above), None)
