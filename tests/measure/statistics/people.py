"""People of two arms, drawn by a seed, and what is counted of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assembler.measure.statistics.samples import ArmSample, Effect, Stratum, effect

Values = NDArray[np.float64]


def drawn(seed: int, people: int, rate: float, spend: float = 1.0) -> Values:
    """What so many people spend: nothing, but for a share of them."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random(people) < rate, rng.gamma(2.0, spend / 2, people), 0.0)


def sample(values: Values) -> ArmSample:
    """What is counted of the people of an arm."""
    return ArmSample(
        people=len(values),
        mean=float(values.mean()),
        variance=float(values.var(ddof=1)),
        events=int((values > 0).sum()),
    )


def effect_of(treated: Values, control: Values) -> Effect:
    """The effect in one stratum."""
    known = effect([Stratum(sample(treated), sample(control))])
    assert known is not None
    return known
