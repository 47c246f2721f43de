"""What is remembered of a whole project is what a fresh look finds, after any edit, and whatever became of files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings as limits, strategies as st

from assembler import ProjectError
from assembler.authoring import Project
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import FolderCache
from assembler.authoring.project.library_background import ComponentFacts
from assembler.library.format import encode
from tests.authoring.builders import MOMENT, File, component, project as sample, put, settings
from tests.authoring.compile.test_fragments import EDITS, smaller
from tests.examples import examples

Answer = tuple[object, bytes | list[str], Mapping[str, bytes], Mapping[str, ComponentFacts]]
MORE: Mapping[str, Mapping[str, File]] = {
    "a rule's error": settings(owner=None),
    "no YAML": {"components/title/sweet.md": "---\ncampaigns: [back\n---\nSweet\n"},
    "a secret of a field": component("title/sweet", kicker="'Hello [First Name]'"),
    "no UTF-8": {"components/title/sweet.md": b"---\ncampaigns: [back]\n---\n\xff\n"},
    "a file less": {"components/title/sweet.md": None},
    "another policy": settings(policy={"max_segments": "1"}),
}
CHANGES = {**EDITS, **MORE}


def answer(files: Mapping[str, File], cache: BuildCache | None, days: int = 0) -> Answer:
    """All that a project gives: what is wrong with it, and its library as far as it has one, with its background."""
    project = Project.from_files(put(files), cache=cache)
    at = MOMENT + timedelta(days=days)
    try:
        library = project.compile_unchecked(at)
        outcome: bytes | list[str] = encode(library.content, library.texts)
    except ProjectError as error:
        outcome = [str(diagnostic) for diagnostic in error.diagnostics]
    return project.check(at), outcome, project.images.delivered(), project.background.components


@limits(max_examples=examples(20), deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.sampled_from([0, 0, 400])), min_size=1, max_size=3)
)
def test_after_any_edit_it_is_what_a_fresh_look_finds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    files: Mapping[str, File] = smaller()
    for name, days in steps:
        files = put(files, CHANGES[name])
        fresh = answer(files, None, days)
        for _ in range(2):  # a new process each time, which has but the disk
            assert answer(files, BuildCache(disk=FolderCache(folder)), days) == fresh


@pytest.mark.parametrize(
    "damage",
    [
        "cut",
        "a folder",
        *(pytest.param(damage, marks=pytest.mark.slow) for damage in ("deleted", "emptied", "of another")),
    ],
)
def test_whatever_became_of_the_files_it_is_what_a_fresh_look_finds(tmp_path: Path, damage: str) -> None:
    fresh = answer(smaller(), None)
    assert answer(smaller(), BuildCache(disk=FolderCache(tmp_path))) == fresh
    kept = sorted(path for path in tmp_path.iterdir() if path.name != ".gitignore")
    assert len(kept) > 3
    for path, other in zip(kept, [*kept[1:], kept[0]], strict=True):
        data, others = path.read_bytes(), other.read_bytes()
        path.unlink()
        match damage:
            case "emptied":
                path.touch()
            case "cut":
                path.write_bytes(data[: len(data) // 2])
            case "of another":
                path.write_bytes(others)
            case "a folder":
                path.mkdir()
        assert answer(smaller(), BuildCache(disk=FolderCache(tmp_path))) == fresh
        if path.is_dir():
            path.rmdir()
        path.write_bytes(data)


def test_a_report_is_of_its_day_and_its_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FolderCache(tmp_path)
    report = Project.from_files(put(smaller()), cache=BuildCache(disk=disk)).check(MOMENT)
    project = Project.from_files(put(smaller()), cache=BuildCache(disk=disk))
    assert project.known_errors(MOMENT) == len(report.errors) > 0
    assert project.known_errors(MOMENT + timedelta(days=1)) is None
    monkeypatch.setattr("assembler.authoring.incremental.build_cache.program_fingerprint", lambda: "another")
    assert project.known_errors(MOMENT) is None


def test_what_want_of_memory_may_have_caused_is_not_remembered(tmp_path: Path) -> None:
    files = put(smaller(), {"assets/shop.png": b"no picture"})
    disk = FolderCache(tmp_path)
    report = Project.from_files(files, cache=BuildCache(disk=disk)).check(MOMENT)
    assert "A01" in {diagnostic.code for diagnostic in report.errors}
    assert Project.from_files(files, cache=BuildCache(disk=disk)).known_errors(MOMENT) is None


def test_after_a_check_without_errors_an_answer_compiles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FolderCache(tmp_path)
    assert Project.from_files(sample(), cache=BuildCache(disk=disk)).check(MOMENT).errors == ()
    monkeypatch.setattr("assembler.authoring.compile.content.compile_project", None)
    again = Project.from_files(sample(), cache=BuildCache(disk=disk))
    assert again.compile_unchecked(MOMENT).campaigns == again.compile(MOMENT).campaigns == ("back", "start")


def test_after_a_check_without_errors_the_background_loads_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FolderCache(tmp_path)
    first = Project.from_files(sample(), cache=BuildCache(disk=disk))
    assert first.check(MOMENT).errors == ()
    monkeypatch.setattr("assembler.authoring.load.project.load_components", None)
    again = Project.from_files(sample(), cache=BuildCache(disk=disk))
    assert again.background.components == first.background.components
    assert again.images.delivered() == first.images.delivered()
