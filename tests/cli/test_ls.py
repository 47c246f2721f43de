"""`assembler ls`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import NOT_CHECKED, Run
from tests.cli.test_check import change

KINDS = ("components", "campaigns", "segments", "signals", "variants")


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_a_list_in_words(kind: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("ls", *([kind] if kind else []))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == words
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_as_json(kind: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("ls", kind, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)[kind]
    assert result.stdout == words


def test_counts_as_json(run: Run) -> None:
    assert list(json.loads(run("ls", "--format", "json").stdout)) == list(KINDS)


def test_the_signal_map_names_what_no_rule_reads(run: Run, project: Path) -> None:
    change(project / "assembler.yaml", 'taste == "salty"', "months_away > 3")
    change(project / "assembler.yaml", 'taste == "sweet"', "months_away > 9")
    assert run("ls", "signals").stdout.endswith("\n\nno rule uses: taste\n")
    assert json.loads(run("ls", "signals", "--format", "json").stdout)["unused"] == ["taste"]


def test_a_signal_that_a_component_needs_is_used(run: Run, project: Path) -> None:
    change(
        project / "components" / "title" / "sweet_away.md", "needs: [first_name]", "needs: [first_name, months_away]"
    )
    signals = json.loads(run("ls", "signals", "--format", "json").stdout)["signals"]
    assert signals[0]["needed_by"] == ["title/sweet_away"]


def test_every_cell_is_in_one_variant(run: Run) -> None:
    variants = json.loads(run("ls", "variants", "--format", "json").stdout)["variants"]
    cells = [(variant["key"].rpartition("/")[0], *cell.values()) for variant in variants for cell in variant["cells"]]
    assert len(cells) == len(set(cells)) == 3 * 3 * 3 * 3


def test_a_list_of_nothing_is_told(project: Path, run: Run) -> None:
    for path in (project / "campaigns").iterdir():
        path.unlink()
    for folder in ("components", "templates"):
        for path in (project / folder).rglob("*.md"):
            path.unlink()
    result = run("ls", "components")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{NOT_CHECKED}no components\n")


def test_one_is_said_as_one(run: Run, tmp_path: Path) -> None:
    brand = str(tmp_path / "brand")
    assert run("init", brand, "--name", "Lumen Grid", "--channels", "email").exit_code == 0
    assert "     1  campaign\n" in run("ls", "--project", brand).stdout
    assert "  1 combination, as many after constraints; 1 variant in" in run("coverage", "--project", brand).stdout
