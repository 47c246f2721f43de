"""Some rows are decided singly, and a difference is told without a value of anybody."""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa
import pytest

from assembler.delivery.audience import DecisionsDiffer, decisions, prove
from tests.runtime.sample import AT, library

ARGUMENTS: dict[str, Any] = {"library": library(), "campaign": "come_back", "channel": "email", "at": AT}
PEOPLE = pa.RecordBatch.from_pydict({"id": [f"c-{n}" for n in range(10)], "looking_for": ["boots", None] * 5})


@pytest.mark.parametrize(("one_in", "count"), [(1, 10), (3, 4), (9, 2), (10, 1), (1000, 1)])
def test_one_row_in_so_many_is_decided_singly(one_in: int, count: int) -> None:
    (decided,) = decisions([PEOPLE], **ARGUMENTS)
    assert prove(PEOPLE, decided, one_in=one_in, **ARGUMENTS) == count


def test_nobody_is_proven_of_nobody() -> None:
    (decided,) = decisions([PEOPLE[:0]], **ARGUMENTS)
    assert prove(PEOPLE[:0], decided, **ARGUMENTS) == 0


def test_a_difference_is_a_fault() -> None:
    (decided,) = decisions([PEOPLE], **ARGUMENTS)
    altered = pa.concat_batches([decided[:6], decided[7:8], decided[7:]])
    assert prove(PEOPLE, altered, one_in=4, **ARGUMENTS) == 3
    with pytest.raises(DecisionsDiffer) as differ:
        prove(PEOPLE, altered, one_in=3, **ARGUMENTS)
    assert (differ.value.row, differ.value.columns[:2]) == (6, ("id", "segment"))
    assert "c-" not in str(differ.value)
    assert str(pickle.loads(pickle.dumps(differ.value))) == str(differ.value)
