"""Before launch: what so many people can show, and how many it takes to show so much."""

from __future__ import annotations

import math
from typing import Final

from assembler.measure.statistics.intervals import sequence_width

POWER: Final = 0.8416
"""So many standard errors beyond what counts as an effect, an effect is found in 80 of 100 tests: the normal quantile
of 0.8."""


def detectable(people: int, *, share: float, deviation: float, level: float) -> float:
    """Return the least difference that is found in 80 of 100 tests once all people are in.

    `share` of them is treated; `deviation` is the standard deviation of a person's value; `level` is the chance of an
    effect where there is none. It is infinite where an arm would be empty.
    """
    if not people or not 0 < share < 1:
        return math.inf
    return (sequence_width(1, level) + POWER) * deviation * math.sqrt(1 / (people * share) + 1 / (people * (1 - share)))


def people_needed(difference: float, *, share: float, deviation: float, level: float) -> int | None:
    """Return how many people, of both arms, it takes to find a difference in 80 of 100 tests; None where an arm would
    be empty, or there is nothing to find."""
    if difference <= 0 or not 0 < share < 1:
        return None
    reach = (sequence_width(1, level) + POWER) * deviation / difference
    return math.ceil(reach * reach * (1 / share + 1 / (1 - share)))
