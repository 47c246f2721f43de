"""Projects that were found to break something, and a few new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler import Library
from assembler.authoring import Project
from tests.fuzz.projects import CORPUS, bases, case, fault_of, new_cache, read_case
from tests.fuzz.variants import faults_of, looks, read_html

KEPT = {name: new_cache() for name in bases()}


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_found_once_is_well(path: Path) -> None:
    base, edits = read_case(path)
    assert fault_of(base, edits, KEPT[base]) is None


@pytest.mark.parametrize("seed", [seed for seed in range(60) if case(seed)[0] == "sample"])
def test_a_changed_project_gives_a_report_or_good_variants(seed: int) -> None:
    base, edits = case(seed)
    assert fault_of(base, edits, KEPT[base]) is None


def test_cases_repeat_and_change_something() -> None:
    assert case(7) == case(7)
    assert all(case(seed)[1] != {} for seed in range(20))


@pytest.mark.parametrize(
    ("edits", "fault"),
    [
        (
            {
                "templates/email/note.html.j2": (
                    '<a href="{{ field("unsubscribe_url", default="https://www.sample.example/u") }}">',
                    '<a href="">',
                )
            },
            "empty href",
        ),
        ({"templates/email/note.html.j2": ("{{ strings.leave }}", "{{ '{' }}{ x }}")}, "braces in html"),
    ],
    ids=["link", "braces"],
)
def test_the_oracle_sees_what_must_not_be(edits: dict[str, tuple[str, str]], fault: str) -> None:
    files = bases()["sample"]
    for path, (old, new) in edits.items():
        text = files[path]
        assert isinstance(text, str) and old in text
        files = {**files, path: text.replace(old, new)}
    project = Project.from_files(files)
    library = Library(project.compiled.content, project.compiled.texts)
    assert any(fault in reported for _, variant in looks(library) for reported in faults_of(library, variant))


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("<p>a<br>b<ul><li>c<li>d</ul>", []),
        ("<div><p>a</div>", []),
        ("<div>a</p></div>", ["</p> closes nothing"]),
        ("<div><b>a</div></b>", ["</div> closes nothing", "<div> stays open"]),
        ("<div>a", ["<div> stays open"]),
        ("<a href=' '>a</a>", ["an empty href of a"]),
        ("<a href='{{ x }}'>a</a>", ["braces in href of a"]),
    ],
)
def test_the_oracle_reads_trees(html: str, faults: list[str]) -> None:
    assert read_html(html)[1] == faults
