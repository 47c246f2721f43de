"""The first audience whose rule is true, at a cost that grows with the signals, not with the audiences.

The literals of all rules cut each signal's values into cells, in order, so that a value compares with a literal as their
cells do. A rule is then true in a union of boxes (some cells of each signal), and each cell of a signal knows, in one
integer, the boxes that admit it: their intersection over the signals holds the boxes that a person is in, and its lowest
bit is the first. `rules.truth` says what is meant; the two agree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from assembler.library.records import Among, Audience, Both, Compare, Either, Known, Literals, Not, Rule
from assembler.runtime.rules import Value, first_match, signals_of

__all__ = ["Audiences"]

Box = dict[str, int]
"""The cells of each signal that a box admits, as bits; a signal that is not named is free."""

_MOST_BOXES = 2_000


class _TooManyBoxes(Exception):
    """A rule multiplies out to more boxes than are worth it."""


class _Signal:
    """One signal's cells: an even number below the first literal, odd numbers on literals; the last cell is unknown."""

    def __init__(self, literals: set[Literals]) -> None:
        self.cuts = sorted(literals, key=lambda literal: (isinstance(literal, str), literal))
        self.unknown = 2 * len(self.cuts) + 1
        self.known = (1 << self.unknown) - 1
