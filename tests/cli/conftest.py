"""What these tests share: the sample project in a folder, and a way to run a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click.testing
import pytest

from assembler.cli.commands import assembler
from tests.authoring.builders import project as files

Run = Callable[..., click.testing.Result]

AS_OF = "2026-11-22T12:00:00+00:00"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project, in a folder."""
    return write(tmp_path / "sample", files())


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
