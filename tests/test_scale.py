"""Projects that are made up for benchmarks are projects as good as any."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assembler.authoring import Project
from benchmarks.building import write
from benchmarks.commands import COMMANDS, costs, two_processes
from benchmarks.scale import Scale, project

ROOT = Path(__file__).parents[1]
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMALL = Scale(components=46, slots=9, segments=3, stages=2, locales=3, fields=3)


def test_a_made_up_project_is_as_large_as_asked_and_has_no_findings() -> None:
    small = Project.from_files(project(SMALL))
    assert small.check(MOMENT).diagnostics == ()
    loaded = small.loaded
    assert (len(loaded.components), len(loaded.settings.locales)) == (46, 3)
    assert (len(loaded.settings.segments), len(loaded.settings.stages), len(loaded.settings.fields)) == (3, 2, 4)
    assert {len(campaign.slots) for campaign in loaded.campaigns.values()} == {9}


def test_every_component_of_it_can_be_got() -> None:
    small = Project.from_files(project(SMALL))
    won = {
        choice.component
        for plan in [
            small.compile(MOMENT).plan(name, channel=channel, locale="en")
            for name in small.loaded.campaigns
            for channel in ("email", "page")
        ]
        for row in plan.slots
        for choice in (*(candidate.choice for candidate in row.candidates), row.default)
    }
    assert won == set(small.loaded.components)


def test_it_is_the_same_each_time() -> None:
    assert project(SMALL) == project(SMALL)


@pytest.mark.parametrize("wrong", [{"slots": 7}, {"locales": 0}, {"locales": 99}, {"components": 9999, "campaigns": 1}])
def test_what_is_too_small_or_too_large_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"at least 8 slots|have room for"):
        Scale(**wrong)


@pytest.mark.slow
def test_what_commands_cost_there_is_told_against_each_other(tmp_path: Path) -> None:
    write(project(Scale(components=20, locales=1)), tmp_path)
    seconds = costs(tmp_path, rounds=1)
    assert set(seconds) == {
        "check, at first",
        "check, after an edit",
        "ls, after an edit",
        *(f"{name}, again" for name in COMMANDS),
    }
    assert all(cost > 0 for cost in seconds.values())
    ratios = two_processes(tmp_path, rounds=1)
    assert list(ratios) == ["compile, at first", "check, at first", "check, after an edit"]
    assert all(0.1 < ratio < 10 for ratio in ratios.values())


def test_it_can_be_written_to_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.scale", str(tmp_path), "--components", "20", "--locales", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == f"{len([path for path in tmp_path.rglob('*') if path.is_file()])} files in {tmp_path}\n"
    assert Project.load(tmp_path).loaded.settings.name == "made_up"
