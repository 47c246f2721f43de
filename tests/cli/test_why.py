"""`assembler why`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.authoring.builders import MOMENT, in_memory, project as files
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
    "untimed": ["--consent", "marketing", "--signal", 'months_away={"value": 9}'],
    "future": ["--consent", "marketing", "--signal", f"months_away={AHEAD}"],
    "out_of_range": ["--signal", "months_away=601", "--signal", "taste=" + "bitter" * 9],
    "wrong_type": ["--signal", "months_away=many", "--signal", "taste= "],
    "test": ["--id", "x", "--signal", "taste=salty"],
    "holdout": ["--id", "c-18", "--signal", "taste=salty"],
    "control": ["--id", "c-1", "--signal", "taste=salty"],
    "vouched": ["--segment", "sweet_tooth", "--stage", "none", "--signal", "taste=salty"],
    "locale": ["--locale", "fr-ca"],
    "field": ["--locale", "de", "--field", "first_name= ", "--signal", "taste=sweet"],
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
    library = in_memory(files()).compile(MOMENT)
    context = {"id": "x", "signals": {"taste": "salty"}}
    assert json.loads(result.stdout) == json.loads(
        json.dumps(library.explain("back", channel="email", context=context, at=MOMENT).to_dict())
    )


def person(folder: Path, name: str, **context: object) -> str:
    """The path of a file that holds a context."""
    (folder / name).write_text(json.dumps(context), encoding="utf-8")
    return str(folder / name)


def test_what_makes_the_difference_in_words(run: Run, tmp_path: Path, words: SnapshotAssertion) -> None:
    sweet = {"taste": "sweet", "months_away": {"value": 9, "observed_at": "2026-11-20T00:00:00Z"}}
    one = person(tmp_path, "one.json", id="x", consent=["marketing"], signals=sweet, fields={"first_name": "Maya"})
    late = {**sweet, "months_away": {"value": 9, "observed_at": "2026-01-01T00:00:00Z"}}
    other = json.dumps({"id": "x", "locale": "en-GB", "consent": ["marketing"], "signals": late})
    done = run("why", "back", "--channel", "email", "--context", one, "--diff", "-", stdin=other)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == words
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"id": "c-1"}, "Both get the same variant, by different decisions. id makes the difference:"),
        (
            {"signals": {"taste": "sweet"}, "locale": "fr"},
            "Only all that differs makes the difference: locale and signal taste",
        ),
        ({"fields": {"first_name": "Maya"}}, "Both contexts give the same decision.\n"),
    ],
)
def test_what_the_difference_comes_to(run: Run, tmp_path: Path, other: dict[str, object], told: str) -> None:
    done = run("why", "back", "--channel", "email", "--diff", person(tmp_path, "other.json", **other))
    assert done.stdout.startswith(told)


def test_the_difference_as_json(run: Run, tmp_path: Path) -> None:
    other = person(tmp_path, "other.json", segment="sweet_tooth", signals={"taste": "salty"})
    difference = json.loads(run("why", "back", "--channel", "email", "--diff", other, "--format", "json").stdout)
    assert list(difference) == ["decision", "other", "entries", "aspect", "carried_by", "smallest"]
    assert difference["carried_by"] == [[{"kind": "segment", "name": None}]]
    assert difference["other"]["segment"] == "sweet_tooth"


def test_two_contexts_cannot_both_be_standard_input(run: Run) -> None:
    done = run("why", "back", "--channel", "email", "--context", "-", "--diff", "-", stdin="{}")
    assert done.exit_code == 2
    assert "only one of the two contexts can be read from standard input" in done.stderr
