"""`assembler demo`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_check import change

pytestmark = pytest.mark.usefixtures("known_results")


def steps(stderr: str) -> list[str]:
    return [line.split(":")[0] for line in stderr.splitlines() if not line.startswith(" ")]


@pytest.mark.parametrize(
    ("day", "times"),
    [
        ("2026-11-22", 2),
        pytest.param("2036-11-22", 1, marks=pytest.mark.slow),
        pytest.param("2028-02-29", 1, marks=pytest.mark.slow),
    ],
)
def test_a_demo_at_any_date_and_again(
    day: str, times: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(times):
        result = run("demo", at=day)
        assert (result.exit_code, result.stdout) == (0, "")
        assert steps(result.stderr) == [
            "init",
            "check",
            "build",
            "gallery",
            "open assembler-demo/gallery/index.html in a browser",
        ]
        assert Path("assembler-demo/gallery/index.html").is_file()
    assert not re.search(r"check:.*(error|warning)", result.stderr)


def test_a_demo_of_now(run: Run, tmp_path: Path) -> None:
    result = run("demo", str(tmp_path / "here"))
    assert result.exit_code == 0
    assert (tmp_path / "here" / "build" / "manifest.json").is_file()


def test_a_project_that_is_there_is_used(run: Run, project: Path) -> None:
    result = run("demo", str(project))
    assert result.exit_code == 0
    assert (project / "build" / "sample.library").is_file()


def test_a_project_with_errors_ends_the_demo(run: Run, project: Path) -> None:
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    result = run("demo", str(project))
    assert result.exit_code == 1
    assert "D01" in result.stderr
    assert not (project / "build").exists()


def test_a_folder_that_holds_other_things_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new" / "assets").mkdir(parents=True)
    (tmp_path / "new" / "assets" / "logo.png").write_text("mine")
    result = run("demo", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert (tmp_path / "new" / "assets" / "logo.png").read_text() == "mine"
