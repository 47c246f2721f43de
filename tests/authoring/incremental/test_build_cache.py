"""What one look at a project leaves for the next never changes what comes out, and saves the work."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assembler import ProjectError
from assembler.authoring import Project
from assembler.authoring.check.report import Report
from assembler.authoring.check.rule import PROJECT, CheckedProject, Judge
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.run import check
from assembler.authoring.check.scope import EVERY_COMPONENT, ComponentUnit
from assembler.authoring.compile.content import compile_project
from assembler.authoring.compile.image_decoding import UnusableImage
from assembler.authoring.diagnostics import Finding
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.disk_cache import FolderCache, InMemoryCache
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.files import Folder, InMemory
from assembler.authoring.load.project import read_project
from assembler.authoring.project.component import BODY
from tests.authoring.builders import MOMENT, Files, mail, project as files, put, settings
from tests.authoring.check.image_size_cases import noise
from tests.authoring.compile.test_fragments import EDITS, fresh_look, smaller
from tests.processes import started

ROOT = Path(__file__).parents[3]
KEPT = BuildCache()
"""What all examples below have left: nothing in it may ever be wrong."""

SEQUENCE = (
    "words", "a translation", "another image", "a tag", "a component more", "calls in another order", "an unsafe place",
    "a rendition that shows more", "words of templates", "a picture with other words", "another default",
)  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if number % 2 else ()) for number, name in enumerate(EDITS)]
)
def test_after_every_edit_the_same_is_found(name: str) -> None:
    assert Project.from_files(put(smaller(), EDITS[name]), cache=KEPT).check(MOMENT) == fresh_look(name)[1]


MANY = "one two three four five six seven eight nine ten eleven twelve"
PICTURE = "---\ncampaigns: [{}]\npicture: {{file: {}, alt: x}}\n---\nA picture for {}.\n"
ADDRESS = f"https://cdn.sample.example/a/pic-{hashlib.sha256(noise(300, 300)).hexdigest()[:10]}@2x.png"
ELSEWHERE: dict[str, tuple[Files, Files]] = {
    "the words of a default that is a draft": (
        {
            **{f"components/title/{name}.md": "" for name in ("sweet", "sweet_away", "test_a", "test_b")},
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
            **mail(heading=f'<img src="{ADDRESS}" alt="" width="10" height="10"><h1>{{{{ slot("title") }}}}</h1>'),
        },
        {"components/story/first.md": PICTURE.format("start", "pic.png", "start")},
    ),
    "the first line of a translation whose name is like another": (
        {
            **settings(locales=["en", "fr", "fr-CA", "fr-ca"]),
            "components/title/plain.fr-ca.md": "Salut\n",
        },
        {"components/title/plain.fr-CA.md": "Coucou\n"},
    ),
}
"""What a finding about something may be thought not to depend on: a project, and an edit of it."""


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_found_depends_on_what_stands_elsewhere(name: str) -> None:
    project, edit = ELSEWHERE[name]
    kept, sources = BuildCache(), files(project)
    before = Project.from_files(sources, cache=kept).check(MOMENT)
    sources = put(sources, edit)
    after, fresh = (Project.from_files(sources, cache=cache).check(MOMENT) for cache in (kept, None))
    assert after == fresh != before


def written(sources: Mapping[str, str | bytes], folder: Path) -> None:
    """Make a folder hold just these files."""
    for entry in folder.rglob("*"):
        if entry.is_file() and entry.relative_to(folder).as_posix() not in sources:
            entry.unlink()
    for path, content in sources.items():
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
    sources, kept, output, aside = files(), BuildCache(), tmp_path / "build", tmp_path / "aside"
    for name in ("", *SEQUENCE):
        if name:
            sources = put(sources, EDITS[name])
        written(sources, tmp_path / "project")
        kept_one, fresh_one = Project.load(tmp_path / "project", cache=kept), Project.from_files(sources)
        if fresh_one.check(MOMENT).errors:
            with pytest.raises(ProjectError):
                kept_one.build(output, MOMENT)
        else:
            built, fresh = (
                project.build(folder, MOMENT) for project, folder in ((kept_one, output), (fresh_one, aside))
            )
            assert (built.variants, built.images, built.bytes) == (fresh.variants, fresh.images, fresh.bytes)
        kept.memo.forget_unused()
        assert tree(output) == tree(aside), name
    assert not list(tmp_path.glob(".build*"))


def test_a_second_build_writes_only_what_differs(tmp_path: Path) -> None:
    sources, kept = files(), BuildCache()

    def numbers() -> dict[str, int]:
        Project.from_files(sources, cache=kept).build(tmp_path, MOMENT)
        return {path.relative_to(tmp_path).as_posix(): path.stat().st_ino for path in tmp_path.glob("variants/**/*.*")}

    first = numbers()
    assert numbers() == first
    sources |= put({}, EDITS["a component more"])
    third = numbers()
    assert first.items() & third.items() and first.items() != third.items()
    assert {path for path in third if path.startswith("variants/start/")} <= {
        path for path, number in first.items() if third.get(path) == number
    }


@pytest.mark.parametrize("damage", ["changed", "gone", "more", "manifest", "elsewhere", "everything"])
def test_what_somebody_did_to_a_build_is_mended_by_the_next(tmp_path: Path, damage: str) -> None:
    output, kept = tmp_path / "build", BuildCache()
    Project.from_files(files(), cache=kept).build(output, MOMENT)
    before = tree(output)
    one = min(output.glob("variants/*/*/*/*/html.html"))
    match damage:
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
        Project.from_files(files(), cache=kept).build(output, MOMENT)
        assert tree(output) == before
    if damage == "elsewhere":
        assert tree(tmp_path / "variants"), "what only is linked from a build is somebody else's"


def checked(
    sources: Mapping[str, str | bytes], cache: BuildCache | None = None, at: datetime = MOMENT
) -> tuple[Report, int]:
    """What is found, and how many times a rule judged a part of the project for it."""
    judged: list[object] = []

    def counted(judge: Judge) -> Judge:
        def find(unit: object) -> Iterable[Finding]:
            judged.append(unit)
            return judge.find(unit)

        return judge if judge.scope is PROJECT else judge.scope.by(find)

    cache = cache or BuildCache()
    project = read_project(InMemory(sources), cache.memo).loaded
    checked = CheckedProject(project=project, compiled=compile_project(project, cache), moment=at, cache=cache)
    report = check(checked, rules=[replace(rule, judges=tuple(map(counted, rule.judges))) for rule in RULES])
    return report, len(judged)


@pytest.fixture(scope="module")
def first_look() -> dict[str, bytes]:
    """What the first look at the smaller sample leaves on disk."""
    disk = InMemoryCache()
    checked(smaller(), BuildCache(disk=disk))
    return disk.entries


def on_disk(entries: dict[str, bytes]) -> InMemoryCache:
    """A disk with some entries."""
    disk = InMemoryCache()
    disk.entries = dict(entries)
    return disk


def test_an_edit_is_judged_where_it_can_matter_and_nowhere_else() -> None:
    cache, sources = BuildCache(), files()
    _, everything = checked(sources, cache)
    assert checked(sources, cache)[1] == 0
    sources = put(sources, EDITS["a translation more"])
    assert 0 < checked(sources, cache)[1] < everything / 2


def test_in_another_process_what_is_the_same_is_not_judged_again() -> None:
    disk = InMemoryCache()
    first, everything = checked(files(), BuildCache(disk=disk))
    assert everything > 100
    for at in (MOMENT, MOMENT.replace(hour=0), MOMENT.replace(hour=23, minute=59)):
        assert checked(files(), BuildCache(disk=disk), at) == (first, 0)


DEPENDS = (
    *("words", "a fallback", "a tag", "another channel", "a translation", "no translation", "a component more"),
    *("a component less", "another image", "no image", "a layout", "inlined css", "css of the head"),
    *(
        "the name of the brand",
        "a rendition that shows more",
        "words of templates",
        "the address",
        "another envelope",
        "hosts of links",
    ),
    *("parameters of links", "a field less", "locales in another order", "another default", "another type of body"),
)


@pytest.mark.parametrize("name", DEPENDS)
def test_in_another_process_after_an_edit_its_findings_are_those_of_a_first_look(
    first_look: dict[str, bytes], name: str
) -> None:
    warm, judged = checked(put(smaller(), EDITS[name]), BuildCache(disk=on_disk(first_look)))
    assert judged > 0
    assert warm == fresh_look(name)[1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (settings(policy={"max_segments": "1"}), "T09"),
        ({"components/title/plain.md": b"\xff"}, "R01"),
        ({"components/title/more.md": b"\xff"}, "R01"),
        ({"campaigns/more.yaml": b"\xff"}, "R01"),
    ],
    ids=["the policy", "a component that is no text", "one more that is none", "a campaign that is none"],
)
def test_in_another_process_a_fault_is_found_when_it_is_made_and_gone_when_mended(change: Files, code: str) -> None:
    disk = InMemoryCache()
    good, _ = checked(files(), BuildCache(disk=disk))
    bad, _ = checked(files(change), BuildCache(disk=disk))
    assert code in {diagnostic.code for diagnostic in bad.diagnostics}
    assert bad == Project.from_files(files(change)).check(MOMENT)
    assert checked(files(), BuildCache(disk=disk))[0] == good


@pytest.mark.parametrize(
    ("at", "judged"),
    [
        (datetime(2026, 11, 22, 23, 59, 59, 999999, tzinfo=UTC), False),
        (datetime(2026, 11, 23, tzinfo=UTC), True),
        (datetime(2026, 11, 22, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 23, 59, 59, 999999, tzinfo=UTC), True),
    ],
)
def test_on_another_day_everything_is_judged_again(at: datetime, judged: bool) -> None:
    disk = InMemoryCache()
    checked(files(), BuildCache(disk=disk))
    report, judgements = checked(files(), BuildCache(disk=disk), at)
    assert (report, judgements > 0) == (Project.from_files(files()).check(at), judged)


def test_a_day_is_one_of_the_time_zone_of_the_project_too() -> None:
    disk, midnight = InMemoryCache(), datetime(2026, 11, 22, 23, tzinfo=UTC)
    paris = put(smaller(), settings(timezone="Europe/Paris"))
    checked(paris, BuildCache(disk=disk), midnight - timedelta(hours=1))
    assert checked(paris, BuildCache(disk=disk), midnight - timedelta(microseconds=1))[1] == 0
    assert checked(paris, BuildCache(disk=disk), midnight)[1] > 0


def test_findings_of_another_program_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    disk = InMemoryCache()
    _, everything = checked(files(), BuildCache(disk=disk))
    monkeypatch.setattr("assembler.authoring.incremental.build_cache.program_fingerprint", lambda: "another")
    assert checked(files(), BuildCache(disk=disk))[1] == everything


def test_what_could_not_be_judged_is_judged_again() -> None:
    disk, judged = InMemoryCache(), []

    def find(unit: ComponentUnit) -> Iterator[Finding]:
        judged.append(unit.component.address)
        if len(judged) == 1:
            raise MemoryError
        yield from ()

    rules = [EVERY_COMPONENT.rule("X01", "error", "", "")(find)]
    project = read_project(InMemory(files()), MemoCache()).loaded
    codes = []
    for _ in range(3):
        compiled, cache = compile_project(project), BuildCache(disk=disk)
        report = check(CheckedProject(project=project, compiled=compiled, moment=MOMENT, cache=cache), rules=rules)
        codes.append([diagnostic.code for diagnostic in report.diagnostics])
    assert codes == [["R10"], [], []]
    assert judged[len(project.components) :] == judged[:1]


@pytest.mark.parametrize("step", ["compile.documents.DocumentWriter.write", "load.campaigns.validated"])
def test_what_was_found_while_something_could_not_be_read_or_compiled_is_not_found_after(
    monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fails(subject: object, *_: object) -> None:
        raise MemoryError

    disk = InMemoryCache()
    with monkeypatch.context() as patched:
        patched.setattr(f"assembler.authoring.{step}", fails)
        unread, _ = checked(smaller(), BuildCache(disk=disk))
    assert "R10" in {diagnostic.code for diagnostic in unread.diagnostics}
    assert checked(smaller(), BuildCache(disk=disk))[0] == Project.from_files(smaller()).check(MOMENT)


def test_what_was_found_while_a_picture_could_not_be_used_is_not_found_after(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = "{% if picture.url %}" + '<img src="{{ picture.url }}" alt="x" width="10" height="10">' + "{% endif %}"
    sources = put(
        smaller(),
        {
            "assets/pic.png": noise(300, 300),
            "components/story/plain.md": PICTURE.format("back", "pic.png", "nobody"),
            **{f"templates/{channel}/components/story.html.j2": shown for channel in ("email", "page")},
        },
    )
    disk = InMemoryCache()
    with monkeypatch.context() as patched:
        patched.setattr("assembler.authoring.compile.images.examined", lambda _: UnusableImage("MemoryError", None))
        unusable, _ = checked(sources, BuildCache(disk=disk))
    fresh = Project.from_files(sources).check(MOMENT)
    assert {"A01", "D06"} <= {diagnostic.code for diagnostic in unusable.diagnostics}
    assert checked(sources, BuildCache(disk=disk))[0] == fresh


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"x": 1}', b"[" * 100_000, b"\xff"])
def test_damaged_findings_are_judged_again_and_mended(first_look: dict[str, bytes], damage: bytes) -> None:
    disk = on_disk(dict.fromkeys(first_look, damage))
    again, judged = checked(smaller(), BuildCache(disk=disk))
    assert judged > 0
    assert checked(smaller(), BuildCache(disk=disk)) == (again, 0)
    assert again == Project.from_files(smaller()).check(MOMENT)


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
def test_files_of_the_cache_that_are_cut_off_are_judged_again(tmp_path: Path, kept: float) -> None:
    def cached() -> BuildCache:
        return BuildCache(disk=FolderCache(tmp_path / "cache"))

    first, everything = checked(smaller(), cached())
    assert checked(smaller(), cached()) == (first, 0)
    for path in (tmp_path / "cache").glob("[0-9a-f]*"):
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * kept)])
    assert checked(smaller(), cached()) == (first, everything)


def test_two_processes_at_once_find_the_same_and_leave_it_for_a_third(tmp_path: Path) -> None:
    written(smaller(), tmp_path / "project")
    command = [sys.executable, "-m", "assembler", "check", "--format", "json", "--as-of", "2026-11-22"]
    command += ["--project", str(tmp_path / "project")]
    pipe = subprocess.PIPE
    with started(command, cwd=ROOT, stdout=pipe) as one, started(command, cwd=ROOT, stdout=pipe) as other:
        outputs = [process.communicate(timeout=60)[0] for process in (one, other)]
    assert outputs[0] == outputs[1] != ""
    cache = BuildCache(disk=FolderCache(tmp_path / "project/.assembler-cache"))
    assert checked(smaller(), cache, datetime(2026, 11, 22, tzinfo=UTC))[1] == 0


def test_a_file_that_was_edited_at_once_is_read_again(tmp_path: Path) -> None:
    written(files(), tmp_path)
    kept = BuildCache()
    path = tmp_path / "components/title/plain.md"
    before = Project.load(tmp_path, cache=kept).loaded.components["title/plain"].original.values[BODY].text
    about = path.stat()
    path.write_text(path.read_text().replace("Good", "Dear"))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))  # as if the clock of the file system had not moved
    after = Project.load(tmp_path, cache=kept).loaded.components["title/plain"].original.values[BODY].text
    assert (before.split()[0], after.split()[0]) == ("Good", "Dear")


def test_a_file_that_was_written_with_the_time_of_another_is_read_again(tmp_path: Path) -> None:
    written(files(), tmp_path)
    kept = BuildCache()
    path = tmp_path / "components/title/plain.md"
    for name in ("Good", "Dear"):
        path.write_text(path.read_text().replace("Good", name))
        os.utime(path, (10**9, 10**9))  # as what unpacks an archive does
        assert (
            Project.load(tmp_path, cache=kept)
            .loaded.components["title/plain"]
            .original.values[BODY]
            .text.startswith(name)
        )


def test_a_folder_that_goes_while_it_is_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(files(), tmp_path)
    scandir = os.scandir

    def gone(path: str | Path) -> object:
        if Path(path) == tmp_path / "components":
            Path(path).rename(tmp_path / "gone")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", gone)
    assert Folder(tmp_path).paths() == [path for path in sorted(files()) if not path.startswith("components/")]
