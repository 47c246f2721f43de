"""A project is judged at any moment whose offset can be told, and at no other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.authoring.builders import MOMENT, campaign, in_memory, project, settings
from tests.authoring.clean import Value

LONDON = ZoneInfo("Europe/London")
EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


class Raising(tzinfo):
    """A time zone that cannot tell a thing."""

    def utcoffset(self, at: datetime | None) -> timedelta:
        raise RuntimeError

    dst = utcoffset

    def tzname(self, at: datetime | None) -> str:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


class OffsetAlone(Raising):
    """A time zone that tells its offset, and nothing else."""

    def utcoffset(self, at: datetime | None) -> timedelta:
        return timedelta(hours=1)


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 22), datetime(2026, 11, 22, tzinfo=Raising()), date(2026, 11, 22), "2026-11-22", 7]
)
def test_what_is_no_moment_is_a_type_error(at: datetime, tmp_path: Path) -> None:
    loaded = in_memory(project())
    for asked in (loaded.check, loaded.compile, loaded.variants, lambda at: loaded.build(tmp_path / "build", at)):
        with pytest.raises(TypeError, match="aware datetime"):
            asked(at)


@pytest.mark.parametrize(
    "at",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=EAST),
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=WEST),
        datetime(9999, 12, 15, tzinfo=UTC),
        datetime(2026, 11, 22, tzinfo=OffsetAlone()),
    ],
    ids=lambda at: at.isoformat(),
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_there_is_a_report_at_any_moment(zone: str, at: datetime) -> None:
    files = project(settings(timezone=zone))
    late = {finding.code for finding in in_memory(files).check(at).errors}
    assert late == ({"G03"} if at.year == 9999 else set())


def test_two_moments_that_a_clock_shows_alike_have_two_reports() -> None:
    loaded = in_memory(project())
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    assert first == second
    assert loaded.check(first) is not loaded.check(second)
    assert loaded.check(second) is loaded.check(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_a_review_is_due_within_thirty_days_of_the_last_of_all() -> None:
    last: Mapping[str, Value] = {"review_by": "9999-12-30"}
    files = project(
        settings(signals={"months_away": last, "taste": last}, segments={"sweet_tooth": last, "salty_tooth": last}),
        campaign("back", review_by="9999-12-30"),
        campaign("start", review_by="9999-12-30"),
    )
    codes = [
        {finding.code for finding in in_memory(files).check(at).diagnostics} & {"G03", "G04"}
        for at in (MOMENT, datetime(9999, 12, 15, tzinfo=UTC))
    ]
    assert codes == [set(), {"G04"}]
