"""Intervals and p values, against statsmodels, tea-tasting and the formulas as they were published."""

from __future__ import annotations

import math

import narwhals as nw
import numpy as np
import pytest
import tea_tasting as tt
from scipy.special import lambertw
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from assembler.measure.statistics.intervals import (
    NARROWEST,
    relative_interval,
    sequence_interval,
    sequence_p,
    sequence_width,
    welch_gain_p,
    welch_interval,
    welch_p,
)
from assembler.measure.statistics.samples import ArmSample, Stratum, effect
from tests.measure.statistics.people import Values, drawn, effect_of

ARMS = [
    (drawn(1, 4000, 0.3), drawn(2, 4000, 0.25)),
    (drawn(3, 900, 0.5, 80.0), drawn(4, 100, 0.5, 60.0)),
    (drawn(5, 12, 0.9), drawn(6, 7, 0.9)),
]


@pytest.mark.parametrize(("treated", "control"), ARMS)
@pytest.mark.parametrize("level", [0.05, 0.00625])
def test_welch_is_that_of_statsmodels(treated: Values, control: Values, level: float) -> None:
    oracle = CompareMeans(DescrStatsW(treated), DescrStatsW(control))
    known = effect_of(treated, control)

    assert welch_interval(known, level) == pytest.approx(oracle.tconfint_diff(level, usevar="unequal"), rel=1e-12)
    assert welch_p(known) == pytest.approx(oracle.ttest_ind(usevar="unequal")[1], rel=1e-9)
    assert welch_gain_p(known) == pytest.approx(oracle.ttest_ind("larger", usevar="unequal")[1], rel=1e-9)


@pytest.mark.parametrize(("treated", "control"), ARMS)
def test_the_relative_interval_is_that_of_tea_tasting(treated: Values, control: Values) -> None:
    table = nw.from_dict(
        {"variant": [*[1] * len(treated), *[0] * len(control)], "value": np.concatenate([treated, control])},
        backend="pyarrow",
    )
    oracle = tt.Experiment(value=tt.Mean("value")).analyze(table.to_native())["value"]

    interval = relative_interval(effect_of(treated, control), 0.05)

    assert interval is not None
    assert interval.low == pytest.approx(oracle.rel_effect_size_ci_lower, rel=1e-9)
    assert interval.high == pytest.approx(oracle.rel_effect_size_ci_upper, rel=1e-9)


@pytest.mark.parametrize(("treated", "control"), [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0)])
def test_without_two_positive_means_there_is_no_lift(treated: float, control: float) -> None:
    arms = (ArmSample(people=9, mean=mean, variance=1.0) for mean in (treated, control))
    known = effect([Stratum(*arms)])

    assert known is not None
    assert relative_interval(known, 0.05) is None


@pytest.mark.parametrize("people", [10, 999, 50_000, 1_000_000])
@pytest.mark.parametrize("planned", [1_000, 50_000])
@pytest.mark.parametrize("level", [0.05, 0.00625])
def test_the_sequence_is_as_published(people: int, planned: int, level: float) -> None:
    """Waudby-Smith and others, equation of the Gaussian mixture boundary, with the rho that is best at the plan."""
    rho = math.sqrt(NARROWEST / planned)
    t = people
    of_one_person = math.sqrt(2 * (t * rho**2 + 1) / (t**2 * rho**2) * math.log(math.sqrt(t * rho**2 + 1) / level))

    in_errors = sequence_width(people / planned, level)

    assert in_errors / math.sqrt(people) == pytest.approx(of_one_person, rel=1e-12)


def test_the_sequence_is_nearly_narrowest_at_its_plan() -> None:
    best = -float(lambertw(-(0.05**2) / math.e, -1).real) - 1

    assert pytest.approx(-2 * math.log(0.05) + math.log(1 - 2 * math.log(0.05)), abs=5e-4) == NARROWEST
    assert sequence_width(1, 0.05) == pytest.approx(3.0352, abs=1e-4)
    assert sequence_width(1, 0.05) / sequence_width(best / NARROWEST, 0.05) == pytest.approx(1, abs=1e-3)
    assert sequence_width(1, 0.05) < min(sequence_width(share, 0.05) / math.sqrt(share) for share in (0.5, 0.25))


@pytest.mark.parametrize(("treated", "control"), ARMS)
@pytest.mark.parametrize("planned", [100, 8000, 10**6])
def test_the_p_of_the_sequence_is_where_its_interval_touches_nothing(
    treated: Values, control: Values, planned: int
) -> None:
    known = effect_of(treated, control)
    p = sequence_p(known, planned)
    if p == 1.0:
        assert sequence_interval(known, planned, 0.999).low < 0 < sequence_interval(known, planned, 0.999).high
        return

    interval = sequence_interval(known, planned, p)

    assert min(abs(interval.low), abs(interval.high)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("gain", "p"), [(0.0, 1.0), (1.0, 0.0)])
def test_people_who_are_all_alike_leave_no_doubt(gain: float, p: float) -> None:
    known = effect([Stratum(ArmSample(people=9, mean=1.0 + gain), ArmSample(people=9, mean=1.0))])

    assert known is not None
    assert (welch_p(known), sequence_p(known, 18)) == (p, p)
