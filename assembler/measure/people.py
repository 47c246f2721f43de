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


_EXPOSED: Final = """
create temp table exposed as
select
    unit_id, version,
    count(distinct is_treated) > 1 as is_in_two_arms,
    min(timestamp) as first,
    unnest(arg_min(
        {is_treated: is_treated, segment: segment, stage: stage, would: would_components, tests: tests}, timestamp
    ))
from (
    select
        *,
        case when $campaign is null then '' else experiment_version::varchar end as version,
        list_contains($treated, variation_id) as is_treated
    from exposures
    where unit_id is not null and kind = 'experiment' and list_contains($treated || $control, variation_id)
        and ($campaign is null or experiment_id = $campaign) and ($until is null or timestamp < $until)
)
group by unit_id, version
"""

_PEOPLE: Final = """
create temp table people as
with ready as (
    select * from exposed where not is_in_two_arms and first + $within <= $as_of
),
did as (
    select unit_id, version, sum(outcomes.value) as value
    from ready join outcomes using (unit_id)
    where outcomes.timestamp >= first and outcomes.timestamp < first + $within
    group by unit_id, version
)
select
    version, is_treated, first, segment, stage, tests,
    list_distinct(list_filter(map_values(would), lambda one: one is not null and not list_contains($defaults, one)))
        as targeted,
    did.unit_id is not null as has_event,
    case when $is_rate then (did.unit_id is not null)::double else coalesce(did.value, 0) end as value
from ready left join did using (unit_id, version)
"""

_COUNTED: Final = """
select
    (select count(*) from exposed where is_in_two_arms),
    (select count(*) from exposed where not is_in_two_arms and first + $within > $as_of),
    (
        select count(distinct unit_id) from exposures
        where kind <> 'experiment' and ($campaign is null or experiment_id = $campaign)
            and unit_id not in (select unit_id from exposed)
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


def join_people(connection: duckdb.DuckDBPyConnection, comparison: Comparison, goal: Goal, as_of: datetime) -> People:
    """Make the table `people` out of `exposures` and `outcomes`, and return how many there are.

    A person's outcome are the events from their first exposure until the goal's time has passed; no event is none.
    """
    named = {"campaign": comparison.campaign, "treated": list(comparison.treated), "control": list(comparison.control)}
    span = {"within": goal.within, "as_of": as_of}
    rate = goal.metric is Metric.RATE
    connection.execute(_EXPOSED, named | {"until": comparison.until})
    connection.execute(_PEOPLE, span | {"defaults": list(comparison.defaults), "is_rate": rate})
    two_arms, waiting, same = connection.execute(_COUNTED, span | {"campaign": comparison.campaign}).fetchall()[0]
    arms = connection.execute(
        """
        select version, count(*) filter (is_treated), count(*) filter (not is_treated)
        from people group by version order by version
        """
    ).fetchall()
    counted = {version: (treated, control) for version, treated, control in arms}
    return People(arms=counted, two_arms=two_arms, waiting=waiting, same=same)
