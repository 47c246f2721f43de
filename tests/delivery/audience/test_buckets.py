"""Buckets of many are those of one after the other."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from assembler.delivery.audience import decisions
from assembler.delivery.audience.buckets import Hasher, scaled_down
from assembler.library import records
from assembler.library.records import BUCKETS, Holdout
from assembler.runtime.assignment import bucket
from tests.delivery.audience.expected import CAMPAIGN, CHANNEL, expected
from tests.runtime.sample import AT, COMPONENTS, component, library, with_control

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ODD = ["a\0b", "\0", "é", "e\u0301", "\U0001f9ed", "'; DROP TABLE people; --", "$salt", "x" * 512, " ", "\ufffd"]


@given(TEXTS, st.lists(TEXTS, min_size=1))
def test_duckdb_hashes_as_hashlib_does(salt: str, ids: list[str]) -> None:
    ids = [*ids, *ODD]
    buckets = Hasher().buckets(salt, pa.array(ids, pa.large_string()))
    assert buckets.tolist() == [bucket(salt, id_) for id_ in ids]


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1))
def test_64_bits_are_scaled_down_exactly(bits: list[int]) -> None:
    edges = [-(-(edge << 64) // BUCKETS) - step for edge in (1, 2, 5_000, 9_999) for step in (0, 1)]
    numbers = [*bits, *edges, 0, 2**64 - 1]
    assert scaled_down(np.array(numbers, np.uint64)).tolist() == [(number * BUCKETS) >> 64 for number in numbers]


@pytest.mark.parametrize("past", [0, 1])
def test_a_bucket_on_the_edge_of_a_holdout_and_of_a_range(past: int) -> None:
    """A share of so many buckets takes those below it; a range begins at its first bucket and ends before its last."""
    people = pa.RecordBatch.from_pydict({"id": [f"c-{number}" for number in range(200)], "segment": ["lapsed"] * 200})
    for number in range(0, 200, 20):
        id_ = f"c-{number}"
        edge = bucket("come_back|tone", id_) + past
        test = records.Test(id="tone", ranges={"come_back": (edge, edge + 1)})
        tested = component("headline/tested", segments=("lapsed",), stages=None, test=test)
        sample = library((*COMPONENTS, tested), holdout=Holdout(share=bucket("a", id_) + past, salt="a"))
        sample = with_control(sample, Holdout(share=bucket("b", id_) + past, salt="b"))
        (decided,) = decisions([people], library=sample, campaign=CAMPAIGN, channel=CHANNEL, at=AT)
        assert decided.to_pylist() == [*expected(people, sample)]
