"""`assembler check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Run


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.fixture
def faulty(project: Path) -> Path:
    """The sample with two errors, in two files."""
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    change(project / "assembler.yaml", "months_away >= 6", "mnths_away >= 6")
    return project


def test_a_clean_project(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout.splitlines()[0], result.stderr) == (0, "no findings", "")


def test_errors_are_printed_with_their_lines(faulty: Path, run: Run, words: SnapshotAssertion) -> None:
    result = run("check")
    assert result.exit_code == 1
    assert result.stderr == ""
    assert result.stdout == words


def test_errors_as_json(faulty: Path, run: Run) -> None:
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert list(report) == ["errors", "warnings", "diagnostics", "rules", "as_of", "variants"]
    errors = [diagnostic for diagnostic in report["diagnostics"] if diagnostic["severity"] == "error"]
    assert report["errors"] == len(errors) == 2
    assert list(report["diagnostics"][0]) == ["code", "severity", "path", "line", "column", "message", "hint"]
    assert {(error["code"], error["path"]) for error in errors} == {
        ("T01", "assembler.yaml"),
        ("D01", "campaigns/back.yaml"),
    }


def test_errors_for_github(faulty: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(faulty.parent))
    result = run("check", "--format", "github")
    assert result.exit_code == 1
    assert [line.split(",")[0] for line in result.stdout.splitlines() if line.startswith("::error")] == [
        "::error file=sample/assembler.yaml",
        "::error file=sample/campaigns/back.yaml",
    ]
    assert result.stderr.startswith("2 errors")


def test_a_clean_project_for_github_prints_no_command(run: Run) -> None:
    result = run("check", "--format", "github")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no findings\n")


@pytest.mark.parametrize(("option", "code"), [([], 0), (["--strict"], 1)])
def test_warnings_count_only_when_strict(option: list[str], code: int, project: Path, run: Run) -> None:
    stray = "---\ncampaigns: []\n---\nNobody can use this\n"
    (project / "components" / "title" / "stray.md").write_text(stray)
    result = run("check", *option)
    assert "R07" in result.stdout
    assert result.exit_code == code


def test_names_and_lines_that_steer_the_terminal_are_shown_as_pictures(project: Path, run: Run) -> None:
    (project / "components" / "title" / "b\x1b[31md.md").write_text("---\ncampaigns: [back]\n---\nx\n")
    change(project / "campaigns" / "back.yaml", "owner:", "own\u202eer:")
    result = run("check")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_a_file_name_that_is_not_utf_8_is_no_fault(project: Path, run: Run) -> None:
    (project / "components" / "title" / "b\udcff.md").write_text("x")
    for format_ in ("text", "json", "github"):
        assert run("check", "--format", format_).exit_code == 1
    report = json.loads(run("check", "--format", "json").stdout)
    assert "\udcff" in report["diagnostics"][0]["path"]
