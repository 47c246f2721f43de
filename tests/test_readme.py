"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assembler.authoring import Project
from assembler.cli.commands import assembler
from assembler.cli.starter import STARTER_DATE, copy_starter
from tests.documents import ROOT, blocks, commands

README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(assembler, list(arguments))
    assert result.exit_code in (0, 1), result.output
    return result.output


def test_the_two_commands_are_the_readmes() -> None:
    assert commands("README.md")[:2] == ["pip install . && assembler demo", 'pip install -e ".[dev]" && pytest']


def test_what_is_run_for_reviewers_is_what_the_readme_says() -> None:
    steps = [line.strip() for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()]
    assert steps[-1] == "pytest"
    assert '"$work/dev/bin/pip" install --quiet -e ".[dev]"' in steps


def test_every_command_exists_and_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_starter(tmp_path / "my-brand", STARTER_DATE)
    monkeypatch.chdir(tmp_path / "my-brand")
    ran = set()
    for console, shown in re.findall(
        r"^```console\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", README, re.DOTALL | re.MULTILINE
    ):
        for command in re.findall(r"assembler (?!demo|init)[^&\n]+", console.replace("\\\n", " ")):
            arguments = shlex.split(command)[1:]
            ran.add(arguments[0])
            dated = [] if "--as-of" in arguments else ["--as-of", STARTER_DATE.isoformat()]
            printed = run(*arguments, *dated)
            assert printed
            assert all(block in printed for block in shown.strip("\n").split("\n\n"))
    assert ran == {"check", "build", "why", "review", "coverage", "due", "gallery"}


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter: Project) -> None:
    (tmp_path / "build").mkdir()
    library = starter.compile()
    library.save(str(tmp_path / "build" / "harbour_pine.library"))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks("README.md", "python"):
        exec(compile(block, "README.md", "exec"), names)
    assert isinstance(names["message"], bytes)


def test_the_component_is_a_good_one(tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    (component,) = blocks("README.md", "markdown")
    words = component.rpartition("---\n")[2]
    before = {(error.code, error.path) for error in Project.load(tmp_path).check().errors}
    (tmp_path / "components/headline/back_loyal.md").write_text(component)
    (tmp_path / "components/headline/back_loyal.fr.md").write_text(
        words.replace("Still your kind of trail", "Votre sentier")
    )
    assert {(error.code, error.path) for error in Project.load(tmp_path).check().errors} == before


def test_the_finding_is_what_is_printed(tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    for path, old, new in (
        ("components/headline/come_back_loyal.md", "[lapsed_loyal]", "[lapsed_loyl]"),
        ("components/body/come_back.md", "default:", "defalt:"),
    ):
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / path).write_text(text.replace(old, new), encoding="utf-8")
    printed = run("check", "--project", str(tmp_path), "--as-of", STARTER_DATE.isoformat())
    shown = next(block for block in blocks("README.md", "text"))
    for finding in shown.strip().split("\n\n"):
        assert finding in printed


def test_pictures_and_files_are_there() -> None:
    for path in re.findall(r"\]\((benchmarks/[^)]+)\)", README):
        assert (ROOT / path).is_file()
