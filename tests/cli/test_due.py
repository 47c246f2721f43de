"""`assembler due`."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("name", "at", "options"),
    [("soon", "2027-04-20", ()), ("nothing", "2026-11-22", ("--within", "2w")), ("late", "2027-07-10", ())],
)
def test_what_is_due_in_words(name: str, at: str, options: tuple[str, ...], run: Run, words: SnapshotAssertion) -> None:
    done = run("due", *options, at=at)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == words
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_as_json(run: Run) -> None:
    agenda = json.loads(run("due", "--owner", "a@sample.example", "--format", "json", at="2027-04-20").stdout)
    assert agenda == {
        "as_of": "2027-04-20",
        "until": "2027-07-19",
        "due": [
            {
                "day": "2027-05-01",
                "overdue": False,
                "event": "end",
                "kind": "component",
                "name": "offer/tea",
                "owner": "a@sample.example",
                "path": "components/offer/tea.md",
                "line": 6,
                "changes": [
                    {"campaign": "back", "slot": "offer", "before": "offer/tea", "after": None, "cells": 18},
                    {"campaign": "start", "slot": "offer", "before": "offer/tea", "after": None, "cells": 9},
                ],
            }
        ],
    }


def test_as_a_calendar(run: Run) -> None:
    read = icalendar.Calendar.from_ical(run("due", "--format", "ics", at="2027-04-20").stdout_bytes)
    events = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert len(events) == 11
    tea = events["end-component-offer/tea@sample"]
    assert str(tea["SUMMARY"]) == "offer/tea ends"
    assert str(tea["DESCRIPTION"]) == (
        "in back: offer/tea -> empty offer (18 cells); in start: offer/tea -> empty offer (9 cells)\n"
        "owner: a@sample.example\ncomponents/offer/tea.md, line 6"
    )
    again = run("due", "--format", "ics", at="2027-04-21").stdout_bytes
    assert {str(event["UID"]) for event in icalendar.Calendar.from_ical(again).walk("VEVENT")} == set(events)


def test_a_file_that_cannot_be_read_is_told(run: Run, project: Path) -> None:
    (project / "campaigns/back.yaml").write_text("owner: [")
    done = run("due", at="2027-04-20")
    assert done.exit_code == 0
    assert "campaigns/back.yaml" in done.stderr
    assert "review campaign start" in done.stdout


def test_an_owner_is_known(run: Run) -> None:
    done = run("due", "--owner", "crm@sample.exmple")
    assert done.exit_code == 2
    assert "did you mean" in done.stderr
    assert "crm@sample.example?" in done.stderr
