"""Exposures and outcomes as tables: what a few people were given and did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from assembler.measure.goal import Goal
from assembler.measure.people import Comparison
from assembler.runtime.reasons import Arm

START = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GOAL = Goal(event="purchase", within=7 * DAY, minimum_lift=0.1)
HALF = Comparison(campaign="come_back", control=(Arm.CONTROL,), share=0.5, defaults=("cta/house",))


class Seen(NamedTuple):
    """That somebody was given a decision."""

    unit_id: str | None
    arm: str = "treated"
    timestamp: datetime = START
    kind: str = "experiment"
    segment: str | None = None
    stage: str | None = None
    would: Mapping[str, str | None] = {"headline": "headline/warm", "cta": "cta/house", "proof": None}
    tests: Iterable[tuple[str, str | None]] = ()
    version: int = 1
    campaign: str = "come_back"


class Did(NamedTuple):
    """That somebody did something."""

    unit_id: str
    timestamp: datetime = START + DAY
    value: float = 1.0


_TIME = pa.timestamp("us", "UTC")
_SEEN = pa.schema(
    {
        "unit_id": pa.string(),
        "variation_id": pa.string(),
        "timestamp": _TIME,
        "kind": pa.string(),
        "segment": pa.string(),
        "stage": pa.string(),
        "would": pa.string(),
        "would_components": pa.map_(pa.string(), pa.string()),
        "tests": pa.list_(pa.struct({"test": pa.string(), "component": pa.string()})),
        "experiment_version": pa.string(),
        "experiment_id": pa.string(),
    }
)
_DID = pa.schema({"unit_id": pa.string(), "timestamp": _TIME, "value": pa.float64()})


def tables(seen: Iterable[Seen], did: Iterable[Did] = ()) -> duckdb.DuckDBPyConnection:
    """A database with `exposures` and `in_two_arms`, as compacting leaves them, and `outcomes`."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    arms: dict[object, dict[str, Seen]] = {}
    for one in seen:
        arms.setdefault((one.unit_id, one.campaign, one.version), {}).setdefault(one.arm, one)
    kept = [_written(one) for person in arms.values() if len(person) == 1 for one in person.values()]
    crossed = [_written(one) for person in arms.values() if len(person) > 1 for one in person.values()]
    rows: Iterable[tuple[Any, ...]]
    for name, rows, schema in (("exposures", kept, _SEEN), ("in_two_arms", crossed, _SEEN), ("outcomes", did, _DID)):
        table = pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)
        connection.register("given", table)
        connection.execute(f"create table {name} as select * from given")
        connection.unregister("given")
    return connection


def _written(one: Seen) -> tuple[Any, ...]:
    tests = [{"test": test, "component": component} for test, component in one.tests]
    would = sorted(one.would.items())
    return (*one[:6], str(would), would, tests, str(one.version), one.campaign)
