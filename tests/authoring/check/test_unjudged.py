"""R10: a file on which a step or a rule fails is one finding, and the rest of the report stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from assembler.authoring import Project
from assembler.authoring.check.report import Report
from assembler.authoring.check.rule import PROJECT, CheckedProject, Judge, Rule, Scope
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.run import check
from assembler.authoring.check.scope import EVERY_COMPONENT, ComponentUnit
from assembler.authoring.compile.content import compile_project
from assembler.authoring.compile.rendering_budget import MOST_SLOT_CALLS
from assembler.authoring.diagnostics import Finding
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.files import InMemory
from assembler.authoring.load.project import read_project
from assembler.errors import ProjectError
from tests.authoring.builders import MOMENT, Files, component, mail, project, rendition, settings
from tests.authoring.check.test_boundaries import DEFAULTS

RENDITION = "templates/email/components/title.html.j2"
LAYOUT, INLINE = "templates/email/note.html.j2", "templates/email/inline.css"


def title(before: str) -> Files:
    """A rendition of titles that writes something before the body."""
    return rendition("email/title.html", body=f"<b>{before}{{{{ body }}}}</b>")


# A bad file -> where its one finding is.
BAD: list[tuple[Files, str]] = [
    # Expressions and blocks
    (title("\n{{ " + "+".join("1" * 1000) + " }}"), f"{RENDITION}:2 R10"),
    (title("{{ body" + " | plain" * 400 + " }}"), f"{RENDITION}:1 R10"),
    (title("{{ " + "(" * 300 + "body" + ")" * 300 + " }}"), f"{RENDITION}:1 R10"),
    (title("{% if " + "not " * 400 + "body %}{% endif %}"), f"{RENDITION}:1 R10"),
    (title("{% for x in [1] %}" * 25 + "{% endfor %}" * 25), f"{RENDITION}:1 R10"),
    (title("{% if 1 %}" * 90 + "{% endif %}" * 90), f"{RENDITION}:1 R10"),
    (title("{% if 1 %}" + "{% elif 2 %}" * 800 + "{% endif %}"), f"{RENDITION}:1 R10"),
    (title("\n\n{{ " + "9" * 5_000 + " }}"), f"{RENDITION}:3 R10"),
    (title(r"{{ '\ud800' }}"), f"{RENDITION}:1 R10"),
    # Templates that never end, in a rendition and in a layout
    (title("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}"), f"{RENDITION}:1 R10"),
    (
        mail(foot="\n" + "{% for x in 'abcdefghij' %}" * 6 + "{% endfor %}" * 6),
        f"{LAYOUT}:15 R10",
    ),
    ({RENDITION: '{% include "email/components/title.html.j2" %}'}, f"{RENDITION}:1 R10"),
    (
        title('{% include "email/_a.j2" %}') | {"templates/email/_a.j2": '\n{% extends "email/_a.j2" %}'},
        "templates/email/_a.j2:2 R10",
    ),
    # Documents, style sheets, Markdown, numbers
    (mail(foot="<i>" * 200 + "x" + "</i>" * 200), f"{LAYOUT}:1 R10"),
    (title("<i>" * 150 + "x" + "</i>" * 150), f"{RENDITION}:1 R10"),
    (
        title("{% for x in 'abcdefghij' %}" * 3 + "<br><br><br><br>" + "{% endfor %}" * 3 + "<br>" * 6_000),
        f"{RENDITION}:1 R10",
    ),
    (mail(foot="<br>" * 10_001), f"{LAYOUT}:1 R10"),
    ({INLINE: ".frame { " + "width: 100%; " * 6_000 + "}"}, f"{INLINE}:1 R10"),
    (
        settings(brand={"name": "S" * 90}) | {INLINE: ".frame { " + "width: var(--brand-name); " * 1_000 + "}"},
        f"{INLINE}:1 R10",
    ),
]


@pytest.mark.parametrize(
    ("files", "expected"), BAD, ids=[f"R10 fails: {number} {where}" for number, (_, where) in enumerate(BAD)]
)
def test_a_bad_file_is_one_finding_and_hides_no_other(files: Files, expected: str) -> None:
    authored = Project.from_files(project(component("title/sweet", sagments=["sweet_tooth"]), files))
    errors = [f"{error.path}:{error.line} {error.code}" for error in authored.check(MOMENT).errors]
    assert [error for error in errors if error.split(":")[0] in files] == [expected]
    assert "components/title/sweet.md:3 R02" in errors
    with pytest.raises(ProjectError):
        authored.compile(MOMENT)


def fails_on(address: str, find: Judge) -> Judge:
    """What finds one thing in each component, and fails on one of them before it is done."""

    def failing(unit: ComponentUnit) -> Iterator[Finding]:
        yield Finding(unit.component.original.source.at(), "before")
        if unit.component.address == address:
            raise IndexError("no such thing")

    return Judge(find.scope, failing)


def report(files: Mapping[str, str | bytes], rules: Sequence[Rule], jobs: int = 1) -> Report:
    """What some rules find in a project."""
    loaded = read_project(InMemory(files), MemoCache()).loaded
    return check(CheckedProject(project=loaded, compiled=compile_project(loaded), moment=MOMENT), jobs, rules)


def rule(*judges: Judge) -> Rule:
    """A rule that is found so."""
    return Rule("X01", "error", "", "", judges)


@pytest.mark.usefixtures("work_is_shared")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_fails_on_a_component_judges_the_others(jobs: int) -> None:
    nothing = EVERY_COMPONENT.by(lambda _: ())
    diagnostics = report(project(), [rule(fails_on("title/sweet", nothing), nothing)], jobs).diagnostics
    assert [(error.path, error.message) for error in diagnostics if error.code == "R10"] == [
        ("components/title/sweet.md", "this file could not be judged: IndexError: no such thing")
    ]
    assert sum(error.code == "X01" for error in diagnostics) == len(Project.from_files(project()).loaded.components)


def fails(checked: CheckedProject) -> Iterator[Finding]:
    raise KeyError("nowhere")


def fails_on_the_last(checked: CheckedProject) -> Iterator[Finding]:
    for authored in checked.project.components.values():
        if authored.address == "title/test_b":
            raise KeyError("here")
    return iter(())


@pytest.mark.usefixtures("work_is_shared")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_over_the_whole_project_fails_on_the_file_that_it_was_on(jobs: int) -> None:
    errors = report(project(), [rule(PROJECT.by(fails_on_the_last)), *RULES], jobs).errors
    assert [(error.path, error.code) for error in errors] == [("components/title/test_b.md", "R10")]


@pytest.mark.usefixtures("work_is_shared")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_fails_on_no_file_is_a_fault_of_ours(jobs: int) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        report(project(), [*RULES, rule(PROJECT.by(fails))], jobs)


def test_what_fails_on_no_file_is_a_consequence_where_a_file_could_not_be_judged() -> None:
    errors = report(project(BAD[0][0]), [*RULES, rule(PROJECT.by(fails))]).errors
    assert [error.code for error in errors] == ["R10"]


def test_units_that_cannot_be_told_are_a_failure_too() -> None:
    def units(checked: CheckedProject) -> Iterator[tuple[object, object]]:
        for authored in checked.project.campaigns.values():
            raise ValueError(authored.id)
        yield from ()

    errors = report(project(), [rule(Scope("campaigns", units).by(lambda _: ()))]).errors
    assert [(error.path, error.code) for error in errors] == [("campaigns/back.yaml", "R10")]


@pytest.mark.parametrize(
    ("count", "beyond"),
    [(MOST_SLOT_CALLS, False), (MOST_SLOT_CALLS + 1, True)],
    ids=["R10 passes: on the limit", "R10 fails: one more"],
)
def test_a_part_calls_no_more_slots_than_a_layout_has_use_for(count: int, beyond: bool) -> None:
    """The layout is rendered once for each call and each component, so many calls take very long."""
    text = {"templates/email/note.text.j2": '{{ slot("title") }}\n' * count}
    report = Project.from_files(project(DEFAULTS, text)).check(MOMENT)
    errors = [error for error in report.errors if error.code == "R10"]
    assert [error.message.partition(": ")[2] for error in errors] == ["more than 120 calls of slots"] * beyond
