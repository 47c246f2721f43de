"""`assembler gallery`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_check import change
from tests.review.gallery.conftest import contents_of_page


def contents_of(gallery: Path) -> str:
    """What a gallery shows, as JSON."""
    return json.dumps(contents_of_page((gallery / "index.html").read_text(encoding="utf-8")))


def test_a_gallery_beside_the_project(run: Run, project: Path) -> None:
    result = run("gallery")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "open gallery/index.html in a browser\n"
    assert (project / "gallery" / "index.html").is_file()


def test_what_changed_since_a_build(run: Run, project: Path, tmp_path: Path) -> None:
    run("build")
    change(project / "components" / "title" / "plain.md", "Good to see you", "Great to see you")
    result = run("gallery", "-o", str(tmp_path / "out"), "--against", "build/manifest.json")
    assert result.exit_code == 0
    assert "title/plain changed" in contents_of(tmp_path / "out")


def test_a_build_of_another_project_is_not_compared(run: Run, project: Path) -> None:
    run("build")
    change(project / "assembler.yaml", "name: sample", "name: other")
    result = run("gallery", "--against", "build/manifest.json")
    assert result.exit_code == 2
    assert "of another project: 'sample', not 'other'" in " ".join(result.stderr.split())


def test_a_project_with_errors_has_none(run: Run, project: Path) -> None:
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    result = run("gallery")
    assert result.exit_code == 1
    assert "D01" in result.stderr
    assert not (project / "gallery").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "components"], "name another folder with --output"),
        (["--against", "assembler.yaml"], "not the manifest.json of a build"),
        (["--against", "nowhere.json"], "does not exist"),
        (["--campaign", "bakc"], "no campaign 'bakc'; did you mean back?"),
        (["--campaign", "quite other"], "no campaign 'quite other'; there is back, start"),
        (["--single", "--pictures"], "--single writes one file, and --pictures puts others beside it"),
        (["--single", "--pdf"], "--single writes one file, and --pdf puts others beside it"),
    ],
)
def test_what_cannot_be_done(run: Run, project: Path, arguments: list[str], said: str) -> None:
    result = run("gallery", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert not (project / "gallery").exists()


@pytest.mark.parametrize("single", [[], ["--single"]])
def test_one_campaign_alone_in_one_file(run: Run, project: Path, single: list[str]) -> None:
    result = run("gallery", "--campaign", "start", *single)
    assert result.exit_code == 0
    text = contents_of(project / "gallery")
    assert '"campaign": "start"' in text
    assert '"campaign": "back"' not in text
    assert [path.name for path in (project / "gallery").iterdir()] == ["index.html"]


@pytest.mark.parametrize("option", ["--pictures", "--pdf"])
def test_without_a_browser_it_says_what_to_install(
    run: Run, project: Path, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("playwright", reason="playwright is not installed")
    monkeypatch.setenv("ASSEMBLER_CHROMIUM", "/nowhere/chromium")
    result = run("gallery", option)
    assert result.exit_code == 2
    assert "no program /nowhere/chromium; install Chromium" in " ".join(result.stderr.split())
    assert not (project / "gallery").exists()
