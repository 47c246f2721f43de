"""A build folder is whole, the same each time, and never harmed by a build that fails."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembler import Library, ProjectError
from assembler.authoring import Project
from assembler.authoring.build.replacing import NewFolder
from tests.authoring.builders import MOMENT, campaign, in_memory, project as files
from tests.authoring.exploding import exploding
from tests.conftest import ROOT
from tests.processes import started


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_manifest_describes_what_is_there(tmp_path: Path) -> None:
    built = in_memory(files()).build(tmp_path / "build", MOMENT)
    manifest = json.loads(built.manifest.read_text())
    assert (manifest["schema"], manifest["name"], manifest["as_of"]) == (1, "sample", "2026-11-22T12:00:00+00:00")
    assert manifest["library"]["sha256"] == hashlib.sha256(built.library.read_bytes()).hexdigest()
    assert manifest["library"]["digest"] == Library.open(str(built.library)).digest
    paths = {"manifest.json", "sample.library"}
    for variant in manifest["variants"]:
        for part, about in variant["parts"].items():
            data = (tmp_path / "build" / about["path"]).read_bytes()
            assert (about["bytes"], about["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
            assert about["path"] == f"variants/{variant['key']}/{part}.{'html' if part == 'html' else 'txt'}"
            paths.add(about["path"])
    images = {path for path in tree(tmp_path / "build") if path.startswith("assets/")}
    assert len(images) == 4
    assert set(tree(tmp_path / "build")) == paths | images


def test_parts_hold_the_fallbacks(tmp_path: Path) -> None:
    project = in_memory(files())
    built = project.build(tmp_path / "build", MOMENT)
    library = Library.open(str(built.library))
    for variant in json.loads(built.manifest.read_text())["variants"]:
        for part, about in variant["parts"].items():
            text = (tmp_path / "build" / about["path"]).read_text()
            assert "zq" not in text and "{{" not in text
            if variant["key"] == library.default("back", channel="email", locale="fr").key:
                assert text == library.default("back", channel="email", locale="fr").parts[part]


def test_two_builds_are_identical_whatever_the_order_of_files_and_the_environment(tmp_path: Path) -> None:
    for path, content in files().items():
        (tmp_path / "project" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    script = (
        "import sys; from datetime import datetime, UTC; from assembler.authoring import Project;"
        "Project.load(sys.argv[1]).build(sys.argv[2], datetime(2026, 11, 22, 12, tzinfo=UTC))"
    )
    environments = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
    ]
    for number, environment in enumerate(environments):
        command = [sys.executable, "-c", script, str(tmp_path / "project"), str(tmp_path / f"build{number}")]
        subprocess.run(command, check=True, env={**os.environ, **environment}, timeout=120)
    backwards = dict(reversed(files().items()))
    Project.from_files(backwards).build(tmp_path / "build2", MOMENT)
    first, second, third = (tree(tmp_path / f"build{number}") for number in range(3))
    assert first == second == third


def test_an_erroneous_project_builds_nothing(tmp_path: Path) -> None:
    good = in_memory(files())
    good.build(tmp_path / "build", MOMENT)
    before = tree(tmp_path / "build")
    texts = files(campaign("back", slots={"title": {"default": None}}))
    with pytest.raises(ProjectError) as caught:
        in_memory(texts).build(tmp_path / "build", MOMENT)
    assert [(diagnostic.code, diagnostic.path) for diagnostic in caught.value.diagnostics] == [
        ("D01", "campaigns/back.yaml")
    ]
    assert tree(tmp_path / "build") == before


def test_a_build_that_fails_half_way_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = in_memory(files())
    project.build(tmp_path / "build", MOMENT)
    before = tree(tmp_path)
    write, count = NewFolder.write, iter(range(1000))

    def full_disk(self: NewFolder, name: str, data: bytes) -> None:
        if next(count) == 20:
            raise OSError(28, "No space left on device")
        write(self, name, data)

    monkeypatch.setattr(NewFolder, "write", full_disk)
    with pytest.raises(OSError, match="No space"):
        project.build(tmp_path / "build", MOMENT)
    assert tree(tmp_path) == before


KILLER = """
import os, signal, sys, time
from tests.authoring.builders import MOMENT, in_memory, project as files

project = in_memory(files())
project.check(MOMENT)
for delay in map(float, sys.argv[2:]):
    child = os.fork()
    if not child:
        signal.alarm(20)
        while True:
            project.build(sys.argv[1], MOMENT)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("killed", flush=True)
    sys.stdin.readline()
"""


def test_a_killed_build_leaves_the_last_one_or_the_new_one(tmp_path: Path) -> None:
    project = in_memory(files())
    project.build(tmp_path / "build", MOMENT)
    before = tree(tmp_path / "build")
    delays = (0.0, 0.01, 0.03, 0.07, 0.12, 0.2)
    command = [sys.executable, "-c", KILLER, str(tmp_path / "build"), *map(str, delays)]
    with started(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in delays:
            assert process.stdout.readline() == "killed\n"
            if (tmp_path / "build").exists():
                assert tree(tmp_path / "build") == before
            else:
                assert list(tmp_path.glob(".build-*.old"))
            process.stdin.write("\n")
            process.stdin.flush()
        assert process.wait(timeout=20) == 0


def test_several_builds_at_once_end_in_a_whole_one(tmp_path: Path) -> None:
    path, words = "components/title/first.fr.md", ("Soyez là", "Entrez")
    script = (
        "import sys; from datetime import datetime, UTC; from assembler.authoring import Project;"
        "from assembler.authoring.incremental.build_cache import BuildCache; "
        "from tests.authoring.builders import project as files; kept = BuildCache();"
        "edited = files() | {sys.argv[2]: sys.argv[3]};"
        "both = [Project.from_files(each, cache=kept) for each in (files(), edited)]; [each.check() for each in both];"
        "[both[number % 2].build(sys.argv[1], datetime(2026, 11, 22, 12, tzinfo=UTC)) for number in range(12)]"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "build"), path]
    with started([*command, words[0]], cwd=ROOT) as one, started([*command, words[1]], cwd=ROOT) as other:
        assert [process.wait(timeout=60) for process in (one, other)] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
    whole = []
    for word in words:
        Project.from_files(files() | {path: word}).build(tmp_path / word, MOMENT)
        whole.append(tree(tmp_path / word))
    assert tree(tmp_path / "build") in whole


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_no_build_is_never_replaced(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "precious"
    if kind == "folder":
        target.mkdir()
        (target / "notes.txt").write_text("mine")
    elif kind == "file":
        target.write_text("mine")
    else:
        (tmp_path / "elsewhere").mkdir()
        target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        in_memory(files()).build(target, MOMENT)
    kept = target / "notes.txt" if kind == "folder" else target
    assert target.is_symlink() if kind == "link" else kept.read_text() == "mine"


def test_variants_are_listed_in_the_order_of_their_keys(tmp_path: Path) -> None:
    built = in_memory(files()).build(tmp_path / "build", MOMENT)
    keys = [variant["key"] for variant in json.loads(built.manifest.read_text())["variants"]]
    assert keys == sorted(set(keys))
    assert {key.split("/")[2] for key in keys} == {"en", "fr", "fr-CA"}


def test_progress_is_told_in_variants(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    built = in_memory(files()).build(tmp_path / "build", MOMENT, lambda done, total: told.append((done, total)))
    assert told == [(built.variants, built.variants)]


def test_progress_is_told_of_every_hundred(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    project = in_memory(exploding(2))
    built = project.build(tmp_path / "build", MOMENT, lambda done, total: told.append((done, total)))
    assert told == [(done, built.variants) for done in (*range(100, built.variants, 100), built.variants)]
    assert len(told) > 2


def test_a_build_says_how_many_bytes_it_wrote(tmp_path: Path) -> None:
    built = in_memory(files()).build(tmp_path / "build", MOMENT)
    assert built.bytes == sum(path.stat().st_size for path in (tmp_path / "build").rglob("*") if path.is_file())


def built_at(folder: Path) -> Path:
    return in_memory(files()).build(folder, MOMENT).manifest


@pytest.mark.parametrize("name", ["notes.txt", ".git", ".htaccess", "index.html", "other.library", "variants.zip"])
def test_what_somebody_put_beside_a_build_is_not_lost(tmp_path: Path, name: str) -> None:
    built_at(tmp_path / "build")
    (tmp_path / "build" / name).write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match=f"also holds '{name}', which would be lost"):
        built_at(tmp_path / "build")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", [".DS_Store", "._manifest.json", "Thumbs.db", "desktop.ini", ".directory"])
def test_what_a_file_manager_left_in_a_build_is_in_nobodys_way(tmp_path: Path, name: str) -> None:
    built_at(tmp_path / "build")
    (tmp_path / "build" / name).write_text("x")
    built_at(tmp_path / "build")
    assert not (tmp_path / "build" / name).exists()


def test_the_manifest_of_something_else_is_no_build(tmp_path: Path) -> None:
    """Many programs have a manifest.json."""
    (tmp_path / "extension").mkdir()
    (tmp_path / "extension/manifest.json").write_text('{"manifest_version": 3, "name": "mine", "version": "1"}')
    (tmp_path / "extension/code.js").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match="holds files that are not a build"):
        built_at(tmp_path / "extension")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("path", ["notes.txt", "../notes.txt", "/etc/passwd", "variants/../notes.txt", ".", ""])
def test_a_manifest_that_names_other_files_takes_none_of_them(tmp_path: Path, path: str) -> None:
    manifest = built_at(tmp_path / "build")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "build/notes.txt").write_text("mine")
    text = manifest.read_text()
    manifest.write_text(text.replace('"path": "sample.library"', f'"path": "{path}"'))
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match="also holds"):
        built_at(tmp_path / "build")
    assert tree(tmp_path) == before
