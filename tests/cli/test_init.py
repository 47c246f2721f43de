"""`assembler init`, and the starter that it copies."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any

import pytest

from assembler.authoring import Project
from assembler.cli.starter import STARTER_DATE, copy_starter
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
DATES = re.compile(r"\b(review_by|decide_by|until|valid_from|valid_until): +\"?(\d{4}-\d{2}-\d{2})")


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_on_its_own_day_the_starter_is_copied_as_it_is(tmp_path: Path) -> None:
    count = copy_starter(tmp_path / "new", STARTER_DATE)
    copied = names(tmp_path / "new")
    assert len(copied) == count
    assert {path.split("/")[0] for path in copied} == {
        ".gitignore",
        "assembler.yaml",
        "campaigns",
        "components",
        "templates",
        "assets",
    }
    assert not [path for path in copied if "__pycache__" in path]
    for path in copied - {".gitignore"}:
        assert (tmp_path / "new" / path).read_bytes() == (ROOT / path).read_bytes()


@pytest.mark.parametrize("days", [-300, 1, 3653])
def test_every_date_key_is_moved_by_the_same_days(days: int, tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE + timedelta(days=days))
    moved = 0
    for path in names(tmp_path):
        if not path.endswith((".yaml", ".md")):
            continue
        before, after = ((folder / path).read_text() for folder in (ROOT, tmp_path))
        for (key, old), (same, new) in zip(DATES.findall(before), DATES.findall(after), strict=True):
            assert key == same
            assert date.fromisoformat(new) - date.fromisoformat(old) == timedelta(days=days)
            moved += 1
        assert DATES.sub("", before) == DATES.sub("", after)
    assert moved > 10


def test_dates_in_words_and_other_keys_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        b"---\nvalid_until: 2027-01-31   # the last day\n'until': '2027-01-31'\nx: {a: 5, until: 2027-01-31}\n"
        b"founded: 1962-04-01\nvalid_from: 2027-02-30x\n---\nuntil: 2027-01-31\n"
    )
    install(tmp_path / "assembler", {"components/a/b.md": text}, monkeypatch)
    copy_starter(tmp_path / "new", STARTER_DATE + timedelta(days=1))
    assert (tmp_path / "new/components/a/b.md").read_bytes() == (
        b"---\nvalid_until: 2027-02-01   # the last day\n'until': '2027-02-01'\nx: {a: 5, until: 2027-02-01}\n"
        b"founded: 1962-04-01\nvalid_from: 2027-02-30x\n---\nuntil: 2027-01-31\n"
    )


def test_an_empty_folder_becomes_a_project(run: Run, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "deep" / "new"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "assembler check" in result.stderr
    assert Project.load(tmp_path / "deep" / "new").loaded.settings.name == "harbour_pine"


def test_files_beside_the_starter_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new" / "components").mkdir(parents=True)
    (tmp_path / "new" / "README.md").write_text("mine")
    assert run("init", str(tmp_path / "new")).exit_code == 0
    assert (tmp_path / "new" / "README.md").read_text() == "mine"


def test_nothing_is_overwritten_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (new / "campaigns").mkdir(parents=True)
    (new / "campaigns" / "welcome.yaml").write_text("mine")
    (new / "assembler.yaml").symlink_to("nowhere")
    result = run("init", str(new))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("already holds\n  assembler.yaml\n  campaigns/welcome.yaml\n")
    assert names(new) == {"campaigns/welcome.yaml"}
    assert (new / "campaigns" / "welcome.yaml").read_text() == "mine"


def test_a_file_where_a_folder_belongs_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "components").write_text("mine")
    result = run("init", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "  components"
    assert names(tmp_path / "new") == {"components"}


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").write_text("mine")
    result = run("init", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert "is no folder" in " ".join(result.stderr.split())
    assert (tmp_path / "new").read_text() == "mine"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are written, in their order."""
    paths: list[Path] = []
    open_file = Path.open

    def opened(self: Path, mode: str = "r") -> IO[Any]:
        if "x" in mode:
            paths.append(self)
        return open_file(self, mode)

    monkeypatch.setattr(Path, "open", opened)
    return paths


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_init_that_fails_leaves_nothing(
    error: BaseException, written: list[Path], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def failing(self: Path, mode: str = "r") -> IO[Any]:
        if len(written) == 50:
            raise error
        return open_file(self, mode)

    monkeypatch.setattr(Path, "open", failing)
    result = run("init", str(tmp_path / "deep" / "new"))
    assert result.exit_code in (2, 130)
    assert len(written) == 50
    assert not (tmp_path / "deep").exists()


def test_settings_are_written_last(written: list[Path], tmp_path: Path) -> None:
    copy_starter(tmp_path, STARTER_DATE)
    assert written[-1] == tmp_path / "assembler.yaml"


def install(package: Path, files: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a package with these files in its starter, and settings, the one that is asked for what is installed."""
    for path, data in {"assembler.yaml": b"name: inside\n", **files}.items():
        (package / "starter" / path).parent.mkdir(parents=True, exist_ok=True)
        (package / "starter" / path).write_bytes(data)
    for name in ("campaigns", "components", "templates", "assets"):
        (package / "starter" / name).mkdir(exist_ok=True)
    monkeypatch.setattr(importlib.resources, "files", lambda name: package)


def test_an_installed_package_has_the_starter_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "assembler", {"assets/a.png": b"x", "assets/__pycache__/a.pyc": b"x"}, monkeypatch)
    assert copy_starter(tmp_path / "new", STARTER_DATE) == 3
    assert names(tmp_path / "new") == {".gitignore", "assembler.yaml", "assets/a.png"}
