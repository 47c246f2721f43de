"""Codes: the same for the same numbers, however many columns there are and however large these grow."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.distinct import MOST_REMEMBERED, Codes, DistinctValues, first_rows


def test_codes_are_numbered_as_they_are_met() -> None:
    codes = Codes()
    first = codes.numbers([(np.array([5, 1, 5]), 6), (np.array([0, 0, 1]), 2)], 3)
    assert first.tolist() == [0, 1, 2]
    assert codes.numbers([(np.array([5, 0, 1]), 6), (np.array([1, 0, 0]), 2)], 3).tolist() == [2, 3, 1]
    assert len(codes) == 4


def test_more_columns_than_64_bits_hold_are_still_told_apart() -> None:
    """Two rows that differ in one column, whichever it is of forty with a thousand different numbers each."""
    rows = np.zeros((41, 40), np.int64)
    rows[np.arange(40), np.arange(40)] = 999
    codes = Codes()
    numbers = codes.numbers([(rows[:, column], 1_000) for column in range(40)], 41)
    assert len(set(numbers.tolist())) == 41
    again = codes.numbers([(rows[::-1, column], 1_000) for column in range(40)], 41)
    assert again.tolist() == numbers[::-1].tolist()


def test_codes_without_columns_are_one() -> None:
    assert Codes().numbers([], 3).tolist() == [0, 0, 0]


def test_first_rows() -> None:
    assert first_rows(np.array([2, 0, 2, 0])).tolist() == [1, -1, 0]
    assert first_rows(np.array([], np.int64)).tolist() == []


def test_a_value_is_worked_out_once_and_memory_has_a_bound() -> None:
    asked: list[object] = []

    def number_of(value: object) -> int:
        asked.append(value)
        return int(value == "b")

    texts = DistinctValues(number_of, 7)
    assert texts.numbers(pa.array(["a", "b", None, "a"])).tolist() == [0, 1, 7, 0]
    assert texts.numbers(pa.array(["b", "a"])).tolist() == [1, 0]
    assert texts.numbers(pa.nulls(2)).tolist() == [7, 7]
    assert asked == ["a", "b"]
    texts.numbers(pa.array([f"c{number}" for number in range(MOST_REMEMBERED)]))
    texts.numbers(pa.array(["b"]))
    assert asked[-1] == "b"
