"""`assembler build`."""

from __future__ import annotations

import json
from pathlib import Path

from assembler import Library
from tests.cli.conftest import AS_OF, Run
from tests.cli.test_check import change
from tests.cli.test_endings import process


def test_a_build_goes_into_the_folder_of_the_project(run: Run, project: Path) -> None:
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "library   build/sample.library\n" in result.stderr
    manifest = json.loads((project / "build" / "manifest.json").read_text())
    assert f"built {len(manifest['variants'])} variants" in result.stderr
    assert Library.open(str(project / "build" / "sample.library")).campaigns == ("back", "start")


def test_another_folder_is_meant_from_the_working_directory(run: Run, project: Path, tmp_path: Path) -> None:
    result = run("build", "--project", str(project), "-o", "../out", "--format", "json")
    built = json.loads(result.stdout)
    assert set(built) == {"variants", "images", "bytes", "library", "manifest"}
    assert Path(built["library"]).resolve() == (tmp_path / "out" / "sample.library").resolve()
    assert Path(built["manifest"]).is_file()


def test_errors_are_printed_and_nothing_is_written(run: Run, project: Path) -> None:
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    result = run("build", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "D01" in result.stderr
    assert not (project / "build").exists()


def test_what_is_no_build_is_not_replaced(run: Run, project: Path) -> None:
    result = run("build", "-o", "components")
    assert result.exit_code == 2
    assert "not a build" in " ".join(result.stderr.split())
    assert (project / "components" / "title" / "plain.md").is_file()


def test_a_file_is_no_folder_to_build_into(run: Run) -> None:
    result = run("build", "-o", "assembler.yaml")
    assert result.exit_code == 2
    assert "assembler.yaml" in result.stderr


def test_without_a_terminal_there_is_no_progress(project: Path) -> None:
    done = process("build", "--as-of", AS_OF, cwd=project)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["built", "library", "manifest"]
