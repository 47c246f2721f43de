"""Effects over strata."""

from __future__ import annotations

import numpy as np
import pytest

from assembler.measure.statistics.samples import ArmSample, Stratum, effect
from tests.measure.statistics.people import drawn, effect_of, sample


def test_the_effect_of_one_stratum_is_the_difference_of_means() -> None:
    treated, control = drawn(1, 900, 0.3), drawn(2, 100, 0.2)

    known = effect_of(treated, control)

    assert known.difference == pytest.approx(treated.mean() - control.mean())
    assert known.error == pytest.approx(treated.var(ddof=1) / 900 + control.var(ddof=1) / 100)
    assert (known.treated.people, known.control.people, known.people) == (900, 100, 1000)
    assert known.fewest_events == (control > 0).sum()


def test_a_stratum_counts_by_its_pairs() -> None:
    large = Stratum(ArmSample(people=300, mean=2.0, variance=1.0), ArmSample(people=300, mean=1.0, variance=1.0))
    small = Stratum(ArmSample(people=50, mean=6.0, variance=1.0), ArmSample(people=50, mean=1.0, variance=1.0))

    known = effect([large, small])

    assert known is not None
    assert known.difference == pytest.approx((150 * 1.0 + 25 * 5.0) / 175)
    assert known.error == pytest.approx((150 / 175) ** 2 * 2 / 300 + (25 / 175) ** 2 * 2 / 50)


def test_a_share_that_widens_shows_no_effect_where_there_is_none() -> None:
    """Of people who act often, 90 % are treated; of those who act seldom, 10 %. Pooled, treatment seems to help."""
    often = Stratum(sample(drawn(1, 9000, 0.5)), sample(drawn(2, 1000, 0.5)))
    seldom = Stratum(sample(drawn(3, 1000, 0.1)), sample(drawn(4, 9000, 0.1)))
    pooled = effect_of(
        np.concatenate([drawn(1, 9000, 0.5), drawn(3, 1000, 0.1)]),
        np.concatenate([drawn(2, 1000, 0.5), drawn(4, 9000, 0.1)]),
    )

    known = effect([often, seldom])

    assert known is not None
    assert pooled.difference > 20 * np.sqrt(pooled.error)
    assert abs(known.difference) < 2 * np.sqrt(known.error)


@pytest.mark.parametrize(("treated", "control"), [(0, 5), (5, 0), (1, 5), (5, 1)])
def test_a_stratum_without_two_people_in_each_arm_compares_nothing(treated: int, control: int) -> None:
    lonely = Stratum(ArmSample(people=treated, mean=1.0), ArmSample(people=control, mean=0.0))
    whole = Stratum(ArmSample(people=2, mean=3.0, variance=1.0), ArmSample(people=2, mean=1.0, variance=1.0))

    both = effect([lonely, whole])

    assert effect([lonely]) is None
    assert both == effect([whole])
    assert both is not None
    assert both.difference == 2.0


def test_nobody_has_no_effect() -> None:
    assert effect([]) is None


def test_people_who_are_all_alike_have_degrees_of_freedom() -> None:
    alike = Stratum(ArmSample(people=3, mean=1.0), ArmSample(people=4, mean=1.0))

    known = effect([alike])

    assert known is not None
    assert (known.error, known.treated.degrees, known.control.degrees) == (0.0, 2.0, 3.0)
