"""Who is compared, and what counts as done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from assembler.measure.goal import Metric
from assembler.measure.people import Comparison, People, join_people
from assembler.runtime.reasons import Arm
from tests.measure.tables import DAY, GOAL, HALF, START, Did, Seen, tables

_EACH = "select is_treated, events > 0, total from people, range(people) order by all"
LATER = START + 30 * DAY
MICROSECOND = timedelta(microseconds=1)


def joined(
    seen: Iterable[Seen], did: Iterable[Did] = (), *, as_of: datetime = LATER
) -> tuple[People, list[tuple[object, ...]]]:
    connection = tables(seen, did)
    people = join_people(connection, HALF, GOAL, as_of)
    return people, connection.execute(_EACH).fetchall()


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (-MICROSECOND, False),
        (timedelta(), True),
        (7 * DAY - MICROSECOND, True),
        (7 * DAY, False),
    ],
)
def test_what_counts_is_done_from_the_first_exposure_until_the_time_has_passed(after: timedelta, counts: bool) -> None:
    _, rows = joined([Seen("a"), Seen("a", timestamp=START + DAY)], [Did("a", START + after)])

    assert rows == [(True, counts, float(counts))]


@pytest.mark.parametrize(("before", "waiting"), [(timedelta(), 0), (MICROSECOND, 1)])
def test_people_with_time_left_are_waited_for(before: timedelta, waiting: int) -> None:
    people, rows = joined([Seen("a")], as_of=START + 7 * DAY - before)

    assert people.waiting == waiting
    assert len(rows) == 1 - waiting


def test_nobody_counts_twice_in_a_rate_and_values_add_up() -> None:
    did = [Did("a", value=20.0), Did("a", value=5.5), Did("b", value=-3.0)]
    connection = tables([Seen("a"), Seen("b"), Seen("c", arm="control")], did)
    join_people(connection, HALF, structs.replace(GOAL, metric=Metric.VALUE), LATER)

    _, rates = joined([Seen("a"), Seen("b"), Seen("c", arm="control")], did)
    sums = connection.execute("select is_treated, people, events, total, squares from people order by all").fetchall()

    assert rates == [(False, False, 0.0), (True, True, 2.0), (True, True, 2.0)]
    assert sums == [(False, 1, 0, 0.0, 0.0), (True, 2, 2, 22.5, 25.5**2 + 9)]


def test_who_was_seen_in_two_arms_of_a_version_is_left_out() -> None:
    people, rows = joined([Seen("a"), Seen("a", arm="control", timestamp=START + DAY), Seen("b", arm="control")])

    assert people.two_arms == 1
    assert people.arms == {"1": (0, 1)}
    assert len(rows) == 1


def test_who_changes_with_the_version_counts_in_both() -> None:
    people, _ = joined([Seen("a", arm="control"), Seen("a", version=2)])

    assert people == People(arms={"1": (0, 1), "2": (1, 0)}, two_arms=0, waiting=0, same=0)


@pytest.mark.parametrize("kind", ["fallback", "outside"])
def test_who_gets_the_same_in_any_arm_is_counted_and_not_compared(kind: str) -> None:
    people, rows = joined([Seen("a", kind=kind), Seen("b"), Seen(None, kind=kind)])

    assert people.same == 1
    assert len(rows) == 1


@pytest.mark.parametrize(
    "stranger", [Seen("a", campaign="welcome"), Seen("a", arm="holdout"), Seen("a", arm="unassigned")]
)
def test_others_are_not_compared(stranger: Seen) -> None:
    people, rows = joined([stranger])

    assert (people.arms, rows) == ({}, [])


def test_all_campaigns_together_have_one_version_and_whom_they_hold_out() -> None:
    everybody = Comparison(campaign=None, treated=(Arm.TREATED, Arm.CONTROL), control=(Arm.HOLDOUT,), share=0.9)
    seen = [Seen("a"), Seen("a", arm="control", campaign="welcome", version=3), Seen("b", arm="holdout", version=2)]

    people = join_people(tables(seen), everybody, GOAL, LATER)

    assert people.arms == {"": (1, 1)}


def test_who_is_held_out_of_one_campaign_alone_is_left_out_of_all_together() -> None:
    everybody = Comparison(campaign=None, treated=(Arm.TREATED, Arm.CONTROL), control=(Arm.HOLDOUT,), share=0.9)
    seen = [Seen("a"), Seen("a", arm="holdout", campaign="welcome")]

    assert join_people(tables(seen), everybody, GOAL, LATER).arms == {}


def test_components_are_those_that_not_everybody_gets() -> None:
    connection = tables([Seen("a"), Seen("b", would={"one": "headline/warm", "two": "headline/warm"})])

    join_people(connection, HALF, GOAL, LATER)

    assert connection.execute("select distinct component from targeted").fetchall() == [("headline/warm",)]
