"""The oracle of plans: simple code that knows nothing of graphs, beams or digests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

Choice = tuple[int, int]
"""A slot and the number of one of its components."""

Constraints = Sequence[tuple[Choice, Choice]]


class Instance:
    """Slots with components; pairs of which the second excludes, or requires, the first."""

    def __init__(self, sizes: Sequence[int], excludes: Constraints, requires: Constraints) -> None:
        self.sizes = sizes
        self.excludes = excludes
        self.requires = requires


def valid(instance: Instance, row: Sequence[int]) -> bool:
    """Whether a row, or the beginning of one, keeps every constraint of the slots that it has."""
    held = {(slot, component) for slot, component in enumerate(row)}
    if any(one in held and two in held for one, two in instance.excludes):
        return False
    return not any(two in held and one not in held for one, two in instance.requires)


@cache
def feasible_pairs(instance: Instance) -> frozenset[tuple[Choice, Choice]]:
    """Every pair of choices that stands in some valid row."""
    choices = [(slot, component) for slot, size in enumerate(instance.sizes) for component in range(size)]
    return frozenset(
        (one, two)
        for one, two in combinations(choices, 2)
        if one[0] != two[0] and _completes(instance, [], {one[0]: one[1], two[0]: two[1]})
    )


def _completes(instance: Instance, row: list[int], fixed: Mapping[int, int]) -> bool:
    if not valid(instance, row):
        return False
    slot = len(row)
    if slot == len(instance.sizes):
        return True
    components = [fixed[slot]] if slot in fixed else range(instance.sizes[slot])
    return any(_completes(instance, [*row, component], fixed) for component in components)


def pairs_of(rows: Iterable[Sequence[int]]) -> set[tuple[Choice, Choice]]:
    """Every pair of choices that stands together in some row."""
    return {pair for row in rows for pair in combinations(list(enumerate(row)), 2)}
