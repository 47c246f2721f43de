"""G03: an overdue review is warned of, and after the grace of the policy it is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.authoring.builders import MOMENT, Files, settings
from tests.authoring.check.cases import diagnostics

TODAY = date(2026, 11, 22)


def reviewed(day: date, **policy: str) -> Files:
    """The settings in which a signal was to be reviewed by a day."""
    return settings(signals={"months_away": {"review_by": day.isoformat()}}, policy=policy)


def judged(files: Files, at: datetime = MOMENT) -> list[tuple[str, str]]:
    """The severity and the message of each overdue review."""
    return [(finding.severity, finding.message) for finding in diagnostics(files, at) if finding.code == "G03"]


@pytest.mark.parametrize(
    ("days", "severity", "words"),
    [(1, "warning", "1 day"), (2, "warning", "2 days"), (90, "warning", "90 days"), (91, "error", "91 days")],
    ids=["G03 on the day after", "G03 two days late", "G03 on the last day of grace", "G03 a day after the grace"],
)
def test_a_review_that_is_overdue(days: int, severity: str, words: str) -> None:
    expected = [(severity, f"the review of signal 'months_away' is overdue by {words}")]
    assert judged(reviewed(TODAY - timedelta(days=days))) == expected


@pytest.mark.parametrize("days", [0, -1], ids=["G03 on its day", "G03 the day before"])
def test_a_review_that_is_not_overdue(days: int) -> None:
    assert judged(reviewed(TODAY - timedelta(days=days))) == []


@pytest.mark.parametrize(
    ("grace", "days", "severity"),
    [("2d", 2, "warning"), ("2d", 3, "error"), ("400d", 400, "warning"), ("400d", 401, "error")],
    ids=lambda value: f"G03 {value}",
)
def test_the_grace_is_that_of_the_policy(grace: str, days: int, severity: str) -> None:
    files = reviewed(TODAY - timedelta(days=days), review_grace=grace)
    assert [judgement for judgement, _ in judged(files)] == [severity]


@pytest.mark.parametrize(
    ("at", "overdue"),
    [(datetime(2026, 6, 1, 22, 59, 59, tzinfo=UTC), False), (datetime(2026, 6, 1, 23, tzinfo=UTC), True)],
    ids=["G03 before midnight in London", "G03 at midnight in London"],
)
def test_a_day_ends_at_midnight_of_the_project(at: datetime, overdue: bool) -> None:
    assert bool(judged(reviewed(date(2026, 6, 1)), at)) == overdue
