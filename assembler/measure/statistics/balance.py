"""Whether people came into the arms as they were meant to: a sample ratio mismatch means that a figure is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from scipy import stats

MISMATCH: Final = 0.001
"""Below this p the ratio is a mismatch (Fabijan and others, Diagnosing ArmSample Ratio Mismatch, KDD 2019)."""


class Arms(NamedTuple):
    """How many people are in each arm, and which share of all was meant for each."""

    people: Sequence[int]
    shares: Sequence[float]


def mismatch_p(strata: Iterable[Arms]) -> float:
    """Return the p of the people of all strata being in their arms by the shares alone (chi-square); 1 of nobody."""
    statistic, degrees = 0.0, 0
    for people, shares in strata:
        everybody, whole = sum(people), sum(shares)
        if not everybody:
            continue
        expected = [everybody * share / whole for share in shares]
        statistic += sum((count - mean) ** 2 / mean for count, mean in zip(people, expected, strict=True))
        degrees += len(people) - 1
    return float(stats.chi2.sf(statistic, degrees)) if degrees else 1.0
