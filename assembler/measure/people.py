"""Exposures and outcomes -> a table of people: the arm of each, and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from assembler.measure.goal import Goal, Metric
from assembler.runtime.reasons import Arm

if TYPE_CHECKING:
    import duckdb


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Who is compared with whom: people in arms that are treated, and in arms that are held out, of a campaign; of all
    campaigns together, if it is None.

    `share` is that of the treated among both, as it was meant; `until` is when nobody is held out any more. `defaults`
    are components that anybody may get.
    """

    campaign: str | None
    treated: Sequence[Arm] = (Arm.TREATED,)
    control: Sequence[Arm]
    share: float
    until: datetime | None = None
    defaults: Sequence[str] = ()


_ROWS: Final = """
select
    *,
    experiment_version as version,
    timestamp as first,
    list_contains($treated, variation_id) as is_treated
from {source}
where unit_id is not null and kind = 'experiment' and list_contains($treated || $control, variation_id)
    and ($campaign is null or experiment_id = $campaign) and ($until is null or timestamp < $until)
"""
_OF_CAMPAIGN: Final = "select unit_id, version, first, is_treated, segment, stage, would, tests from ({rows})"
_OF_ALL: Final = """
select
    unit_id, '' as version, min(first) as first, bool_or(is_treated) as is_treated, null::varchar as segment,
    null::varchar as stage, '' as would, []::struct(test varchar, component varchar)[] as tests
from ({rows}) group by unit_id having count(distinct is_treated) = 1
"""
_DID: Final = """
create temp table did as
select unit_id, version, sum(outcomes.value) as value
from ({exposed}) join outcomes using (unit_id)
where outcomes.timestamp >= first and outcomes.timestamp < first + $within and first + $within <= $as_of
group by unit_id, version
"""
_PEOPLE: Final = """
create temp table people as
select
    version, is_treated, segment, stage, would, tests,
    len(list_filter($eras::timestamptz[], lambda moment: moment <= first)) as era,
    count(*) as people,
    count(did.unit_id) as events,
    sum(case when $is_rate then (did.unit_id is not null)::double else coalesce(did.value, 0) end) as total,
    sum(case when $is_rate then (did.unit_id is not null)::double else coalesce(did.value, 0) ** 2 end) as squares
from ({exposed}) left join did using (unit_id, version)
where first + $within <= $as_of
group by all
"""
_TARGETED: Final = """
create temp table targeted as
select
    would,
    unnest(list_distinct(list_filter(
        map_values(any_value(would_components)), lambda one: one is not null and not list_contains($defaults, one)
    ))) as component
from ({rows}) group by would
"""
_COUNTED: Final = """
select
    (select count(distinct (unit_id, version)) from ({crossed})),
    (select count(*) from ({exposed}) where first + $within > $as_of),
    (
        select count(distinct unit_id) from exposures
        where kind <> 'experiment' and ($campaign is null or experiment_id = $campaign)
    )
"""


class People(msgspec.Struct, frozen=True, kw_only=True):
    """How many people, by version, are compared in the treated and the held-out arm; and how many are not.

    `two_arms` were seen in both arms of a version; for `waiting` the time for the outcome has not passed; `same` would
    get the default in either arm, or are in neither.
    """

    arms: dict[str, tuple[int, int]]
    two_arms: int
    waiting: int
    same: int


def join_people(
    connection: duckdb.DuckDBPyConnection,
    comparison: Comparison,
    goal: Goal,
    as_of: datetime,
    eras: Sequence[datetime] = (),
) -> People:
    """Make the table `people` out of `exposures`, `in_two_arms` and `outcomes`, and return how many there are; and make
    the table `targeted`, of the components of each variant that not everybody may get.

    A row of `people` is of all who are alike in arm, version, segment, stage, variant, tests and era: how many they
    are, how many have the event, and sums of their values and their squares. An era begins at each of some moments,
    which are in order; 0 is before them. What counts are the events from a person's first exposure until the goal's
    time has passed; no event is none.
    """
    named: dict[str, object] = {
        "campaign": comparison.campaign,
        "treated": list(comparison.treated),
        "control": list(comparison.control),
        "until": comparison.until,
    }
    rows = _ROWS.format(source="exposures")
    exposed = (_OF_CAMPAIGN if comparison.campaign else _OF_ALL).format(rows=rows)
    named |= {"within": goal.within, "as_of": as_of}
    connection.execute(_DID.format(exposed=exposed), named)
    rate = goal.metric is Metric.RATE
    connection.execute(_PEOPLE.format(exposed=exposed), named | {"eras": list(eras), "is_rate": rate})
    of_rows = {name: value for name, value in named.items() if name not in ("within", "as_of")}
    connection.execute(_TARGETED.format(rows=rows), of_rows | {"defaults": list(comparison.defaults)})
    crossed = _ROWS.format(source="in_two_arms")
    two_arms, waiting, same = connection.execute(_COUNTED.format(crossed=crossed, exposed=exposed), named).fetchall()[0]
    arms = connection.execute(
        """
        select
            version,
            coalesce(sum(people) filter (is_treated), 0)::bigint,
            coalesce(sum(people) filter (not is_treated), 0)::bigint
        from people group by version order by version
        """
    ).fetchall()
    counted = {version: (treated, control) for version, treated, control in arms}
    return People(arms=counted, two_arms=two_arms, waiting=waiting, same=same)
