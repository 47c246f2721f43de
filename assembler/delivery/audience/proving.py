"""Rows of decisions, compared with what the library decides for one person after the other."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.decision_columns import DecisionRows, id_texts, schema
from assembler.delivery.audience.people import contexts
from assembler.delivery.audience.values import plain
from assembler.errors import AssemblerError
from assembler.runtime.library import Library


class DecisionsDiffer(AssemblerError):
    """A row of decisions is not what the library decides for its person: a fault of ours. `row` is its number from 0,
    and `columns` are those that differ."""

    def __init__(self, row: int, columns: tuple[str, ...]) -> None:
        super().__init__(row, columns)
        self.row = row
        self.columns = columns

    def __str__(self) -> str:
        return f"row {self.row} differs from what the library decides for it, in {', '.join(self.columns)}"


def prove(
    batch: pa.RecordBatch,
    decided: pa.RecordBatch,
    *,
    library: Library,
    campaign: str,
    channel: str,
    at: datetime,
    one_in: int = 1000,
) -> int:
    """Decide for the first of every `one_in` rows of a batch singly, and return how many these are.

    `decided` are the decisions for the batch. Raises `DecisionsDiffer` for the first row whose decision is another.
    """
    proven = pa.array(np.arange(0, batch.num_rows, one_in))
    people = batch.take(proven)
    told = contexts(people, library=library)
    rows = DecisionRows(schema(library=library, campaign=campaign, channel=channel))
    rows.append([library.decide(campaign, channel=channel, context=context, at=at) for context in told])
    singly = rows.rows(id_texts(plain(people.column("id"))), np.arange(len(told)))
    for number, (one, other) in enumerate(zip(singly.to_pylist(), decided.take(proven).to_pylist(), strict=True)):
        if one != other:
            raise DecisionsDiffer(number * one_in, tuple(name for name in one if one[name] != other[name]))
    return len(told)
