"""Files of outcomes: what is read of them, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from msgspec import structs
from pyarrow import parquet

from assembler.measure.exposures import pseudonym
from assembler.measure.goal import Goal, Metric
from assembler.measure.outcomes import OutcomesError, read_outcomes
from tests.measure.tables import GOAL

KEY = "0123456789abcdef" * 4
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
VALUES = structs.replace(GOAL, metric=Metric.VALUE)


def read(path: Path, goal: Goal = VALUES) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        count = read_outcomes(connection, path, goal, lambda: KEY)
        rows = connection.execute("select unit_id, timestamp, value from outcomes order by row").fetchall()
    assert len(rows) == count
    return rows


def as_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = [",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n")


def as_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def as_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    parquet.write_table(pa.Table.from_pylist(rows), path)


FORMATS: dict[str, Callable[[Path, list[dict[str, Any]]], None]] = {
    ".csv": as_csv,
    ".jsonl": as_lines,
    ".parquet": as_parquet,
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "timestamp", ["2026-11-22T12:00:00Z", "2026-11-22 13:00:00+01", "2026-11-22T12:00:00.000+0000"]
)
def test_every_format_says_the_same(suffix: str, timestamp: str, tmp_path: Path) -> None:
    path = tmp_path / f"odd [1]*{suffix}"
    rows = [
        {"unit_id": "a", "event": "purchase", "timestamp": timestamp, "value": 20.5},
        {"unit_id": "b", "event": "visit", "timestamp": "2026-11-22T12:00:00Z", "value": 1},
    ]
    FORMATS[suffix](path, rows)

    assert read(path) == [("a", MOMENT, 20.5)]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("person", [7, "7", "007"])
def test_ids_become_pseudonyms(suffix: str, person: object, tmp_path: Path) -> None:
    FORMATS[suffix](tmp_path / f"x{suffix}", [{"id": person, "event": "purchase", "timestamp": "2026-11-22T12:00:00Z"}])

    assert read(tmp_path / f"x{suffix}") == [(pseudonym(person, KEY), MOMENT, 1.0)]


def test_whole_floats_are_ids(tmp_path: Path) -> None:
    as_parquet(tmp_path / "x.parquet", [{"id": 7.0, "event": "purchase", "timestamp": MOMENT}])

    assert read(tmp_path / "x.parquet") == [(pseudonym(7, KEY), MOMENT, 1.0)]


def test_a_rate_does_not_look_at_values(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("unit_id,event,timestamp,value\na,purchase,2026-11-22T12:00:00Z,much\n")

    assert read(path, GOAL) == [("a", MOMENT, 1.0)]
    with pytest.raises(OutcomesError, match="value is no number, in row 1 of this event"):
        read(path)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("", "the file is empty"),
        ("unit_id,event,timestamp\n", "there is no event purchase: it has no rows"),
        ("unit_id,event,timestamp\na,visit,2026-11-22T12:00:00Z\n", "there is no event purchase; there is visit"),
        ("unit_id,evnt,timestamp\n", "no column event; is it evnt?"),
        ("unit,event,timestamp\n", "no column unit_id; is it unit?, nor id"),
        ("unit_id,event,timestamp\na,purchase,2026-11-22T12:00:00\n", "timestamp is no moment with a zone"),
        ("unit_id,event,timestamp\n,purchase,2026-11-22T12:00:00Z\n", "unit_id is blank"),
        ("id,event,timestamp\n ,purchase,2026-11-22T12:00:00Z\n", "unit_id is blank"),
    ],
)
def test_what_is_refused(lines: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(lines)

    with pytest.raises(OutcomesError) as caught:
        read(tmp_path / "x.csv")

    assert problem in str(caught.value)


def test_rows_with_a_fault_are_counted(tmp_path: Path) -> None:
    as_csv(tmp_path / "x.csv", [{"unit_id": "a", "event": "purchase", "timestamp": "today"}] * 7)

    with pytest.raises(OutcomesError, match=r"in row 1, 2, 3, 4, 5 and 2 more of this event"):
        read(tmp_path / "x.csv")


@pytest.mark.parametrize("zone", [None, "UTC", "Europe/London"])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_columns_of_moments_have_a_zone(unit: str, zone: str | None, tmp_path: Path) -> None:
    moments = pa.array([MOMENT.replace(tzinfo=None)], pa.timestamp(unit)).cast(pa.timestamp(unit, zone))
    table = pa.table({"unit_id": ["a"], "event": ["purchase"], "timestamp": moments})
    parquet.write_table(table, tmp_path / "x.parquet")

    if zone is None:
        with pytest.raises(OutcomesError, match="times without a zone"):
            read(tmp_path / "x.parquet")
    else:
        assert read(tmp_path / "x.parquet") == [("a", MOMENT, 1.0)]
