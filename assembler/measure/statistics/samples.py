"""What is counted about the people of one arm, and of two arms that are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec


class ArmSample(msgspec.Struct, frozen=True, kw_only=True):
    """The people of one arm: how many they are, the mean and the variance (with n - 1) of their values, and how many of
    them have the event."""

    people: int
    mean: float = 0.0
    variance: float = 0.0
    events: int = 0

    @classmethod
    def of_sums(cls, *, people: int, events: int, total: float, squares: float) -> ArmSample:
        """Return what is counted of people whose values, and the squares of these, add up to so much."""
        mean = total / people
        variance = max(squares - people * mean * mean, 0.0) / (people - 1) if people > 1 else 0.0
        return cls(people=people, mean=mean, variance=variance, events=events)

    @property
    def error(self) -> float:
        """The variance of the mean."""
        return self.variance / self.people


class Stratum(NamedTuple):
    """People who were assigned alike: those who are treated, and those who are not."""

    treated: ArmSample
    control: ArmSample

    @property
    def can_compare(self) -> bool:
        """Whether there are people in both arms, and a variance in each."""
        return min(self.treated.people, self.control.people) > 1

    @property
    def weight(self) -> float:
        """What the stratum counts among others: n1 n0 / (n1 + n0), as precision is where variances are alike."""
        treated, control = self.treated.people, self.control.people
        return treated * control / (treated + control)


class Mean(msgspec.Struct, frozen=True, kw_only=True):
    """The mean of an arm over strata, and how many people it is of; its `error` is its variance, and `degrees` are the
    degrees of freedom of that, by Welch and Satterthwaite."""

    people: int
    value: float
    error: float
    degrees: float


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What treatment makes of people, over strata. `fewest_events` are in the arm that has fewer."""

    treated: Mean
    control: Mean
    fewest_events: int

    @property
    def people(self) -> int:
        """How many are in either arm."""
        return self.treated.people + self.control.people

    @property
    def difference(self) -> float:
        """What is gained by each treated person."""
        return self.treated.value - self.control.value

    @property
    def error(self) -> float:
        """The variance of the difference."""
        return self.treated.error + self.control.error


def effect(strata: Sequence[Stratum]) -> Effect | None:
    """Return the effect over strata, each by its weight; None where no stratum has two people in both arms.

    Within a stratum everybody was assigned with equal chances. Were people of different shares pooled, those who act
    more often anyway could be more of one arm, and show as an effect.
    """
    strata = [stratum for stratum in strata if stratum.can_compare]
    if not strata:
        return None
    whole = sum(stratum.weight for stratum in strata)
    shares = [stratum.weight / whole for stratum in strata]
    treated, control = zip(*strata, strict=True)
    return Effect(
        treated=_mean(shares, treated),
        control=_mean(shares, control),
        fewest_events=min(sum(sample.events for sample in arm) for arm in (treated, control)),
    )


def degrees_of(terms: Iterable[tuple[float, float]]) -> float:
    """Return the degrees of freedom of a sum of variances, of which each has its own (Welch and Satterthwaite); those
    of all together where nothing varies."""
    terms = list(terms)
    squares = sum(error * error / degrees for error, degrees in terms)
    whole = sum(error for error, _ in terms)
    return whole * whole / squares if squares else sum(degrees for _, degrees in terms)


def _mean(shares: Sequence[float], samples: Sequence[ArmSample]) -> Mean:
    """The mean of an arm, of which each stratum has a share."""
    weighted = list(zip(shares, samples, strict=True))
    terms = [(share * share * sample.error, sample.people - 1.0) for share, sample in weighted]
    return Mean(
        people=sum(sample.people for sample in samples),
        value=sum(share * sample.mean for share, sample in weighted),
        error=sum(error for error, _ in terms),
        degrees=degrees_of(terms),
    )
