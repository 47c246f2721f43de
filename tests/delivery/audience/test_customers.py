"""Real customers, all 64,000: each row is what the library decides for its context, for every sixteenth or for all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from assembler import Library
from assembler.delivery.audience import contexts, decisions, schema
from assembler.delivery.audience.decision_columns import DecisionRows
from benchmarks.audience import assert_equal, people
from benchmarks.customers import MOMENT, contexts as customers, customers_file
from tests.examples import ALL

EVERY = 1 if ALL else 16
CAMPAIGN, CHANNEL = "come_back", "email"


def singly(batch: pa.RecordBatch, library: Library) -> pa.RecordBatch:
    """The rows that decisions one by one make."""
    told = contexts(batch, library=library)
    rows = DecisionRows(schema(library=library, campaign=CAMPAIGN, channel=CHANNEL))
    rows.append([library.decide(CAMPAIGN, channel=CHANNEL, context=context, at=MOMENT) for context in told])
    return rows.rows(batch.column("id").cast(pa.string()), np.arange(len(told)))


def every(batch: pa.RecordBatch, step: int) -> pa.RecordBatch:
    return batch.take(pa.array(np.arange(0, batch.num_rows, step)))


def test_every_customer_gets_what_the_library_decides(starter_library: Library) -> None:
    path = customers_file()
    if path is None:
        pytest.skip("ASSEMBLER_DATA names no folder with hillstrom.csv")
    told: list[dict[str, Any]] = [*customers(path)]
    columns: dict[str, list[Any]] = {"id": [one["id"] for one in told], "consent": [one["consent"] for one in told]}
    for name in told[0]["signals"]:
        columns[name] = [one["signals"][name] for one in told]
    batch = pa.RecordBatch.from_pydict(columns)
    assert contexts(batch[:1], library=starter_library) == told[:1]
    (decided,) = decisions([batch], library=starter_library, campaign=CAMPAIGN, channel=CHANNEL, at=MOMENT)
    assert decided.num_rows == 64_000
    assert_equal(every(decided, EVERY), singly(every(batch, EVERY), starter_library))


def test_people_of_whom_much_is_odd_get_what_the_library_decides(starter_library: Library) -> None:
    """Those that are made up for the benchmark."""
    batch = people(40_000, 7)
    assert np.isnan(batch.column("spend_last_year").drop_null().to_numpy()).sum() > 1_000
    assert all(column.null_count > 100 for column in batch.columns)
    (decided,) = decisions([batch], library=starter_library, campaign=CAMPAIGN, channel=CHANNEL, at=MOMENT)
    assert_equal(every(decided, EVERY), singly(every(batch, EVERY), starter_library))
    assert set(decided.column("arm").to_pylist()) == {"treated", "holdout", "control", "unassigned"}
