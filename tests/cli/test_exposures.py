"""`assembler exposures compact`: what it prints, and its exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Run
from tests.measure.compaction.folders import line, written
from tests.measure.compaction.test_audience_folder import decided
from tests.measure.exposures.records import KEY

HEALTHY = [
    *(line(f"{number}", "treated" if number % 10 else "control") for number in range(1_200)),
    *(line(f"{number}", "treated" if number % 10 else "control", day="2026-11-23") for number in range(2_000)),
    *(line(f"f{number}", "control", kind="fallback") for number in range(30)),
    *(line(None, "unassigned", kind="outside") for _ in range(17)),
    line("7", "control", at="12:30:00.000000"),
    line("8", "holdout", experiment_id="welcome", experiment_version="2027-01-15"),
    line("9")[:200],
]
UNHEALTHY = [line("a"), line("a", "control"), line("b"), b"{}\n"]


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize(("name", "lines", "code"), [("healthy", HEALTHY, 0), ("unhealthy", UNHEALTHY, 1)])
def test_what_is_printed(
    name: str, lines: list[bytes], code: int, format_: str, run: Run, words: SnapshotAssertion
) -> None:
    written(Path("exposures"), {"2026-11-22-7-00000000": lines})
    for _ in range(2):
        result = run("exposures", "compact", "exposures", "--format", format_)
        assert (result.exit_code, result.stderr) == (code, "")
        assert result.stdout == words(name=f"{name}.{format_}")


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_cannot_be_read(format_: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("exposures", "compact", "nowhere", "--format", format_)
    assert result.exit_code == 2
    assert result.stdout + result.stderr == words
    if format_ == "json":
        assert json.loads(result.stdout).keys() == {"error"}


def test_a_list_needs_the_key_of_pseudonyms(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: SnapshotAssertion
) -> None:
    monkeypatch.delenv("ASSEMBLER_UNIT_KEY", raising=False)
    written(Path("exposures"), {"2026-11-22-7-00000000": [line("a")]})
    decided(Path("send"))
    result = run("exposures", "compact", "exposures", "--audience", "send")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words(name="without")
    monkeypatch.setenv("ASSEMBLER_UNIT_KEY", KEY)
    result = run("exposures", "compact", "exposures", "--audience", "send")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == words(name="with")


def test_no_arguments_is_usage(run: Run) -> None:
    assert run("exposures").exit_code == 2
    assert run("exposures", "compact").exit_code == 2


def test_without_the_extra_a_line_names_it(run: Run, monkeypatch: pytest.MonkeyPatch, words: SnapshotAssertion) -> None:
    for name in [name for name in sys.modules if name.startswith("assembler.measure.compaction")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("exposures", "compact", "exposures")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words
