"""How often the rules of `assembler.measure` are wrong: programmes of eight components, each looked at twenty times.

    python -m benchmarks.measuring [--runs 2000]

prints a row for each outcome, share and effect: in how many programmes something was kept that does nothing, or was
retired though it was worth the minimum; and the lift that is shown for what was kept, as a multiple of the true one: at
the verdict, and of people who came after it. Everything is drawn from one seed. Spend is drawn from what customers
spent (`benchmarks.customers`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import chain, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assembler.measure.power import people_needed
from assembler.measure.statistics.samples import ArmSample, Stratum, effect
from assembler.measure.verdict import Verdict
from assembler.measure.verdicts import LEVEL, judged
from benchmarks.customers import customers_file, spent

COMPONENTS = 8
LOOKS = 20
_SEED = 20_261_201

Floats = NDArray[np.float64]


class Outcome(NamedTuple):
    """How many people have an event, what each of these is worth, and the lift that is worth having."""

    name: str
    rate: float
    values: Floats
    minimum_lift: float

    @property
    def mean(self) -> float:
        return float(self.rate * self.values.mean())

    @property
    def deviation(self) -> float:
        return float(np.sqrt(self.rate * (self.values**2).mean() - self.mean**2))


class Totals(NamedTuple):
    """Of the people who came between two looks, by component and look: how many have the event, and sums of values."""

    events: Floats
    values: Floats
    squares: Floats


class Wrong(NamedTuple):
    """What came of many programmes: in how many one was kept or retired, of how many components each was, and lifts."""

    any_kept: float
    kept: float
    retired: float
    shown: float
    fresh: float


def programmes(outcome: Outcome, *, share: float, lift: float, runs: int, rng: np.random.Generator) -> Wrong:
    """Judge programmes of components with a true lift, of whose people a share is treated."""
    needed = people_needed(
        outcome.minimum_lift * outcome.mean, share=share, deviation=outcome.deviation, level=LEVEL / COMPONENTS
    )
    assert needed is not None
    people = [round(needed * part / LOOKS) for part in (share, 1 - share)]
    lasts = [_programme(outcome, people, lift, rng) for _ in range(runs)]
    verdicts = np.array([[one.verdict for one in last] for last in lasts])
    kept = [one for one in chain.from_iterable(lasts) if one.verdict is Verdict.KEEP]
    return Wrong(
        any_kept=float((verdicts == Verdict.KEEP).any(axis=1).mean()),
        kept=float((verdicts == Verdict.KEEP).mean()),
        retired=float((verdicts == Verdict.RETIRE).mean()),
        shown=_times([one.shown for one in kept], lift * outcome.mean),
        fresh=_times([one.fresh for one in kept], lift * outcome.mean),
    )


def _times(differences: Sequence[float], true: float) -> float:
    """The mean of differences, as a multiple of the true one."""
    return float(np.nanmean(differences) / true) if differences and true else np.nan


class Last(NamedTuple):
    """A component at the look at which it was judged: the difference then, and that of all who came after."""

    verdict: Verdict = Verdict.KEEP_TESTING
    shown: float = np.nan
    fresh: float = np.nan


def _programme(outcome: Outcome, people: Sequence[int], lift: float, rng: np.random.Generator) -> list[Last]:
    arms = [_drawn(outcome, count, lifted, rng) for count, lifted in zip(people, (lift, 0.0), strict=True)]
    sums = [Totals(*(np.cumsum(values, axis=1) for values in arm)) for arm in arms]
    planned = dict.fromkeys(range(COMPONENTS), LOOKS * sum(people))
    last = dict.fromkeys(planned, Last())
    least_p: dict[int, float] = {}
    for look in range(LOOKS):
        strata = {component: [_stratum(sums, people, component, -1, look)] for component in planned}
        answers = judged(strata, planned=planned, minimum_lift=outcome.minimum_lift, least_p=least_p)
        least_p = {component: answer.p for component, answer in answers.items()}
        for component, answer in answers.items():
            if last[component].verdict is Verdict.KEEP_TESTING and answer.effect is not None:
                fresh = _fresh(sums, people, component, look)
                last[component] = Last(answer.verdict, answer.effect.difference, fresh)
    return list(last.values())


def _fresh(sums: Sequence[Totals], people: Sequence[int], component: int, look: int) -> float:
    """The difference of the people who came after a look."""
    if look == LOOKS - 1:
        return np.nan
    known = effect([_stratum(sums, people, component, look, LOOKS - 1)])
    return np.nan if known is None else known.difference


def _stratum(sums: Sequence[Totals], people: Sequence[int], component: int, after: int, look: int) -> Stratum:
    """The people of a component who came after one look and until another."""
    samples = []
    for arm, count in zip(sums, people, strict=True):
        events, total, squares = (
            float(values[component, look] - (values[component, after] if after >= 0 else 0)) for values in arm
        )
        everybody = count * (look - after)
        mean = total / everybody
        variance = max(0.0, (squares - everybody * mean * mean) / (everybody - 1))
        samples.append(ArmSample(people=everybody, mean=mean, variance=variance, events=round(events)))
    return Stratum(*samples)


def _drawn(outcome: Outcome, people: int, lift: float, rng: np.random.Generator) -> Totals:
    """What people do between two looks, by component and look; a lift makes more of them act."""
    events = rng.binomial(people, outcome.rate * (1 + lift), size=(COMPONENTS, LOOKS))
    if len(outcome.values) == 1:
        return Totals(events.astype(float), events.astype(float), events.astype(float))
    values = rng.choice(outcome.values, size=int(events.sum()))
    owner = np.repeat(np.arange(events.size), events.ravel())

    def summed(values: Floats) -> Floats:
        return np.bincount(owner, values, minlength=events.size).reshape(events.shape).astype(float)

    return Totals(events.astype(float), summed(values), summed(values**2))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    runs = parser.parse_args().runs
    one = np.ones(1)
    outcomes = [Outcome("visit", 0.106, one, 0.1), Outcome("conversion", 0.00573, one, 0.1)]
    if path := customers_file():
        outcomes.append(Outcome("spend", 0.00573, np.array(spent(path)), 0.2))
    rng = np.random.default_rng(_SEED)
    print(
        f"{'outcome':<11} {'arms':<7}{'true lift':>10}{'any kept':>10}{'kept':>9}{'retired':>9}{'shown':>8}{'fresh':>8}"
    )
    for outcome, share, times in product(outcomes, (0.5, 0.9), (0, 1, 2)):
        lift = times * outcome.minimum_lift
        wrong = programmes(outcome, share=share, lift=lift, runs=runs, rng=rng)
        arms = f"{share:.0%}/{1 - share:.0%}".replace("%", "")
        rest = f"{wrong.any_kept:>10.1%}{wrong.kept:>9.1%}{wrong.retired:>9.1%}{wrong.shown:>8.2f}{wrong.fresh:>8.2f}"
        print(f"{outcome.name:<11} {arms:<7}{lift:>10.0%}{rest}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
