"""A project is judged at any moment whose offset can be told, and at no other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assembler.authoring import Project
from tests.authoring.sample import MOMENT, files

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
    project = Project.from_files(files())
    for asked in (project.check, project.compile, project.variants, lambda at: project.build(tmp_path / "build", at)):
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
    made = {**files(), "assembler.yaml": str(files()["assembler.yaml"]).replace("Europe/London", zone)}
    late = {each.code for each in Project.from_files(made).check(at).errors}
    assert late == ({"G03"} if at.year == 9999 else set())


def test_two_moments_that_a_clock_shows_alike_have_two_reports() -> None:
    project = Project.from_files(files())
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    assert first == second
    assert project.check(first) is not project.check(second)
    assert project.check(second) is project.check(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_a_review_is_due_within_thirty_days_of_the_last_of_all() -> None:
    made = files()
    for path, text in files().items():
        if isinstance(text, str):
            made[path] = text.replace("2027-06-01", "9999-12-30")
    found = [
        {each.code for each in Project.from_files(made).check(at).diagnostics} & {"G03", "G04"}
        for at in (MOMENT, datetime(9999, 12, 15, tzinfo=UTC))
    ]
    assert found == [set(), {"G04"}]
