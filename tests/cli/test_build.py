"""`assembler build`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring.build.output import Built
from assembler.cli.text.variants import built_text, changes_text
from tests.cli.conftest import AS_OF, Run
from tests.cli.test_check import change
from tests.cli.test_exit_codes import process
from tests.processes import started


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


def test_one_is_not_several() -> None:
    built = Built(variants=1, images=1, bytes=0, library=Path("x.library"), manifest=Path("manifest.json"))
    assert built_text(built).startswith("built 1 variant and 1 image, 0.0 MB in all\n")


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({"a": "1", "b": "1"}, {"a": "1", "b": "1"}, "0 of 2 variants changed"),
        ({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, "1 of 2 variants changed"),
        ({"a": "1"}, {"a": "1", "b": "1"}, "1 of 2 variants changed"),
        ({"a": "1", "b": "1"}, {"a": "1"}, "0 of 1 variants changed, 1 are gone"),
    ],
)
def test_what_changed_is_counted(before: dict[str, str], after: dict[str, str], text: str) -> None:
    assert changes_text(before, after) == text


def test_errors_are_printed_and_nothing_is_written(run: Run, project: Path) -> None:
    change(project / "campaigns" / "back.yaml", ", default: empty", "")
    result = run("build")
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


def test_a_part_goes_into_a_folder_of_its_own(run: Run, project: Path) -> None:
    whole = json.loads(run("build", "--format", "json").stdout)
    part = json.loads(run("build", "--select", "channel:email,segment:sweet_tooth", "--format", "json").stdout)
    assert 0 < part["variants"] < whole["variants"]
    assert Path(part["manifest"]).resolve() == (project / "build-part" / "manifest.json").resolve()
    assert json.loads((project / "build" / "manifest.json").read_text()).keys() == {
        *("schema", "name", "as_of", "library", "variants")
    }


def test_a_part_does_not_replace_a_whole_build(run: Run) -> None:
    run("build")
    result = run("build", "--select", "channel:email", "-o", "build")
    assert result.exit_code == 2
    assert "not a partial build; name another folder" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("select", "hint"),
    [
        ("channel:mail", "did you mean email?"),
        ("email", "write it like segment:"),
        ("campaign:start,channel:email", "nothing is both in such a campaign and in such a channel: start is in page"),
    ],
)
def test_what_cannot_be_selected_is_refused(run: Run, project: Path, select: str, hint: str) -> None:
    result = run("build", "--select", select)
    assert result.exit_code == 2
    assert hint in " ".join(result.stderr.split())
    assert not (project / "build-part").exists()


@pytest.mark.usefixtures("work_is_shared")
def test_processes_do_not_change_a_build(run: Run, project: Path) -> None:
    for jobs in ("1", "3"):
        assert run("build", "--jobs", jobs, "-o", f"build{jobs}").exit_code == 0
        shutil.rmtree(project / ".assembler-cache")
    assert (project / "build1/manifest.json").read_bytes() == (project / "build3/manifest.json").read_bytes()


def test_what_was_compiled_is_kept_beside_the_project(run: Run, project: Path) -> None:
    run("build", "-o", "first")
    kept = [path for path in (project / ".assembler-cache").iterdir() if path.name != ".gitignore"]
    assert kept
    for path in kept:
        path.write_bytes(b"")
    run("build", "-o", "second")
    run("build", "-o", "third")
    first, second, third = ((project / name / "manifest.json").read_bytes() for name in ("first", "second", "third"))
    assert first == second == third


def test_watching_builds_again_after_a_change_outlasts_errors_and_ends_when_told(project: Path) -> None:
    command = [sys.executable, "-m", "assembler", "build", "--watch", "--as-of", AS_OF]
    with started(command, cwd=project, stderr=subprocess.PIPE) as watching:
        assert watching.stderr is not None

        def said(words: str) -> str:
            assert watching.stderr is not None
            return next(line for line in watching.stderr if words in line)

        said("Watching for changes")
        change(project / "components/title/test_a.md", "Salt of the sea", "Salt of all seas")
        assert re.fullmatch(r"[1-9]\d* of [1-9]\d* variants changed \(\d+\.\d s\)\n", said("changed"))
        change(project / "campaigns/back.yaml", ", default: empty", "")
        said("D01")
        said("nothing is built")
        change(project / "campaigns/back.yaml", "offer: {type: offer", "offer: {type: offer, default: empty")
        assert said("changed").startswith("0 of ")
        watching.terminate()
        assert watching.wait(timeout=20) == 0
