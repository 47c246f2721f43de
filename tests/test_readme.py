"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assembler.authoring import Project
from assembler.authoring.scaffold.new_project import STARTER_DATE, copy_starter
from tests.conftest import STARTER_MOMENT
from tests.documents import ROOT, Reader, commands

README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_BYTES = 9000


def test_it_is_short() -> None:
    assert len(README.encode()) <= MOST_BYTES


def test_the_two_commands_are_the_readmes() -> None:
    assert commands("README.md")[:2] == ["pip install . && assembler demo", 'pip install -e ".[dev]" && pytest']


def test_what_is_run_for_reviewers_is_what_the_readme_says() -> None:
    steps = [line.strip() for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()]
    assert steps[-1].split()[-1] == "pytest"
    assert '"$work/dev/bin/pip" install --quiet -e ".[dev]"' in steps


def test_what_it_shows_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starter: Project) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    (tmp_path / "build").mkdir()
    starter.compile(STARTER_MOMENT).save(str(tmp_path / "build" / "harbour_pine.library"))
    monkeypatch.chdir(tmp_path)
    elsewhere = [command for line in commands("README.md")[:2] for command in line.split(" && ")]
    reader = Reader(monkeypatch, tuple(elsewhere))
    reader.follow("README.md")
    assert reader.typed[4:] == commands("README.md")[2:]
    assert reader.names["variant"].encoded["html"]
    (tmp_path / "components/headline/back_loyal.fr.md").write_text(
        'Votre sentier, {{ first_name | default: "vous" }}', encoding="utf-8"
    )
    assert Project.load(tmp_path).check(STARTER_MOMENT).errors == ()


def test_what_it_links_to_is_there() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / path).exists(), path
