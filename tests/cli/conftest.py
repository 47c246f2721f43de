"""What these tests share: the sample project in a folder, and a way to run a command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import click.testing
import pytest

from assembler.authoring import Project
from assembler.cli.commands import assembler
from assembler.cli.opening import cache_for
from tests.authoring.builders import MOMENT, project as files

Run = Callable[..., click.testing.Result]

AS_OF = "2026-11-22T12:00:00+00:00"
NOT_CHECKED = "not checked since the last change: `assembler check` says what is wrong\n"


@pytest.fixture(scope="session")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is remembered of the sample project after a check: as long as nothing changes, nothing is done again."""
    root = write(tmp_path_factory.mktemp("checked") / "sample", files())
    Project.load(root, cache=cache_for(root)).compile(MOMENT)
    return root / ".assembler-cache"


@pytest.fixture(scope="session")
def checked_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Path]:
    """Gives a folder back after a check: the first of its name is checked, and others get what that left there."""
    memories = tmp_path_factory.mktemp("memories")

    def checked_once(name: str, folder: Path) -> Path:
        beside, memory = folder / ".assembler-cache", memories / name
        if not memory.exists():
            Project.load(folder, cache=cache_for(folder)).check(MOMENT)
            shutil.copytree(beside, memory)
        shutil.copytree(memory, beside, dirs_exist_ok=True)
        return folder

    return checked_once


@pytest.fixture
def project(tmp_path: Path, remembered: Path) -> Path:
    """The sample project, in a folder, after a check."""
    folder = write(tmp_path / "sample", files())
    shutil.copytree(remembered, folder / remembered.name)
    return folder


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the sample project's folder, as of the sample's moment where the command has one."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)

    def run(*arguments: str, at: str | None = None, stdin: str | bytes | None = None) -> click.testing.Result:
        dated = ["--as-of", at or AS_OF] if "--as-of" in _options(arguments[:1]) else []
        runner = click.testing.CliRunner(env={"COLUMNS": "80", "ASSEMBLER_TRACEBACK": None})
        return runner.invoke(assembler, [*arguments, *dated], input=stdin)

    return run


def write(folder: Path, contents: dict[str, str | bytes]) -> Path:
    """Write files into a folder, by their paths."""
    for path, data in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def _options(names: tuple[str, ...]) -> set[str]:
    command = assembler.commands.get(names[0]) if names else None
    return {option for parameter in (command.params if command else ()) for option in parameter.opts}
