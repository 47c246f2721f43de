"""`assembler audience`: what it prints, and its exit codes."""

from __future__ import annotations

import builtins
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.text.columns import width
from tests.cli.conftest import Run

ASKED = ("audience", "back", "--channel", "email", "--people", "list.csv", "more.csv", "-o", "out", "--jobs", "1")


@pytest.fixture
def lists(project: Path) -> Path:
    (project / "list.csv").write_text("id,segment\n" + "".join(f"{number:03},\n" for number in range(40)))
    (project / "more.csv").write_text("id\na\nb\n")
    return project


def test_what_is_said(lists: Path, run: Run, words: SnapshotAssertion) -> None:
    result = run(*ASKED)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == words
    assert all(width(line) <= 80 for line in result.stderr.splitlines())
    assert (lists / "out" / "_SUCCESS").exists()


def test_what_is_allowed_goes_on_at_once(lists: Path, run: Run) -> None:
    assert run(*ASKED).exit_code == 1
    result = run(*ASKED, "--max-unknown", "100%", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["good"], told["rows"], told["skipped"], told["parts"]) == (0, True, 42, 1, 1)
    assert (lists / "out" / "_SUCCESS").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--max-unknown", "101%"), id="no share"),
        pytest.param(("--bodies", "html,txt"), id="no part"),
        pytest.param(("--tokens", "nowhere"), id="no export"),
        pytest.param(("--part-rows", "0"), id="no rows"),
        pytest.param(("--library", "nowhere.library"), id="no library"),
        pytest.param(("--people", "nowhere.csv", "list.txt"), id="no people"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], lists: Path, run: Run, words: SnapshotAssertion) -> None:
    result = run(*ASKED, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == words
    assert not (lists / "out").exists()


def test_another_moment_is_refused(lists: Path, run: Run) -> None:
    run(*ASKED)
    result = run(*ASKED, at="2026-11-23")
    assert result.exit_code == 2
    assert "another moment" in " ".join(result.stderr.split())


@pytest.mark.usefixtures("lists")
def test_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "assembler.delivery.audience":
            raise ImportError("no pyarrow", name="pyarrow")
        return real(name, globals_, locals_, fromlist or (), level)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run(*ASKED)
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).endswith("pip install 'assembler[audience]'")
