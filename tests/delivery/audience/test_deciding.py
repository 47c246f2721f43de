"""What is decided for the rows of a table is what is decided for the context of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from assembler import UnknownCampaign, UnknownChannel
from assembler.delivery.audience import PeopleTableError, decisions, schema
from assembler.library.records import Holdout
from tests.delivery.audience.expected import expected
from tests.runtime.sample import AT, library, with_control


def test_rows_are_those_of_decide() -> None:
    sample = with_control(library(), Holdout(share=3_000, salt="x"))
    batch = pa.RecordBatch.from_pydict(
        {
            "id": [*map(str, range(40)), None],
            "locale": ["fr-CA", None, "en"] * 13 + ["xx", "en"],
            "consent": [["marketing"], ["marketing"], None] * 13 + [["marketing"], []],
            "months": [*range(41)],
            "spend": [640.5] * 41,
            "looking_for": ["boots", None, None, "hats"] * 10 + ["boots"],
            "first_name": ["Maya", "{name}", None, ""] * 10 + ["Maya"],
        }
    )
    arguments: dict[str, Any] = {"library": sample, "campaign": "come_back", "channel": "email"}
    (decided,) = decisions([batch], at=AT, **arguments)
    assert decided.schema == schema(**arguments)
    rows = decided.to_pylist()
    assert rows == [*expected(batch, sample)]
    assert len({row["arm"] for row in rows}) == 3
    assert len({row["key"] for row in rows}) > 4
    assert any(row["tests"] for row in rows)


def test_a_wrong_call_is_refused_before_anything_is_read() -> None:
    sample = library()

    def batches() -> Iterator[pa.RecordBatch]:
        raise AssertionError
        yield

    with pytest.raises(UnknownCampaign):
        decisions(batches(), library=sample, campaign="come_bak", channel="email", at=AT)
    with pytest.raises(UnknownChannel):
        decisions(batches(), library=sample, campaign="come_back", channel="emial", at=AT)
    with pytest.raises(TypeError):
        decisions(batches(), library=sample, campaign="come_back", channel="email", at=AT.replace(tzinfo=None))


def test_a_table_that_cannot_be_read_is_refused_before_its_rows() -> None:
    batch = pa.RecordBatch.from_pydict({"months": [1]})
    with pytest.raises(PeopleTableError, match="no column id"):
        next(decisions([batch], library=library(), campaign="come_back", channel="email", at=AT))


def test_no_rows_are_no_rows() -> None:
    batch = pa.RecordBatch.from_pydict({"id": pa.array([], pa.string())})
    (decided,) = decisions([batch], library=library(), campaign="come_back", channel="email", at=AT)
    assert decided.num_rows == 0
