"""What CONTRIBUTING.md shows is what happens."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assembler import __version__
from assembler.authoring import Project
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.scaffold.new_project import STARTER_DATE, copy_starter
from tests.conftest import STARTER_MOMENT
from tests.documents import ROOT, blocks, commands

DOCUMENT = "CONTRIBUTING.md"


def test_what_is_run_is_what_the_readme_and_reviewers_run() -> None:
    setup = commands(DOCUMENT)[:5]
    install, every = commands("README.md")[1].split(" && ")
    assert (setup[0], setup[2]) == (install, every)
    assert [step for step in setup if (ROOT / step.split()[0]).is_file()] == [".ci/run fast", ".ci/run"]


@pytest.mark.slow
def test_the_tests_of_one_rule_are_those_of_that_rule() -> None:
    arguments = shlex.split(commands(DOCUMENT)[1])
    assert arguments[0] == "pytest"
    command = [sys.executable, "-m", *arguments, "--collect-only", "-qq"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout


def test_the_type_needs_no_code_and_the_rule_finds_what_it_says(tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    for block in (*blocks(DOCUMENT, "yaml"), *blocks(DOCUMENT, "jinja")):
        comment, _, text = block.partition("\n")
        path = tmp_path / comment.strip("{#} ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "components/review/warm_2.md").write_text(
        "---\ncampaigns: all\nplace: Whitby\n---\nWarm at once.\n", encoding="utf-8"
    )
    (tmp_path / "components/review/warm_2.fr.md").write_text("Chaud tout de suite.\n", encoding="utf-8")
    project = Project.load(tmp_path)
    assert project.check(STARTER_MOMENT).errors == ()

    names: dict[str, Any] = {}
    exec(compile(blocks(DOCUMENT, "python")[0], DOCUMENT, "exec"), names)
    checked = CheckedProject(project=project.loaded, compiled=project.compiled, moment=STARTER_MOMENT)
    findings = [
        finding
        for judge in names["named_by_number"].judges
        for _, unit in checked.units(judge.scope)
        for finding in judge.find(unit)
    ]
    assert [(finding.place.path, finding.message) for finding in findings] == [
        ("components/review/warm_2.md", "review/warm_2 is named by its number")
    ]


def test_the_commands_of_a_release_build_what_is_there() -> None:
    tag, wheels = commands(DOCUMENT)[-2:]
    assert tag == f"git tag v{__version__}"
    projects = [ROOT / path for path in wheels.split("dist ")[1].split()]
    assert all((project / "pyproject.toml").is_file() for project in projects)


def test_the_first_change_is_of_this_version() -> None:
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert headings[0].split()[1] == __version__
