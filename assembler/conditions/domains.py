"""The values of each signal, cut into cells at the literals of the rules, with unknown as a cell of its own.

All values of a cell compare alike with every literal, so one of them stands for all. A box is a set of people: for each
signal, as bits, the cells that it admits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import Final

from assembler.conditions.evaluation import Value, atoms, truth
from assembler.library.records import Among, Compare, Condition, Known, Literals, Signal
from assembler.library.values import LARGEST, is_blank

__all__ = ["Box", "Domain", "Space", "TooLarge"]

Box = tuple[int, ...]
"""The cells that are admitted, as bits, signal by signal in the order of a `Space`."""

Number = int | float

MOST_CELLS: Final = 2_000
"""A signal that is cut into more is beyond the exact method."""

_LONGEST: Final = 10_000
"""Longer texts are never known."""


class TooLarge(Exception):
    """A formula is beyond the exact method; the text says which limit it goes beyond."""


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """One signal: a value for each cell of known ones. The cell after them is unknown."""

    signal: str
    values: tuple[Value, ...]

    @property
    def known(self) -> int:
        """Every cell of known values."""
        return (1 << len(self.values)) - 1

    @property
    def whole(self) -> int:
        """Every cell."""
        return (2 << len(self.values)) - 1

    def where(self, atom: Compare | Among | Known, wanted: bool, today: int) -> int:
        """The cells in which an atom about this signal is true, or false."""
        if isinstance(atom, Known):
            return self.known if wanted else self.whole ^ self.known
        if len(self.values) > MOST_CELLS:
            raise TooLarge(f"{self.signal} is compared with more than {MOST_CELLS:,} values")
        results = (truth(atom, {self.signal: value}, today) for value in self.values)
        return sum(1 << cell for cell, result in enumerate(results) if result is wanted)


class Space:
    """The signals that some rules read, each with its domain. `today` is the ordinal of the UTC day of a moment."""

    def __init__(self, signals: Mapping[str, Signal], conditions: Iterable[Condition], today: int) -> None:
        self.today = today
        literals: dict[str, set[Literals]] = {}
        for atom in chain.from_iterable(map(atoms, conditions)):
            literals.setdefault(atom.signal, set()).update(_literals(atom))
        self.domains = tuple(
            Domain(name, tuple(_values(signals[name], found, today))) for name, found in literals.items()
        )
        self._index = {domain.signal: index for index, domain in enumerate(self.domains)}
        self.whole: Box = tuple(domain.whole for domain in self.domains)

    def where(self, atom: Compare | Among | Known, wanted: bool) -> Box | None:
        """The people for whom an atom is true, or false; None where there is nobody."""
        index = self._index[atom.signal]
        mask = self.domains[index].where(atom, wanted, self.today)
        return (*self.whole[:index], mask, *self.whole[index + 1 :]) if mask else None

    def knowing(self, signals: Iterable[str]) -> Box:
        """The people of whom some signals are known. A signal that can never be known admits no cell."""
        names = frozenset(signals)
        return tuple(each.known if each.signal in names else each.whole for each in self.domains)


def _literals(atom: Compare | Among | Known) -> Sequence[Literals]:
    match atom:
        case Compare():
            return (atom.value,)
        case Among():
            return atom.values
        case Known():
            return ()


def _values(signal: Signal, literals: set[Literals], today: int) -> Iterator[Value]:
    """A value for each cell that some value of the signal lies in."""
    numbers = [each for each in literals if isinstance(each, int | float)]
    match signal.kind:
        case "boolean":
            yield from (True, False)
        case "choice":
            yield from dict.fromkeys(signal.values)
        case "text":
            yield from _texts(sorted(each for each in literals if isinstance(each, str)))
        case "date":
            yield from (date.fromordinal(today - days) for days in _days(numbers, today))
        case _:
            yield from _cells(numbers, signal.low, signal.high, whole=signal.kind == "integer")


def _texts(literals: list[str]) -> Iterator[str]:
    yield from (each for each in literals if not is_blank(each) and len(each) <= _LONGEST)
    other = "something else"
    while other in literals:
        other += "!"
    yield other


def _days(literals: Iterable[Number], today: int) -> list[int]:
    """Whole days since a date of the calendar, those that lie ahead last."""
    first, last = today - date.max.toordinal(), today - date.min.toordinal()
    days = _cells((each for each in literals if first <= each <= last), None, None, whole=True)
    return sorted((int(each) for each in days if first <= each <= last), key=lambda each: (each < 0, each))


def _cells(literals: Iterable[Number], low: Number | None, high: Number | None, *, whole: bool) -> Iterator[Number]:
    """A number for each cell between two bounds (inclusive), in order; only whole numbers where `whole`."""
    bottom = -math.inf if low is None else low
    top = math.inf if high is None else high
    cuts = sorted({each for each in (*literals, bottom, top) if bottom <= each <= top and math.isfinite(each)})
    edges = [*([-math.inf] if math.isinf(bottom) else []), *cuts, *([math.inf] if math.isinf(top) else [])]
    found: list[Number | None] = [_at(edges[0], whole)] if edges else []
    for below, above in pairwise(edges):
        found += [_between(below, above, whole), _at(above, whole)]
    yield from (each for each in found if each is not None and abs(each) <= LARGEST)


def _at(cut: Number, whole: bool) -> Number | None:
    if math.isinf(cut) or (whole and cut != math.floor(cut)):
        return None
    return math.floor(cut) if whole else cut


def _between(below: Number, above: Number, whole: bool) -> Number | None:
    """A number between two others, as round as there is one; None where there is none."""
    if math.isinf(below):
        return 0 if math.isinf(above) else math.ceil(above) - 1
    if math.floor(below) + 1 < above:
        return math.floor(below) + 1
    if whole or abs(below) > 2**53:  # beyond it there is no fraction between two whole numbers
        return None
    middle = below + (above - below) / 2
    rounded = (round(middle, digits) for digits in range(1, 18))
    return next((each for each in (*rounded, math.nextafter(below, math.inf)) if below < each < above), None)
