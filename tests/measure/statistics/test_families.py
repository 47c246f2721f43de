"""Holm's adjustment."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from statsmodels.stats.multitest import multipletests

from assembler.measure.statistics.families import holm


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_it_is_that_of_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def test_nothing_asked_is_nothing_adjusted() -> None:
    assert holm([]) == []
