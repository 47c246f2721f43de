"""Exposed people and what they did -> for each question, the people in its two arms, by stratum."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from assembler.measure.statistics.samples import ArmSample, Stratum

if TYPE_CHECKING:
    import duckdb


class Family(StrEnum):
    """What questions are about. The more are asked of a family, the surer each answer must be."""

    CAMPAIGN = "campaign"
    SEGMENT = "segment"
    STAGE = "stage"
    COMPONENT = "component"
    TEST = "test"


class Question(msgspec.Struct, frozen=True):
    """One thing that is asked. `name` is the segment, the stage or the component that it is about, of a test the test
    and the component with a colon between them; it is blank for the campaign."""

    family: Family
    name: str


_ASKED: Final[Mapping[Family, str]] = {
    Family.CAMPAIGN: "select '' as name, version as stratum, * from people",
    Family.SEGMENT: "select segment as name, version as stratum, * from people where segment is not null",
    Family.STAGE: "select stage as name, version as stratum, * from people where stage is not null",
    Family.COMPONENT: "select component as name, version as stratum, * from people join targeted using (would)",
    Family.TEST: """
        with asked as (select unnest(tests, max_depth := 2), * exclude (is_treated, tests) from people),
        arms as (select distinct test, component as arm from asked where component is not null)
        select
            test || ': ' || arm as name,
            [version, coalesce(segment, ''), coalesce(stage, '')] as stratum,
            component is not null as is_treated,
            *
        from asked join arms using (test) where component is null or component = arm
    """,
}
"""The people whom each question is about. Whether a component is worth it is asked together with its neighbours: of
people for whom it would be chosen, treated or not. What a test asks is asked of treated people of one segment and
stage, inside its ranges and outside."""


def strata_of(
    connection: duckdb.DuckDBPyConnection, family: Family, since_era: int = 0
) -> dict[Question, list[Stratum]]:
    """Return the strata of every question of a family, in order of names, of the people in the table `people` of an era
    or later ones."""
    rows = connection.execute(
        f"""
        select
            name, stratum, is_treated,
            sum(people)::bigint, sum(events)::bigint, sum(total), sum(squares)
        from ({_ASKED[family]}) where era >= ?
        group by all order by name, stratum
        """,  # the query is one of ours
        [since_era],
    ).fetchall()
    arms: dict[Question, dict[str, dict[bool, ArmSample]]] = {}
    for name, stratum, is_treated, people, events, total, squares in rows:
        sample = ArmSample.of_sums(people=people, events=events, total=total, squares=squares)
        arms.setdefault(Question(family, name), {}).setdefault(str(stratum), {})[is_treated] = sample
    nobody = ArmSample(people=0)
    return {
        question: [Stratum(both.get(True, nobody), both.get(False, nobody)) for both in strata.values()]
        for question, strata in arms.items()
    }
