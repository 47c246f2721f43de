"""Tables of people -> tables of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
import pyarrow as pa

from assembler.delivery.audience.columns import columns
from assembler.delivery.audience.decision_columns import id_texts, rows_of, schema
from assembler.delivery.audience.people import rows
from assembler.delivery.audience.values import plain
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment


def decisions(
    batches: Iterable[pa.RecordBatch], *, library: Library, campaign: str, channel: str, at: datetime
) -> Iterator[pa.RecordBatch]:
    """Return for each batch of people one of decisions, with the same rows in the same order; `schema` has its columns.

    What is decided for a row is `library.decide` of its context in `contexts`.

    Raises `UnknownCampaign`, `UnknownChannel`, and `TypeError` where `at` is no aware datetime, at once; and
    `PeopleTableError` before the rows of a batch that cannot be read.
    """
    wanted = schema(library=library, campaign=campaign, channel=channel)
    Moment.of(at)
    return (_decided(batch, library, campaign, channel, at, wanted) for batch in batches)


def _decided(
    batch: pa.RecordBatch, library: Library, campaign: str, channel: str, at: datetime, wanted: pa.Schema
) -> pa.RecordBatch:
    known = columns(batch.schema, library.content)
    arrays = [plain(batch.column(column.index)) for column in known]
    ids = next(array for column, array in zip(known, arrays, strict=True) if column.part == "id")
    answers = library.decide_many(rows(known, arrays), campaign, channel=channel, at=at)
    return rows_of(id_texts(ids), answers, np.arange(len(answers)), wanted)
