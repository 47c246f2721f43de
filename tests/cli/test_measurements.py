"""What was measured, beside what commands show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.authoring import Project
from tests.cli.conftest import Run

FIGURES: dict[str, object] = {
    "treated_people": 900,
    "control_people": 100,
    "treated": 0.12,
    "control": 0.1,
    "difference": 0.02,
    "interval": [-0.03, 0.07],
    "lift": 0.2,
    "lift_interval": [-0.1, 0.5],
}
LOOK: dict[str, object] = {"at": "2026-12-20T00:00:00Z", "figures": FIGURES, "p": 0.5, "family_p": 1.0}

Measure = Callable[..., None]


@pytest.fixture
def measure(project: Path) -> Measure:
    """Writes a measurement of the sample project: what became of a campaign, a segment and a component."""
    components = Project.load(project).loaded.components

    def measure(verdict: str, *, digest: str | None = None, is_healthy: bool = True, **more: Any) -> None:
        address = "title/sweet"
        look = LOOK | {"verdict": verdict}
        asked = [("campaign", ""), ("segment", "sweet_tooth"), ("component", address)]
        measurement = {
            "schema": 1,
            "campaign": "back",
            "as_of": LOOK["at"],
            "goal": {"event": "purchase", "within": "P30D", "metric": "rate", "minimum_lift": 0.1},
            "people": {"arms": {"1": [900, 100]}, "two_arms": 0, "waiting": 0, "same": 0},
            "balance": 0.5,
            "is_healthy": is_healthy,
            "questions": [
                {
                    "question": {"family": family, "name": name},
                    "planned": 5000,
                    "looks": [look],
                    "digest": (digest or components[address].digest) if family == "component" else None,
                    **more,
                }
                for family, name in asked
            ],
        }
        (project / "measurements").mkdir(exist_ok=True)
        (project / "measurements" / "back.json").write_text(json.dumps(measurement))

    return measure


@pytest.mark.parametrize("kind", ["components", "campaigns", "segments"])
def test_what_is_listed(kind: str, run: Run, measure: Measure, words: SnapshotAssertion) -> None:
    measure("keep")
    result = run("ls", kind)
    assert result.exit_code == 0
    assert result.stdout == words


def test_json_has_it_where_something_was_measured(run: Run, measure: Measure) -> None:
    before = json.loads(run("ls", "components", "--format", "json").stdout)
    measure("keep")
    after = json.loads(run("ls", "components", "--format", "json").stdout)
    assert not any("measured" in entry for entry in before["components"])
    assert {entry["component"]: entry["measured"] for entry in after["components"] if "measured" in entry} == {
        "title/sweet": [
            {
                "campaign": "back",
                "verdict": "keep",
                "metric": "rate",
                "difference": 0.02,
                "interval": [-0.03, 0.07],
                "lift": 0.2,
                "at": "2026-12-20T00:00:00+00:00",
                "current": True,
            }
        ]
    }


def test_the_figure_of_fresh_people_is_the_one_to_quote(run: Run, measure: Measure) -> None:
    fresh = FIGURES | {"difference": 0.015, "interval": [0.01, 0.02]}
    measure("keep", fresh=fresh, kept_at=LOOK["at"])
    assert "keep, +1.50 points [+1.00, +2.00] (20 Dec 2026)" in run("ls", "campaigns").stdout


def test_an_explanation_has_it(run: Run, measure: Measure, words: SnapshotAssertion) -> None:
    asked = ("why", "back", "--channel", "email", "--segment", "sweet_tooth")
    before = run(*asked).stdout
    measure("retire")
    after = run(*asked).stdout
    assert after.startswith(before.rstrip())
    assert after[len(before.rstrip()) :] == words


@pytest.mark.parametrize(
    ("verdict", "digest", "is_due"), [("retire", None, True), ("retire", "other words", False), ("keep", None, False)]
)
def test_what_is_to_be_retired_is_due_as_long_as_its_words_are_the_same(
    verdict: str, digest: str | None, is_due: bool, run: Run, measure: Measure
) -> None:
    measure(verdict, digest=digest)
    due = json.loads(run("due", "--format", "json").stdout)["due"]
    retired = [entry["name"] for entry in due if entry["event"] == "retire"]
    assert retired == (["title/sweet"] if is_due else [])
    assert ("retire title/sweet" in " ".join(run("due").stdout.split())) is is_due


def test_arms_that_are_not_healthy_are_due(run: Run, measure: Measure) -> None:
    measure("unhealthy", is_healthy=False)
    due = json.loads(run("due", "--format", "json").stdout)["due"]
    assert [(entry["event"], entry["name"]) for entry in due if entry["event"] == "unhealthy"] == [
        ("unhealthy", "back")
    ]


def test_after_the_words_changed_it_was_measured_before(run: Run, measure: Measure) -> None:
    measure("keep", digest="other words")
    told = " ".join(run("ls", "components").stdout.split())
    assert "measured in back: before its words changed: keep, +2.00 points [-3.00, +7.00] (20 Dec 2026)" in told


def test_a_file_that_is_none_is_told_of_and_nothing_else_stops(run: Run, project: Path) -> None:
    (project / "measurements").mkdir()
    (project / "measurements" / "back.json").write_text("{")
    result = run("ls", "components")
    assert result.exit_code == 0
    assert "no measurement of schema 1" in " ".join(result.stderr.split())
