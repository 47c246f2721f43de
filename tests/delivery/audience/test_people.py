"""What a row means: the context that it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from assembler import Library
from assembler.delivery.audience import PeopleTableError, contexts
from tests.runtime.sample import library


@pytest.fixture(scope="module")
def sample() -> Library:
    return library()


AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
MICROSECONDS = pa.timestamp("us", "Europe/London")


def people(sample: Library, **columns: Any) -> list[dict[str, Any]]:
    return contexts(pa.RecordBatch.from_pydict(columns), library=sample)


def test_a_row_is_a_context(sample: Library) -> None:
    rows = people(
        sample,
        id=["c-1", None],
        locale=["fr", None],
        consent=[["marketing"], None],
        segment=["lapsed", None],
        stage=[None, "win_back"],
        months=[9, None],
        months__observed_at=pa.array([AT, AT], MICROSECONDS),
        newcomer=[None, False],
        first_name=["Maya", None],
        shoe_size=[40, 41],
    )
    months = {"value": 9, "observed_at": AT}
    assert rows == [
        {
            "id": "c-1",
            "locale": "fr",
            "consent": ["marketing"],
            "segment": "lapsed",
            "signals": {"months": months},
            "fields": {"first_name": "Maya"},
        },
        {"stage": "win_back", "signals": {"newcomer": False}},
    ]


def test_a_value_without_its_time_is_unknown_where_there_are_times(sample: Library) -> None:
    times = pa.array([AT, None], MICROSECONDS)
    rows = people(sample, id=[1, 2], months=[9, 9], months__observed_at=times)
    assert rows[1]["signals"] == {"months": {"value": 9, "observed_at": None}}
    known = [sample.person({**row, "consent": ["marketing"]}, at=AT).signals for row in rows]
    assert known == [{"months": 9}, {}]


def test_consent_is_a_list_or_words(sample: Library) -> None:
    assert people(sample, id=[1], consent=["marketing, news;ads"])[0]["consent"] == ["marketing", "news", "ads"]
    given = pa.array([["marketing", None]], pa.large_list(pa.dictionary(pa.int8(), pa.string())))
    assert people(sample, id=[1], consent=given)[0]["consent"] == ["marketing", None]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (pa.array([1.5], pa.float16()), 1.5),
        (pa.array([7.0]), 7.0),
        (pa.array([2**63], pa.uint64()), 2**63),
        (pa.array([Decimal("640.50")], pa.decimal128(9, 2)), 640.5),
        (pa.array([Decimal(2**60 + 1)], pa.decimal256(40, 0)), 2**60 + 1),
        (pa.array([5, 5]).dictionary_encode()[:1], 5),
        (pa.RunEndEncodedArray.from_arrays([1], [5]), 5),
        (pa.array([None], pa.null()), None),
    ],
)
def test_numbers_are_numbers_however_they_are_laid_out(sample: Library, given: pa.Array, value: object) -> None:
    row = people(sample, id=[1], spend=given)[0]
    assert row.get("signals", {}).get("spend") == value
    assert type(row.get("signals", {}).get("spend")) is type(value)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (pa.array([20_000], pa.int32()).view(pa.date32()), date(2024, 10, 4)),
        (pa.array([20_000 * 86_400_000 + 5], pa.int64()).view(pa.date64()), date(2024, 10, 4)),
        (pa.array([-1], pa.int64()).view(pa.timestamp("ns", "UTC")), datetime(1969, 12, 31, 23, 59, 59, 999999, UTC)),
        (pa.array([1_999], pa.int64()).view(pa.timestamp("ns", "UTC")), datetime(1970, 1, 1, 0, 0, 0, 1, UTC)),
        (pa.array([1], pa.int64()).view(pa.timestamp("s", "+05:00")), datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)),
        (pa.array([1 << 62], pa.int64()).view(pa.timestamp("ms", "UTC")), (2**63 - 1) // 1000 * 1000),
        (pa.array([1 << 30], pa.int32()).view(pa.date32()), 1 << 30),
    ],
)
def test_times_and_dates_outside_the_calendar_are_numbers(sample: Library, given: pa.Array, value: object) -> None:
    row = people(sample, id=[1], last_visit=given)[0]
    assert row["signals"]["last_visit"] == value
    assert ("last_visit" in sample.person(row, at=AT).signals) == isinstance(value, date)


def test_text_that_is_no_utf_8_has_replacement_characters(sample: Library) -> None:
    broken = pa.array([b"\xffa", b"ok", None]).view(pa.string())
    rows = people(sample, id=broken, consent=pa.ListArray.from_arrays([0, 1, 2, 3], broken))
    assert rows == [
        {"id": "\ufffda", "consent": ["\ufffda"]},
        {"id": "ok", "consent": ["ok"]},
        {"consent": [None]},
    ]


def test_all_that_is_wrong_with_a_table_is_told_at_once(sample: Library) -> None:
    broken = pa.RecordBatch.from_arrays(
        [
            *(pa.array([1]), pa.array(["9"]), pa.array([AT], pa.timestamp("us")), pa.array([0])),
            *(pa.array([1]), pa.array([1]), pa.array([1]), pa.array([b"x"])),
        ],
        ["ID", "months", "months__observed_at", "newcomer", "Looking_for", "spend", "spend", "account_url"],
    )
    with pytest.raises(PeopleTableError) as refused:
        contexts(broken, library=sample)
    assert str(refused.value).split("\n") == [
        "no column id, text or integers; is it ID?",
        "column 'Looking_for' is none that the library reads; did you mean looking_for?",
        "column spend is there 2 times; expected one of it",
        "column months is text; expected numbers",
        "column months__observed_at is times without a zone; expected times with a zone",
        "column newcomer is integers; expected booleans",
        "column account_url is binary; expected text",
    ]


def test_a_column_beside_the_one_that_it_is_nearly_is_another(sample: Library) -> None:
    assert people(sample, id=[1], month=[3], months=[9]) == [{"id": 1, "signals": {"months": 9}}]
    with pytest.raises(PeopleTableError, match="did you mean months"):
        people(sample, id=[1], month=[3])


def test_of_keys_capitals_alone_are_a_slip(sample: Library) -> None:
    """A table may well have a column that is called like one of them."""
    columns: dict[str, Any] = {"state": ["NY"], "segments": ["a"], "content": ["x"], "ids": [1], "local": [True]}
    assert people(sample, id=[1], **columns) == [{"id": 1}]
    for name in ("Stage", "SEGMENT", "Locale", "consent "):
        with pytest.raises(PeopleTableError, match=f"did you mean {name.strip().lower()}"):
            people(sample, id=[1], **{name: ["x"]})
