"""A name is no way out of the folder that is named by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from assembler.authoring import Project
from assembler.authoring.diagnostics import Place
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.files import InMemory, is_leftover
from assembler.authoring.load.names import SLUG, slug_of
from assembler.authoring.load.project import read_project
from assembler.errors import ProjectError
from tests.authoring.builders import MOMENT, campaign as authored_campaign, project, settings
from tests.authoring.check.cases import diagnostics

HOSTILE = [
    "../../x", "/etc/x", "..", ".", "a/b", "a\\b", "C:x", "a\0b", "a.b", "a.", "a ", " a", "a\n", "A", "1a", "_a", "",
    "é", "a-b", "a:b", "%2e%2e", "‥", "ａ", "a\u202eb", "~", "$(id)", "`id`", "-rf",
    "a" * 101, "a" * 600,
]  # fmt: skip
FINE = ["a", "harbour_pine", "a1_", "con_", "console", "com", "a" * 100]


def quoted(name: str) -> str:
    return json.dumps(name)


def named(name: str) -> dict[str, str | bytes]:
    return project(settings(name=quoted(name)))


def channel(name: str) -> dict[str, str | bytes]:
    files = project(
        settings(channels={"page": None, quoted(name): {"envelope": "web"}}),
        *(authored_campaign(id_, channels={"page": None, quoted(name): "board"}) for id_ in ("back", "start")),
    )
    moved = {path: path.replace("templates/page/", f"templates/{name}/", 1) for path in files}
    return {moved[path]: file for path, file in files.items()}


def campaign(name: str) -> dict[str, str | bytes]:
    return project(authored_campaign(name))


def locale(name: str) -> dict[str, str | bytes]:
    return project(settings(locales=["en", "fr", "fr-CA", quoted(name)]))


@pytest.mark.parametrize("maker", [named, channel, campaign, locale], ids=lambda maker: str(maker.__name__))
@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:20])
def test_a_name_that_could_lead_elsewhere_is_refused(name: str, maker: Callable[[str], dict[str, str | bytes]]) -> None:
    loaded = read_project(InMemory(maker(name)), MemoCache()).loaded
    if maker is campaign and is_leftover(f"{name}.yaml"):
        assert set(loaded.campaigns) == {"back", "start"}
    else:
        assert {"R04", "R06"} & set(loaded.findings.codes())


@pytest.mark.parametrize(
    "files",
    [
        campaign("all"),
        campaign("none"),
        project(settings(segments={"none": {"when": quoted("known(taste)")}})),
        project(settings(stages={"con": {"when": quoted("known(taste)")}})),
    ],
)
def test_a_word_that_stands_for_something_else_elsewhere_is_a_name(files: dict[str, str | bytes]) -> None:
    assert "R04" not in read_project(InMemory(files), MemoCache()).loaded.findings.codes()


@pytest.mark.parametrize("name", ["../../x", "/tmp/x", "a/b"])
def test_nothing_is_written_outside(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        Project.from_files(named(name)).build(tmp_path / "inside/build", MOMENT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FINE, ids=lambda name: name[:20])
def test_a_slug_is_a_name(name: str) -> None:
    for maker in (named, channel, campaign):
        assert list(read_project(InMemory(maker(name)), MemoCache()).loaded.findings.of("R04")) == []


@pytest.mark.parametrize("name", ["con", "com1", "lpt9", "nul", "aux"])
def test_a_name_that_windows_keeps_is_warned_of_once(name: str) -> None:
    for maker in (named, channel, campaign):
        told = [finding for finding in diagnostics(maker(name)) if finding.code == "R04"]
        assert [(finding.severity, finding.message) for finding in told] == [
            ("warning", f"Windows keeps the name {name!r} for a device")
        ]


def test_files_are_written_under_the_longest_names(tmp_path: Path) -> None:
    built = Project.from_files(named("a" * 100)).build(tmp_path / "build", MOMENT)
    assert built.library.name == f"{'a' * 100}.library"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Harbour & Pine", "write harbour_pine: "),
        ("../../x", "write x: "),
        ("2026-été", "write ete: "),
        ("../..", "small letters, digits and _, beginning with a letter"),
        ("口", "small letters, digits and _, beginning with a letter"),
    ],
)
def test_the_hint_is_the_slug_of_what_was_written(name: str, hint: str) -> None:
    (finding,) = read_project(InMemory(named(name)), MemoCache()).loaded.findings.of("R04")
    assert finding.place == Place("assembler.yaml", 1, 7)
    assert (finding.hint or "").startswith(hint)


@given(st.text(max_size=300))
def test_the_slug_of_a_text_is_one(text: str) -> None:
    slug = slug_of(text)
    assert slug is None or (SLUG.fullmatch(slug) and len(slug) <= 100 and slug_of(slug) == slug)


@pytest.mark.parametrize(("length", "fine"), [(35, True), (36, False)])
def test_a_locale_is_no_longer_than_a_language_tag(length: int, fine: bool) -> None:
    name = ("en" + "-abcdefgh" * 4)[:length]
    assert (not list(read_project(InMemory(locale(name)), MemoCache()).loaded.findings.of("R04"))) is fine
