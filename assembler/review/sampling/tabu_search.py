"""Fewer rows that show the same: take one away, and exchange values of the others until all is shown again.

This is the tabu search of K. J. Nurmela, "Upper bounds for covering arrays by tabu search", Discrete Applied
Mathematics 138 (2004). It takes a fixed number of steps from a fixed seed, so that it ends alike on any machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from assembler.authoring.outcomes.possible_rows import PossibleRows, Row, bits

_STEPS = 2_500
_STEPS_A_ROW = 60
_MOST_ROWS = 300
_MOST_TRIED = 24
_REST = (4, 9)
"""So many steps a place that was exchanged is left alone, from and to."""


def fewer_rows(possible: PossibleRows, needed: Mapping[int, int], rows: Sequence[Row]) -> list[Row]:
    """Return possible rows that show all that is needed and that the given ones show, and are no more than these."""
    best = list(rows)
    if len(rows) < 2 or len(rows) > _MOST_ROWS:
        return best
    search = _Search(possible, needed, rows)
    steps = min(_STEPS, _STEPS_A_ROW * len(rows))
    least = _least(needed, possible.slot_of())
    while len(best) > least:
        search.drop_the_idlest()
        steps = search.repair(steps)
        if steps == 0:
            break
        best = [tuple(row) for row in search.rows]
    return best


def _least(needed: Mapping[int, int], slot_of: Mapping[int, int]) -> int:
    """No fewer rows can do: as many as two slots have needed pairs."""
    counts = Counter((slot_of[value], slot_of[other]) for value, mask in needed.items() for other in bits(mask))
    return max(counts.values(), default=0)


class _Search:
    """Some rows, and what they lack: `_missing` and `_single` say of a value with which values (as bits), needed beside
    it, it stands in no row and in a single one."""

    def __init__(self, possible: PossibleRows, needed: Mapping[int, int], rows: Sequence[Row]) -> None:
        self.rows = [list(row) for row in rows]
        self._possible = possible
        self._slot_of = possible.slot_of()
        self._needed = {value: needed.get(value, 0) for value in sorted(self._slot_of)}
        self._missing = dict(self._needed)
        self._single = dict.fromkeys(self._needed, 0)
        self._count: dict[tuple[int, int], int] = {}
        self._masks = [sum(1 << value for value in row) for row in rows]
        self._random = Random(0)
        for row in rows:
            for slot, value in enumerate(row):
                self._stand(value, row[: slot + 1], 1)

    def drop_the_idlest(self) -> None:
        """Take away the row that alone shows least."""
        alone = [
            sum((self._single[value] & mask).bit_count() for value in row)
            for row, mask in zip(self.rows, self._masks, strict=True)
        ]
        number = alone.index(min(alone))
        row = self.rows.pop(number)
        self._masks.pop(number)
        for slot, value in enumerate(row):
            self._stand(value, row[: slot + 1], -1)

    def repair(self, steps: int) -> int:
        """Exchange values until nothing is missing, and return how many steps are left: 0 where something still is."""
        resting: dict[tuple[int, int], int] = {}
        while steps:
            lacking = [(value, other) for value, mask in self._missing.items() if mask for other in bits(mask)]
            if not lacking:
                return steps
            steps -= 1
            pair = lacking[self._random.randrange(len(lacking))]
            moves = sorted(self._exchanges(*pair, steps, resting))
            for _, _, number, value in moves[:_MOST_TRIED]:
                row, slot = self.rows[number], self._slot_of[value]
                if self._possible.holds([*row[:slot], value, *row[slot + 1 :]]):
                    self._exchange(number, value)
                    resting[number, slot] = steps - self._random.randint(*_REST)
                    break
        return 0

    def _exchanges(
        self, first: int, second: int, steps: int, resting: Mapping[tuple[int, int], int]
    ) -> Iterable[tuple[int, float, int, int]]:
        """Every exchange of a value that brings two together: what it costs less what it brings, chance, row, value."""
        for have, want in dict.fromkeys(((first, second), (second, first))):
            slot = self._slot_of[want]
            for number, mask in enumerate(self._masks):
                if (mask >> have & 1 or have == want) and resting.get((number, slot), steps) >= steps:
                    old = self.rows[number][slot]
                    costs = (self._single[old] & mask).bit_count()
                    brings = (self._missing[want] & (mask & ~(1 << old) | 1 << want)).bit_count()
                    yield costs - brings, self._random.random(), number, want

    def _exchange(self, number: int, value: int) -> None:
        row, slot = self.rows[number], self._slot_of[value]
        old, others = row[slot], row[:slot] + row[slot + 1 :]
        self._stand(old, [*others, old], -1)
        self._stand(value, [*others, value], 1)
        row[slot] = value
        self._masks[number] ^= 1 << old | 1 << value

    def _stand(self, value: int, others: Iterable[int], change: int) -> None:
        """A value comes to stand beside others (1), or does so no more (-1)."""
        for other in others:
            if not self._needed[value] >> other & 1:
                continue
            pair = (value, other) if value < other else (other, value)
            count = self._count[pair] = self._count.get(pair, 0) + change
            for one, two in ((value, other), (other, value)):
                self._missing[one] = self._missing[one] & ~(1 << two) | (count == 0) << two
                self._single[one] = self._single[one] & ~(1 << two) | (count == 1) << two
