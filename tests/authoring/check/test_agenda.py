"""What is due, when, whose, and what appears in its place then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from assembler.authoring.check.agenda import Agenda, Change, agenda
from assembler.authoring.check.rule import CheckedProject
from tests.authoring.builders import MOMENT, File, component, in_memory, project

TEA = "components/offer/tea.md"
TEST_A = "components/title/test_a.md"
YEAR = timedelta(days=365)


def of(parts: Mapping[str, File], within: timedelta = YEAR, at: datetime = MOMENT) -> Agenda:
    loaded = in_memory(project(parts))
    return agenda(CheckedProject(project=loaded.loaded, compiled=loaded.compiled, moment=at), within)


def listed(agenda: Agenda) -> list[tuple[str, str, str, str | None]]:
    return [(str(entry.day), entry.event, entry.kind, entry.name) for entry in agenda.due]


@pytest.fixture(scope="module")
def sample() -> Agenda:
    return of({})


def test_everything_with_a_day_is_due(sample: Agenda) -> None:
    assert listed(sample) == [
        ("2027-05-01", "end", "component", "offer/tea"),
        ("2027-06-01", "review", "campaign", "back"),
        ("2027-06-01", "review", "campaign", "start"),
        ("2027-06-01", "review", "segment", "salty_tooth"),
        ("2027-06-01", "review", "segment", "sweet_tooth"),
        ("2027-06-01", "review", "signal", "months_away"),
        ("2027-06-01", "review", "signal", "taste"),
        ("2027-06-30", "decide", "campaign", "back"),
        ("2027-06-30", "decide", "campaign", "start"),
        ("2027-06-30", "end", "control", "back"),
        ("2027-06-30", "end", "holdout", None),
    ]
    assert sample.later == ()
    assert sample.owners == ("a@sample.example", "crm@sample.example")


def test_what_an_end_leaves_behind_is_asked_of_the_runtime(sample: Agenda) -> None:
    assert sample.due[0].changes == (
        Change(campaign="back", slot="offer", before="offer/tea", after=None, cells=18),
        Change(campaign="start", slot="offer", before="offer/tea", after=None, cells=9),
    )
    assert not any(entry.changes for entry in sample.due[1:])


def test_what_starts_and_what_goes_with_it() -> None:
    parts = component("offer/tea", valid_from="2026-12-01", valid_until=None) | component(
        "story/away", requires=["offer/tea"]
    )
    agenda = of(parts, timedelta(days=9))
    assert listed(agenda) == [("2026-12-01", "start", "component", "offer/tea")]
    assert {(change.slot, change.before, change.after, change.cells) for change in agenda.due[0].changes} == {
        ("offer", None, "offer/tea", 18),
        ("offer", None, "offer/tea", 9),
        ("story", "story/plain", "story/away", 6),
    }
    assert listed(of(parts, timedelta(days=8))) == []
    begun = of(parts, at=datetime.fromisoformat("2026-12-01T00:00:00+00:00"))
    assert "start" not in {entry.event for entry in begun.due}
    assert [entry.name for entry in of(parts, timedelta(days=8)).later][:1] == ["offer/tea"]


def test_a_component_of_a_test_is_replaced_for_those_in_it() -> None:
    agenda = of(component("title/test_a", valid_until="2026-12-24"), timedelta(days=40))
    assert [(change.before, change.after) for change in agenda.due[0].changes] == [("title/test_a", "title/plain")]


def test_what_is_past_stays_until_it_is_dealt_with() -> None:
    agenda = of({}, timedelta(days=1), datetime.fromisoformat("2027-05-02T00:00:00+01:00"))
    assert listed(agenda) == [("2027-05-01", "end", "component", "offer/tea")]
    assert agenda.due[0].day < agenda.today
    assert agenda.due[0].changes
    retired = component("offer/tea", status="retired", learnt="nobody drank it")
    assert listed(of(retired, timedelta(days=1), datetime.fromisoformat("2027-05-02T00:00:00+01:00"))) == []


def test_a_project_with_errors_has_an_agenda() -> None:
    agenda = of(component("offer/tea", owner=None) | {"components/title/plain.md": None})
    assert (agenda.due[0].name, agenda.due[0].owner) == ("offer/tea", "crm@sample.example")
    assert agenda.due[0].changes


def test_one_owners_part(sample: Agenda) -> None:
    assert listed(sample.of("a@sample.example")) == [("2027-05-01", "end", "component", "offer/tea")]


def test_the_last_day_of_the_calendar_is_a_day() -> None:
    assert of({}, timedelta(days=9999 * 7), datetime.fromisoformat("9990-01-01T00:00:00+00:00")).until == date.max
