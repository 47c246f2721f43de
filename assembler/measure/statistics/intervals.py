"""How surely an effect is known: at one look that was planned, or at any number of looks.

The interval of one look is Welch's. That of any number of looks is the asymptotic confidence sequence of Waudby-Smith,
Arbour, Sinha, Kennedy and Ramdas (arXiv 2103.06476): with the chance 1 - a, it holds the truth at every look.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from scipy import stats

from assembler.measure.statistics.interval import Interval
from assembler.measure.statistics.samples import Effect, degrees_of

NARROWEST: Final = 7.936
"""The R for which the sequence is nearly narrowest when all the people that were planned are in, as published:
-2 ln a + ln(1 - 2 ln a) for a = 0.05. By Lambert's W it would be 8.212, and the width less by a thousandth."""


def welch_interval(effect: Effect, level: float) -> Interval:
    """Return the interval of the difference at one look, which misses the truth with the chance `level`."""
    half = _width(_errors(effect), level)
    return Interval(effect.difference - half, effect.difference + half)


def welch_p(effect: Effect) -> float:
    """Return the two-sided p of no difference, at one look."""
    if not effect.error:
        return 0.0 if effect.difference else 1.0
    score = abs(effect.difference) / math.sqrt(effect.error)
    return float(2 * stats.t.sf(score, degrees_of(_errors(effect))))


def welch_gain_p(effect: Effect) -> float:
    """Return the one-sided p of no gain, at one look."""
    two_sided = welch_p(effect)
    return two_sided / 2 if effect.difference > 0 else 1 - two_sided / 2


def relative_interval(effect: Effect, level: float) -> Interval | None:
    """Return the interval of the lift, as a share of control's mean, at one look; None where a mean is not positive.

    The logarithm of the ratio is taken for normal, with its variance by the delta method.
    """
    means = (effect.treated, effect.control)
    if min(mean.value for mean in means) <= 0:
        return None
    half = _width([(mean.error / mean.value**2, mean.degrees) for mean in means], level)
    centre = math.log(effect.treated.value / effect.control.value)
    return Interval(math.expm1(centre - half), math.expm1(centre + half))


def sequence_interval(effect: Effect, planned: int, level: float) -> Interval:
    """Return the interval of the difference at this and every other look; together they miss the truth with the chance
    `level`. It is narrowest, for its people, when `planned` people are in both arms."""
    half = sequence_width(effect.people / planned, level) * math.sqrt(effect.error)
    return Interval(effect.difference - half, effect.difference + half)


def sequence_p(effect: Effect, planned: int) -> float:
    """Return the p of no difference that holds at any look; the least of all looks holds as well."""
    if not effect.error:
        return 1.0 if not effect.difference else 0.0
    r = NARROWEST * effect.people / planned
    exponent = effect.difference**2 * r / (2 * effect.error * (r + 1))
    return min(1.0, math.exp(math.log(r + 1) / 2 - exponent))


def sequence_width(share: float, level: float) -> float:
    """Return how many standard errors the sequence reaches to either side once a `share` of those planned is in."""
    r = NARROWEST * share
    return math.sqrt(2 * (r + 1) / r * (math.log(r + 1) / 2 - math.log(level)))


def _errors(effect: Effect) -> Sequence[tuple[float, float]]:
    return [(mean.error, mean.degrees) for mean in (effect.treated, effect.control)]


def _width(errors: Sequence[tuple[float, float]], level: float) -> float:
    """How far the interval of one look reaches to either side, of a sum of variances with their degrees of freedom."""
    return float(stats.t.isf(level / 2, degrees_of(errors))) * math.sqrt(sum(error for error, _ in errors))
