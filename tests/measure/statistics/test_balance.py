"""ArmSample ratio mismatch."""

from __future__ import annotations

import pytest
from scipy.stats import chisquare

from assembler.measure.statistics.balance import MISMATCH, Arms, mismatch_p


def test_the_arms_of_a_known_experiment_are_balanced() -> None:
    """The three arms of the MineThatData challenge, meant as thirds."""
    assert mismatch_p([Arms((21307, 21387, 21306), (1, 1, 1))]) == pytest.approx(0.904, abs=5e-4)


@pytest.mark.parametrize(("treated", "control"), [(900, 100), (9_200, 800), (5, 0)])
def test_it_is_a_chi_square(treated: int, control: int) -> None:
    both = treated + control

    assert mismatch_p([Arms((treated, control), (0.9, 0.1))]) == pytest.approx(
        chisquare([treated, control], [0.9 * both, 0.1 * both]).pvalue
    )


def test_strata_add_up() -> None:
    """What one stratum has too many of, another does not make good."""
    assert mismatch_p([Arms((9_200, 800), (9, 1)), Arms((8_800, 1_200), (9, 1))]) < MISMATCH
    assert mismatch_p([Arms((18_000, 2_000), (9, 1))]) == 1.0


@pytest.mark.parametrize("strata", [[], [Arms((0, 0), (0.5, 0.5))]])
def test_nobody_is_balanced(strata: list[Arms]) -> None:
    assert mismatch_p(strata) == 1.0


@pytest.mark.parametrize(("control", "is_mismatch"), [(10_312, False), (10_313, True)])
def test_the_limit(control: int, is_mismatch: bool) -> None:
    assert (mismatch_p([Arms((100_000 - control, control), (0.9, 0.1))]) < MISMATCH) is is_mismatch
