"""`assembler why`."""

from __future__ import annotations

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Project
from tests.authoring.sample import MOMENT, files
from tests.cli.conftest import Run

STALE = '{"value": 9, "observed_at": "2026-01-01T00:00:00Z"}'
AHEAD = '{"value": 9, "observed_at": "2026-11-24T12:00:00Z"}'
CASES = {
    "nothing": [],
    "segment_and_stage": [
        "--consent",
        "marketing",
        "--signal",
        "months_away=9",
        "--signal",
        "taste=sweet",
        "--field",
        "first_name=Maya",
    ],
    "needs": ["--consent", "marketing", "--signal", "months_away=9", "--signal", "taste=sweet"],
    "no_consent": ["--signal", "months_away=9"],
    "stale": ["--consent", "marketing", "--signal", f"months_away={STALE}"],
    "future": ["--consent", "marketing", "--signal", f"months_away={AHEAD}"],
    "out_of_range": ["--signal", "months_away=601", "--signal", "taste=" + "bitter" * 9],
    "wrong_type": ["--signal", "months_away=many", "--signal", "taste= "],
    "test": ["--id", "x", "--signal", "taste=salty"],
    "holdout": ["--id", "c-18", "--signal", "taste=salty"],
    "control": ["--id", "c-1", "--signal", "taste=salty"],
    "vouched": ["--segment", "sweet_tooth", "--stage", "none", "--signal", "taste=salty"],
    "locale": ["--locale", "fr-ca"],
}


@pytest.mark.parametrize("name", CASES)
def test_a_decision_in_words(name: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("why", "back", "--channel", "email", *CASES[name])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == words
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_a_context_that_is_no_object(run: Run, words: SnapshotAssertion) -> None:
    result = run("why", "back", "--channel", "email", "--context", "-", stdin="[]")
    assert result.exit_code == 0
    assert result.stdout == words


def test_json_is_that_of_the_library(run: Run) -> None:
    result = run("why", "back", "--channel", "email", "--id", "x", "--signal", "taste=salty", "--format", "json")
    library = Project.from_files(files()).compile(MOMENT)
    context = {"id": "x", "signals": {"taste": "salty"}}
    assert json.loads(result.stdout) == json.loads(
        json.dumps(library.explain("back", channel="email", context=context, at=MOMENT).to_dict())
    )
