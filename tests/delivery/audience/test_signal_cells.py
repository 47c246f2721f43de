"""Values that are nearly alike are in one cell only where nothing tells them apart."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pyarrow as pa
import pytest

from assembler import Library
from assembler.delivery.audience import decisions
from assembler.library.records import And, Audience, Compare, Literals, Or, Signal
from tests.delivery.audience.expected import CAMPAIGN, CHANNEL, expected
from tests.delivery.audience.random_lists import Operator
from tests.runtime.sample import AT, component, library

OPERATORS: tuple[Operator, ...] = ("==", "<", ">")


def sample(signal: Signal, *literals: Literals) -> Library:
    """A library with a segment for each value that a literal is and lies between two, and a component for each."""
    segments = tuple(
        Audience(id=f"s{number}", condition=Compare(signal="amount", operator=operator, value=value))
        for number, (operator, value) in enumerate(product(OPERATORS, sorted(literals)))
    )
    offers = [component(f"offer/{segment.id}", segments=(segment.id,)) for segment in segments]
    defaults = [component(f"{name}/come_back") for name in ("body", "headline")]
    others = [component(address) for address in ("headline/echo", "headline/welcome", "proof/returns")]
    needing = component("headline/needing", needs=("amount",))
    components = sorted([*defaults, *others, *offers, needing], key=lambda one: one.address)
    return library(components, signals={"amount": signal}, segments=segments, stages=())


def assert_equal(of: Library, **columns: pa.Array) -> list[dict[str, Any]]:
    size = len(next(iter(columns.values())))
    batch = pa.RecordBatch.from_pydict({"id": [*map(str, range(size))], **columns})
    (decided,) = decisions([batch], library=of, campaign=CAMPAIGN, channel=CHANNEL, at=AT)
    rows: list[dict[str, Any]] = decided.to_pylist()
    assert rows == [*expected(batch, of)]
    return rows


@pytest.mark.parametrize("kind", ["integer", "number"])
@pytest.mark.parametrize(
    "values",
    [
        pa.array(
            [Decimal(f"{2**54 + whole}.{part}") for whole in range(4) for part in range(10)], pa.decimal128(18, 1)
        ),
        pa.array(
            [Decimal(f"{2**53 - 2 + whole}.{part}") for whole in range(4) for part in range(10)], pa.decimal128(17, 1)
        ),
        pa.array([Decimal(number) for number in range(-3, 4)], pa.decimal128(1, 0)),
        pa.array([Decimal(2**100 + number) for number in range(3)], pa.decimal256(60, 2)),
        pa.array([*(2**53 + number for number in range(-3, 4)), 2**63 - 1, 2**63 - 2, -(2**63)], pa.int64()),
        pa.array([2**64 - 1, 2**63, 2**63 - 1, 0, 1], pa.uint64()),
        pa.array([-128, 127, 0], pa.int8()),
        pa.array([2.0**53 - 1, 2.0**53, 2.0**53 + 2, -(2.0**53), 0.5, 1.0]),
    ],
    ids=str,
)
def test_numbers_around_the_largest_exact_float(kind: Any, values: pa.Array) -> None:
    literals = (2**53 - 1, 2**53, 2**53 + 1, 2**54 + 1, 2**63 - 1, 2**63, -129, 128, 0.5, 1e300, -(10**400), 10**400)
    assert_equal(sample(Signal(kind=kind), *literals), amount=values)
    assert_equal(sample(Signal(kind=kind, low=0, high=2**54 + 1), *literals), amount=values)
    assert_equal(sample(Signal(kind=kind, low=2**54 + 1, high=2**63)), amount=values)


def test_an_integer_and_a_float_that_are_equal_are_not_the_same_value() -> None:
    """Of the decimals, one is read as an integer and the other as a float beyond those that integers are read from."""
    for texts in (["100000000000000000.5", "100000000000000000"], ["100000000000000000", "100000000000000000.5"]):
        values = pa.array([*map(Decimal, texts)], pa.decimal128(20, 1))
        rows = assert_equal(sample(Signal(kind="integer"), 5), amount=values)
        assert {row["segment"] for row in rows} == {None, "s2"}


def test_a_time_outside_the_calendar_is_no_time() -> None:
    times = pa.array([-(2**62), 2**62, 0], pa.int64()).view(pa.timestamp("us", "UTC"))
    rows = assert_equal(sample(Signal(kind="number"), 5), amount=pa.array([7, 7, 7]), amount__observed_at=times)
    assert [row["segment"] for row in rows] == [None, None, "s2"]


def test_conditions_beyond_the_exact_method_are_still_told_apart() -> None:
    """So many boxes that audiences are evaluated one by one."""
    names = [f"n{number}" for number in range(22)]
    pairs = tuple(
        Or(conditions=tuple(Compare(signal=name, operator="==", value=1) for name in names[at : at + 2]))
        for at in range(0, 22, 2)
    )
    segments = (Audience(id="all", condition=And(conditions=pairs)),)
    of = library(signals={name: Signal(kind="integer") for name in names}, segments=segments, stages=())
    columns = {
        name: pa.array([1, 1 if number % 2 else 2, 0 if number == 1 else 1]) for number, name in enumerate(names)
    }
    rows = assert_equal(of, **columns)
    assert [row["segment"] for row in rows] == ["all", "all", "all"]
    columns["n0"] = pa.array([1, 2, 0])
    assert [row["segment"] for row in assert_equal(of, **columns)] == ["all", "all", None]


def test_a_range_in_which_nothing_lies() -> None:
    of = sample(Signal(kind="number", low=5, high=5), 5)
    rows = assert_equal(of, amount=pa.array([4.9, 5.0, 5.1]))
    assert [row["segment"] for row in rows] == [None, "s0", None]
