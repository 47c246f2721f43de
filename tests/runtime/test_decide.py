"""Decisions that are alike are one object, as long as they are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from assembler.library import records
from assembler.library.records import BUCKETS, Component, Window
from assembler.runtime.assignment import bucket
from tests.runtime.sample import COMPONENTS, component, library, midnight

STARTS = datetime(2027, 1, 1, tzinfo=UTC)
DAYS, RANGES = 65, 64
REMEMBERED = 4_096


def kinds() -> Iterator[tuple[dict[str, object], datetime]]:
    """People and moments of which no two have the same to choose from: a person for each range, on each of the days."""
    width = BUCKETS // RANGES
    people: dict[int, str] = {}
    for number in range(100_000):
        people.setdefault(bucket("come_back|t", str(number)) // width, str(number))
        if len(people) > RANGES:
            break
    for day in range(DAYS):
        for range_ in range(RANGES):
            context: dict[str, object] = {"id": people[range_], "segment": None, "stage": None, "fields": FIELDS}
            yield context, STARTS + timedelta(days=day)


FIELDS = {"first_name": "Maya", "greeting": "Hello", "account_url": "https://www.harbourandpine.example/1"}


def components() -> Iterator[Component]:
    width = BUCKETS // RANGES
    yield from COMPONENTS
    for number in range(RANGES):
        ranges = {"come_back": (number * width, (number + 1) * width)}
        yield component(f"offer/tested_{number}", test=records.Test(id="t", ranges=ranges))
    for day in range(DAYS):
        yield component(f"body/from_{day}", window=Window(start=midnight(2027, 1, 1) + day * 86_400_000_000, first="x"))


def test_4096_kinds_of_decisions_are_remembered() -> None:
    sample = library(tuple(components()))

    def decision(kind: tuple[dict[str, object], datetime]) -> object:
        return sample.decide("come_back", channel="email", context=kind[0], at=kind[1])

    first, *others = islice(kinds(), REMEMBERED + 1)
    before = decision(first)
    for kind in others[:-1]:
        decision(kind)
    assert decision(first) is before
    decision(others[-1])
    assert decision(first) is not before
