"""What is kept from one look at a project to the next never changes what comes out."""

from __future__ import annotations

import hashlib
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from assembler import ProjectError
from assembler.authoring import Project
from assembler.authoring.build.written import Written
from assembler.authoring.check import run
from assembler.authoring.check.rule import Subject
from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.kept import Kept
from assembler.authoring.load.files import Folder
from assembler.authoring.project.component import BODY
from tests.authoring.check.image_size_cases import noise
from tests.authoring.compile.test_fragments import EDITS, Files, smaller
from tests.authoring.sample import MOMENT, files

KEPT = Kept()
"""What all examples below have left: nothing in it may ever be wrong."""

SEQUENCE = (
    "words", "a translation", "another image", "a tag", "a component more", "calls in another order", "an unsafe place",
    "a rendition that shows more", "words of templates", "a picture with other words", "another default",
)  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_after_every_edit_the_same_is_found(name: str) -> None:
    found = smaller()
    EDITS[name](found)
    kept, fresh = (Project.from_files(found, kept=each).check(MOMENT) for each in (KEPT, None))
    assert kept == fresh


MANY = "one two three four five six seven eight nine ten eleven twelve"
PICTURE = "---\ncampaigns: [{}]\npicture: {{file: {}, alt: x}}\n---\nA picture for {}.\n"
ADDRESS = f"https://cdn.sample.example/a/pic-{hashlib.sha256(noise(300, 300)).hexdigest()[:10]}@2x.png"
ELSEWHERE: dict[str, tuple[Files, Files]] = {
    "the words of a default that is a draft": (
        {
            **{f"components/title/{each}.md": "" for each in ("sweet", "sweet_away", "test_a", "test_b")},
            "components/story/plain.md": f"---\ncampaigns: [back]\nstatus: draft\n---\n{MANY}\n",
            "components/story/away.md": f"---\ncampaigns: [back]\nstages: [away]\n---\n{MANY} more\n",
        },
        {"components/story/plain.md": "---\ncampaigns: [back]\nstatus: draft\n---\nOther words altogether\n"},
    ),
    "another file that is the same picture": (
        {
            **dict.fromkeys(("assets/a/pic.png", "assets/b/pic.png"), noise(300, 300)),
            "components/story/plain.md": PICTURE.format("back", "a/pic.png", "back"),
        },
        {"components/story/first.md": PICTURE.format("start", "b/pic.png", "start")},
    ),
    "a picture that a layout names by its address": (
        {
            "assets/pic.png": noise(300, 300),
            "templates/email/note.html.j2": str(files()["templates/email/note.html.j2"]).replace(
                "<h1>", f'<img src="{ADDRESS}" alt="" width="10" height="10"><h1>'
            ),
        },
        {"components/story/first.md": PICTURE.format("start", "pic.png", "start")},
    ),
    "the first line of a translation whose name is like another": (
        {
            "assembler.yaml": str(files()["assembler.yaml"]).replace("fr-CA]", "fr-CA, fr-ca]"),
            "components/title/plain.fr-ca.md": "Salut\n",
        },
        {"components/title/plain.fr-CA.md": "Coucou\n"},
    ),
}
"""What a finding about something may be thought not to depend on: a project, and an edit of it."""


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_found_depends_on_what_stands_elsewhere(name: str) -> None:
    project, edit = ELSEWHERE[name]
    kept, found = Kept(), files() | project
    before = Project.from_files(found, kept=kept).check(MOMENT)
    found |= edit
    after, fresh = (Project.from_files(found, kept=each).check(MOMENT) for each in (kept, None))
    assert after == fresh != before


def written(found: Files, folder: Path) -> None:
    """Make a folder hold just these files."""
    for each in folder.rglob("*"):
        if each.is_file() and each.relative_to(folder).as_posix() not in found:
            each.unlink()
    for path, content in found.items():
        data = content if isinstance(content, bytes) else content.encode()
        target = folder / path
        if not target.exists() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_builds_that_follow_each_other_are_as_if_each_were_the_first(tmp_path: Path) -> None:
    found, kept, output, aside = files(), Kept(written=Written()), tmp_path / "build", tmp_path / "aside"
    for name in ("", *SEQUENCE):
        if name:
            EDITS[name](found)
        written(found, tmp_path / "project")
        kept_one, fresh_one = Project.load(tmp_path / "project", kept=kept), Project.from_files(found)
        if fresh_one.check(MOMENT).errors:
            with pytest.raises(ProjectError):
                kept_one.build(output, MOMENT)
        else:
            built, fresh = (each.build(folder, MOMENT) for each, folder in ((kept_one, output), (fresh_one, aside)))
            assert (built.variants, built.images, built.bytes) == (fresh.variants, fresh.images, fresh.bytes)
        kept.memo.forget()
        assert tree(output) == tree(aside), name
    assert not list(tmp_path.glob(".build*"))


def test_a_second_build_writes_only_what_differs(tmp_path: Path) -> None:
    found, kept = files(), Kept(written=Written())

    def numbers() -> dict[str, int]:
        Project.from_files(found, kept=kept).build(tmp_path, MOMENT)
        return {path.relative_to(tmp_path).as_posix(): path.stat().st_ino for path in tmp_path.glob("variants/**/*.*")}

    first = numbers()
    assert numbers() == first
    EDITS["a component more"](found)
    third = numbers()
    assert first.items() & third.items() and first.items() != third.items()
    assert {path for path in third if path.startswith("variants/start/")} <= {
        path for path, number in first.items() if third.get(path) == number
    }


@pytest.mark.parametrize("what", ["changed", "gone", "more", "manifest", "elsewhere", "everything"])
def test_what_somebody_did_to_a_build_is_mended_by_the_next(tmp_path: Path, what: str) -> None:
    output, kept = tmp_path / "build", Kept(written=Written())
    Project.from_files(files(), kept=kept).build(output, MOMENT)
    before = tree(output)
    one = min(output.glob("variants/*/*/*/*/html.html"))
    match what:
        case "changed":
            one.write_text("mine")
        case "gone":
            one.unlink()
        case "more":
            (one.parent / "notes.txt").write_text("mine")
        case "manifest":
            text = (output / "manifest.json").read_text()
            (output / "manifest.json").write_text(text.replace('"key"', '"kez"'))
        case "elsewhere":
            (output / "variants").rename(tmp_path / "variants")
            (output / "variants").symlink_to(tmp_path / "variants")
        case "everything":
            output.rename(tmp_path / "elsewhere")
    for _ in range(2):
        Project.from_files(files(), kept=kept).build(output, MOMENT)
        assert tree(output) == before
    if what == "elsewhere":
        assert tree(tmp_path / "variants"), "what only is linked from a build is somebody else's"


def test_an_edit_is_judged_where_it_can_matter_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    found_by_looking = run._Look.found

    def counted(self: run._Look, subject: Subject) -> tuple[Diagnostic, ...]:
        looked.append(self.key)
        return found_by_looking(self, subject)

    monkeypatch.setattr(run._Look, "found", counted)
    kept, found = Kept(), files()
    Project.from_files(found, kept=kept).check(MOMENT)
    everything = len(looked)
    looked.clear()
    Project.from_files(found, kept=kept).check(MOMENT)
    assert not any(looked), "what can depend on anything is looked at again, and nothing else"
    whole = len(looked)
    looked.clear()
    EDITS["a translation more"](found)
    Project.from_files(found, kept=kept).check(MOMENT)
    assert 0 < len(looked) - whole < (everything - whole) / 2


def test_a_file_that_was_edited_at_once_is_read_again(tmp_path: Path) -> None:
    written(files(), tmp_path)
    kept = Kept()
    path = tmp_path / "components/title/plain.md"
    before = Project.load(tmp_path, kept=kept).loaded.components["title/plain"].original.values[BODY].text
    about = path.stat()
    path.write_text(path.read_text().replace("Good", "Dear"))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))  # as if the clock of the file system had not moved
    after = Project.load(tmp_path, kept=kept).loaded.components["title/plain"].original.values[BODY].text
    assert (before.split()[0], after.split()[0]) == ("Good", "Dear")


def test_a_file_that_was_written_with_the_time_of_another_is_read_again(tmp_path: Path) -> None:
    written(files(), tmp_path)
    kept = Kept()
    path = tmp_path / "components/title/plain.md"
    for name in ("Good", "Dear"):
        path.write_text(path.read_text().replace("Good", name))
        os.utime(path, (10**9, 10**9))  # as what unpacks an archive does
        assert (
            Project.load(tmp_path, kept=kept)
            .loaded.components["title/plain"]
            .original.values[BODY]
            .text.startswith(name)
        )


def test_a_folder_that_goes_while_it_is_read_is_passed_over(tmp_path: Path) -> None:
    written(files(), tmp_path)
    folder = Folder(tmp_path)
    before = folder.paths()
    with os.scandir(tmp_path) as entries:
        components = next(each for each in entries if each.name == "components")
    shutil.rmtree(components)
    folder._add(components, "components")
    assert folder.paths() == before


def test_a_memory_forgets_what_nobody_asks_for() -> None:
    memo = MemoCache()
    made: list[str] = []
    for asked in ("ab", "a", "ab"):
        for name in asked:
            memo.recall(name, partial(made.append, name))
        memo.forget()
    assert made == ["a", "b", "b"]
