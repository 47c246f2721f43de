"""`assembler plan`: what it prints, its exit codes, and what it does not take."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.columns import width
from tests.cli.conftest import Run

LIST = ("plan", "back", "--people", "list.csv")


@pytest.fixture
def people(project: Path) -> Path:
    """A list of people, of whom half are vouched for to be of a segment."""
    rows = (f"{number},{'sweet_tooth' if number % 2 else ''}\n" for number in range(2_000))
    (project / "list.csv").write_text("id,segment\n" + "".join(rows))
    return project


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(("--base", "0.57%", "--per-day", "100"), id="slow"),
        pytest.param(("--base", "30%", "--per-day", "500"), id="fast"),
        pytest.param(("--base", "30%"), id="list"),
        pytest.param(("--base", "40", "--sd", "5"), id="value"),
    ],
)
@pytest.mark.usefixtures("people")
def test_what_is_printed(more: tuple[str, ...], run: Run, words: SnapshotAssertion) -> None:
    result = run(*LIST, *more)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == words
    assert all(width(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.usefixtures("people")
def test_a_folder_of_a_list_says_the_same(run: Run) -> None:
    folder = ("audience", "back", "--channel", "email", "--people", "list.csv", "-o", "out", "--max-unknown", "100%")
    assert run(*folder).exit_code == 0
    of_list, of_folder = (
        run("plan", "back", "--people", path, "--base", "30%", "--format", "json") for path in ("list.csv", "out")
    )
    assert json.loads(of_list.stdout) == json.loads(of_folder.stdout)
    assert json.loads(of_list.stdout)[0]["question"] == {"family": "campaign", "name": ""}


@pytest.mark.usefixtures("people")
def test_nobody_who_would_get_something_else_is_nobody_to_measure(run: Run) -> None:
    Path("list.csv").write_text("id\na\n")
    result = run(*LIST, "--base", "30%")
    assert result.exit_code == 0
    assert "nothing can be measured" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("plan", "bakc", "--people", "list.csv", "--base", "1%"), id="no campaign"),
        pytest.param((*LIST, "--base", "much"), id="no share"),
        pytest.param((*LIST, "--base", "0%"), id="nobody"),
        pytest.param((*LIST, "--base", "40"), id="no deviation"),
        pytest.param((*LIST, "--base", "100%"), id="everybody"),
        pytest.param((*LIST, "--base", "1%", "--channel", "emial"), id="no channel"),
        pytest.param((*LIST, "--base", "1%", "--per-day", "0"), id="nobody a day"),
        pytest.param(("plan", "back", "--people", "nowhere.csv", "--base", "1%"), id="no list"),
        pytest.param(("plan", "back", "--people", "components", "--base", "1%"), id="no folder of a list"),
    ],
)
@pytest.mark.usefixtures("people")
def test_what_is_refused(arguments: tuple[str, ...], run: Run, words: SnapshotAssertion) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words


@pytest.mark.usefixtures("people")
def test_without_the_extra_a_line_names_it(run: Run, monkeypatch: pytest.MonkeyPatch, words: SnapshotAssertion) -> None:
    for name in [name for name in sys.modules if name.startswith("assembler.measure")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    result = run(*LIST, "--base", "30%")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words
