"""Buckets of many are those of one after the other."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from assembler import Library
from assembler.delivery.audience import decisions
from assembler.delivery.audience.buckets import Hasher, scaled_down
from assembler.library import records
from assembler.library.records import BUCKETS, Holdout
from assembler.runtime.assignment import bucket, first_bytes
from tests.delivery.audience.expected import CAMPAIGN, CHANNEL, expected
from tests.runtime.sample import AT, COMPONENTS, component, library, with_control

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ODD = ["a\0b", "\0", "é", "e\u0301", "\U0001f9ed", "'; DROP TABLE people; --", "$salt", "x" * 512, " ", "\ufffd"]


@given(TEXTS, st.lists(TEXTS, min_size=1))
def test_duckdb_hashes_as_hashlib_does(salt: str, ids: list[str]) -> None:
    ids = [*ids, *ODD]
    buckets = Hasher().buckets(salt, pa.array(ids, pa.large_string()))
    assert buckets.tolist() == [bucket(salt, id_) for id_ in ids]
    for share in (0, 1, 5_000, buckets[0], buckets[0] + 1, 10_000):
        are_below = Hasher().are_below(salt, pa.array(ids, pa.large_string()), first_bytes(int(share)))
        assert are_below.tolist() == [bucket(salt, id_) < share for id_ in ids]


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1))
def test_64_bits_are_scaled_down_exactly(bits: list[int]) -> None:
    edges = [-(-(edge << 64) // BUCKETS) - step for edge in (1, 2, 5_000, 9_999) for step in (0, 1)]
    numbers = [*bits, *edges, 0, 2**64 - 1]
    assert scaled_down(np.array(numbers, np.uint64)).tolist() == [(number * BUCKETS) >> 64 for number in numbers]


PEOPLE = pa.RecordBatch.from_pydict({"id": [f"c-{number}" for number in range(200)], "segment": ["lapsed"] * 200})


def assert_equal(sample: Library) -> None:
    (decided,) = decisions([PEOPLE], library=sample, campaign=CAMPAIGN, channel=CHANNEL, at=AT)
    assert decided.to_pylist() == [*expected(PEOPLE, sample)]


@pytest.mark.parametrize("past", [0, 1])
@pytest.mark.parametrize("person", ["c-20", "c-60", "c-199"])
def test_a_share_takes_those_whose_buckets_are_below_it(person: str, past: int) -> None:
    over_all, own = (Holdout(share=bucket(salt, person) + past, salt=salt) for salt in "ab")
    assert_equal(library(holdout=over_all))
    assert_equal(with_control(library(), own))
    assert_equal(with_control(library(holdout=over_all), own))


@pytest.mark.parametrize("past", [0, 1])
@pytest.mark.parametrize("person", ["c-20", "c-60", "c-199"])
def test_a_range_begins_at_its_first_bucket_and_ends_before_its_last(person: str, past: int) -> None:
    edge = bucket("come_back|tone", person) + past
    for low, high in ((0, edge), (edge, 10_000)):
        test = records.Test(id="tone", ranges={"come_back": (low, high)})
        assert_equal(library((*COMPONENTS, component("headline/tested", segments=("lapsed",), test=test))))
