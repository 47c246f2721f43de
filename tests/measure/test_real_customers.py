"""The experiment of the MineThatData challenge: what each mail brought, against statsmodels."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import numpy as np
import pytest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from assembler.measure.statistics.balance import Arms, mismatch_p
from assembler.measure.statistics.intervals import welch_interval, welch_p
from benchmarks.customers import customers_file
from tests.measure.statistics.people import Values, effect_of

FILE = customers_file()
pytestmark = pytest.mark.skipif(FILE is None, reason="ASSEMBLER_DATA names no folder with hillstrom.csv")


@pytest.fixture(scope="module")
def arms() -> Mapping[str, list[dict[str, str]]]:
    """The customers by what they were sent."""
    assert FILE is not None
    by_arm: dict[str, list[dict[str, str]]] = {}
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_arm.setdefault(row["segment"], []).append(row)
    return by_arm


def values(customers: list[dict[str, str]], outcome: str) -> Values:
    return np.array([float(row[outcome]) for row in customers])


@pytest.mark.parametrize(
    ("arm", "outcome", "difference"),
    [
        ("Mens E-Mail", "visit", 0.07659),
        ("Mens E-Mail", "conversion", 0.00681),
        ("Mens E-Mail", "spend", 0.76983),
        ("Womens E-Mail", "visit", 0.04523),
        ("Womens E-Mail", "conversion", 0.00311),
        ("Womens E-Mail", "spend", 0.42441),
    ],
)
def test_what_a_mail_brought(
    arm: str, outcome: str, difference: float, arms: Mapping[str, list[dict[str, str]]]
) -> None:
    sent, none = values(arms[arm], outcome), values(arms["No E-Mail"], outcome)
    oracle = CompareMeans(DescrStatsW(sent), DescrStatsW(none))

    known = effect_of(sent, none)

    assert known.difference == pytest.approx(difference, abs=1e-5)
    assert welch_interval(known, 0.05) == pytest.approx(oracle.tconfint_diff(usevar="unequal"), rel=1e-9)
    assert welch_p(known) == pytest.approx(oracle.ttest_ind(usevar="unequal")[1], rel=1e-5)


def test_the_customers_are_in_thirds(arms: Mapping[str, list[dict[str, str]]]) -> None:
    people = [len(arms[arm]) for arm in ("No E-Mail", "Mens E-Mail", "Womens E-Mail")]

    assert mismatch_p([Arms(people, (1, 1, 1))]) == pytest.approx(0.904, abs=5e-4)
