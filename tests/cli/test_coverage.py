"""`assembler coverage`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring.outcomes.coverage import coverage
from assembler.cli.text.coverage import coverage_text
from assembler.cli.text.coverage_page import coverage_page
from tests.authoring.builders import MOMENT, in_memory, project as files
from tests.cli.conftest import Run

NEAR = "2027-04-20"
PEOPLE = """\
{"id": 1, "segment": "sweet_tooth", "stage": "away"}

{}
{"id": 2, "locale": "fr", "segment": "salty_tooth"}
null
"""
CELL = ["campaign", "channel", "locale", "segment", "stage", "state", "slots", "expires"]


def test_the_matrix(run: Run, words: SnapshotAssertion) -> None:
    done = run("coverage")
    assert (done.exit_code, done.stderr) == (0, "")
    assert max(map(len, done.stdout.split("\n"))) <= 80
    assert done.stdout == words


def test_the_matrix_of_real_people_shortly_before_something_ends(run: Run, words: SnapshotAssertion) -> None:
    done = run("coverage", "--audience", "-", "--expiring", "2w", at=NEAR, stdin=PEOPLE)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.split("\n"))) <= 80
    assert done.stdout == words


def test_one_is_not_several() -> None:
    report = coverage(in_memory(files()).compile(MOMENT), MOMENT, within=timedelta(days=1))
    one = replace(report, components={"title/plain": 1})
    assert "\n1 component is ready, and stands\n" in coverage_text(one, "1 day")
    assert "<p>1 is ready." in coverage_page(one, "sample", MOMENT, "1 day")


def test_json_is_as_the_contract_says(run: Run) -> None:
    report = json.loads(run("coverage", "--format", "json").stdout)
    assert list(report) == ["cells"]
    assert all(list(cell) == CELL for cell in report["cells"])
    assert len(report["cells"]) == 81
    assert report["cells"][0] == {
        "campaign": "back",
        "channel": "email",
        "locale": "en",
        "segment": "sweet_tooth",
        "stage": "away",
        "state": "own",
        "slots": {"offer": "offer/tea", "title": "title/sweet_away", "story": "story/away", "aside": "title/aside"},
        "expires": "2027-05-01",
    }


def test_json_holds_more_where_more_is_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.jsonl").write_text(PEOPLE, encoding="utf-8")
    options = ("--audience", str(tmp_path / "people.jsonl"), "--expiring", "30d", "--full", "--format", "json")
    report = json.loads(run("coverage", *options, at=NEAR).stdout)
    assert list(report) == ["cells", "campaigns", "combinations", "components", "stages"]
    first = report["cells"][0]
    assert list(first) == [*CELL, "then", "people", "share"]
    assert (first["then"], first["people"], first["share"]) == ({"offer": None}, 1, 0.25)
    assert report["campaigns"][0] == {"campaign": "back", "channel": "email", "covered": 15, "cells": 27}
    assert report["stages"][1] == {"campaign": "back", "nothing_for": ["here"]}
    assert {"component": "offer/tea", "cells": 27} in report["components"]
    assert report["combinations"][0]["before"] >= report["combinations"][0]["after"] > 1


@pytest.mark.parametrize(
    ("percent", "code", "told"),
    [
        ("0", 0, ""),
        ("55.5", 0, ""),
        ("55.6", 1, "back, email: 15 of 27 cells are own or partial, 55.6%; 55.6% is asked for\n"),
        ("100", 1, "back, email: 15 of 27 cells are own or partial, 55.6%; 100% is asked for\n"),
    ],
)
def test_too_little_coverage_fails(run: Run, percent: str, code: int, told: str) -> None:
    done = run("coverage", "--fail-under", percent)
    assert done.exit_code == code
    assert done.stderr.startswith(told)
    assert done.stdout


def test_the_page_is_written(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    done = run("coverage", "--html", str(page))
    assert done.stderr == f"wrote {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("options", "stdin", "told"),
    [
        (("--expiring", "soon"), "", "'soon' is no number of days or weeks, such as 30d or 4w"),
        (("--expiring", "0d"), "", "'0d' is no number of days"),
        (("--fail-under", "101"), "", "101"),
        (("--fail-under", "nan"), "", "nan is not in the range 0<=x<=100"),
        (("--audience", "nobody.jsonl"), "", "the audience 'nobody.jsonl' cannot be read: No such file"),
        (("--audience", "-"), "{}\n{]\n", "standard input:2: not JSON"),
        (("--audience", "-"), "{]\n{}\n[\n", "standard input:3: not JSON"),
        (("--audience", "-"), "{]\n" * 25, "and 5 more"),
        (("--html", "no/such/folder.html"), "", "no/such/folder.html"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, options: tuple[str, ...], stdin: str, told: str) -> None:
    done = run("coverage", *options, stdin=stdin)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
