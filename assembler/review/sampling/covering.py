"""Rows that show every pair together: greedy first, then fewer of them by exchanging values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assembler.authoring.outcomes.possible_rows import Nodes, PossibleRows, Row, bits
from assembler.review.sampling.tabu_search import fewer_rows

_WIDTH = 24
_FEWEST = 4
_EFFORT = 2_400
_WEIGHT = 20
"""What a row shows weighs so much more than what it still could show."""

_Beginning = tuple[int, Row, int, int, int, Nodes]
"""The start of a row: rank (less is better), values, pairs it shows, pairs it could, values as bits, where it leads."""


def mask_of(row: Iterable[int]) -> int:
    """Return the values of a row, which are different, as bits."""
    return sum(1 << value for value in row)


def values_beside(rows: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return of every value of some rows the values (as bits, its own among them) that stand in a row with it."""
    beside: dict[int, int] = {}
    for row in rows:
        mask = mask_of(row)
        for value in row:
            beside[value] = beside.get(value, 0) | mask
    return beside


def cover(possible: PossibleRows, needed: Mapping[int, int]) -> list[Row]:
    """Return possible rows, as few as a quick search finds, in which all stands together that is needed.

    `needed` says of a value with which values (as bits, and symmetrically) it must stand in a row; with itself: that it
    must stand somewhere. All of it must be feasible, as `possible.partners()` says. The same arguments give the same
    rows on any machine.
    """
    rows = _Greedy(possible, needed).rows()
    return sorted(fewer_rows(possible, needed, rows))


class _Greedy:
    """Row after row, the one that shows most of what is not yet shown; of equals, the first."""

    def __init__(self, possible: PossibleRows, needed: Mapping[int, int]) -> None:
        self._possible = possible
        self._open = {value: mask for value, mask in sorted(needed.items()) if mask}
        self._slot_of = possible.slot_of()
        self._later = [
            mask_of(value for value, place in self._slot_of.items() if place > slot) for slot in range(possible.slots)
        ]
        self._width = max(_FEWEST, min(_WIDTH, _EFFORT // (len(self._slot_of) or 1)))

    def rows(self) -> list[Row]:
        rows = []
        while self._open:
            row = self._best(*self._hardest())
            mask = mask_of(row)
            for value in row:
                rest = self._open.pop(value, 0) & ~mask
                if rest:
                    self._open[value] = rest
            rows.append(row)
        return rows

    def _hardest(self) -> tuple[int, int]:
        """The value that lacks most, and of those that it lacks the one that lacks most."""

        def lacks(value: int) -> tuple[int, int]:
            return self._open[value].bit_count(), -value

        first = max(self._open, key=lacks)
        others = [value for value in bits(self._open[first]) if value != first] or [first]
        return first, max(others, key=lacks)

    def _best(self, first: int, second: int) -> Row:
        """The row with two values that shows most, among those that a beam of the best beginnings comes to."""
        wanted = {self._slot_of[value]: value for value in (first, second)}
        leading = self._possible.leading(wanted)
        nodes = tuple(node for node in self._possible.start if node in leading[0])
        beam: list[_Beginning] = [(0, (), 0, 0, 0, nodes)]
        for slot in range(self._possible.slots):
            ahead = leading[slot + 1] if slot + 1 < len(leading) else None
            beam = sorted(self._longer(beam, slot, wanted.get(slot), ahead))[: self._width]
        return beam[0][1]

    def _longer(
        self, beam: list[_Beginning], slot: int, want: int | None, ahead: frozenset[int] | None
    ) -> Iterable[_Beginning]:
        """Return every beginning with one more value, as far as it leads on through what is wanted."""
        for _, row, shows, could, mask, nodes in beam:
            for value, leads in self._possible.moves(slot, nodes).items():
                if want is not None and value != want:
                    continue
                next_ = leads if ahead is None else tuple(node for node in leads if node in ahead)
                if next_:
                    lacking, grown = self._open.get(value, 0), mask | 1 << value
                    now = (lacking & grown).bit_count()
                    still = could - now + (lacking & self._later[slot]).bit_count()
                    yield -_WEIGHT * (shows + now) - still, (*row, value), shows + now, still, grown, next_
