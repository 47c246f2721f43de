"""R10: a file on which a step or a rule fails is one finding, and the rest of the report stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import pytest

from assembler.authoring import Project
from assembler.authoring.check.rule import Judge, Rule, Scope, Subject
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.scope import EVERY_COMPONENT, ComponentUnit
from assembler.authoring.compile.rendering_budget import MOST_SLOT_CALLS
from assembler.authoring.diagnostics import Finding
from assembler.errors import ProjectError
from tests.authoring.check.cases import Edit, edited
from tests.authoring.sample import MOMENT, files

_RULES, _JUDGES = "assembler.authoring.check.run.RULES", "assembler.authoring.check.run._JUDGES"
RENDITION, ELSEWHERE = "templates/email/components/title.html.j2", "components/title/sweet.md"
LAYOUT, STORY, INLINE = "templates/email/note.html.j2", "components/story/first.md", "templates/email/inline.css"
SETTINGS, BACK = "assembler.yaml", "campaigns/back.yaml"


def written(*pieces: str) -> Edit:
    """A rendition that writes something before its body."""
    return "{{ body }}", "".join(pieces) + "{{ body }}"


# A bad file -> where its one finding is.
BAD: list[tuple[Mapping[str, Edit], str]] = [
    # Expressions and blocks
    ({RENDITION: written("\n{{ " + "+".join("1" * 1000) + " }}")}, f"{RENDITION}:2 R10"),
    ({RENDITION: written("{{ body" + " | plain" * 400 + " }}")}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("{{ " + "(" * 300 + "body" + ")" * 300 + " }}")}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("{% if " + "not " * 400 + "body %}{% endif %}")}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("{% for x in [1] %}" * 25 + "{% endfor %}" * 25)}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("{% if 1 %}" * 90 + "{% endif %}" * 90)}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("{% if 1 %}" + "{% elif 2 %}" * 800 + "{% endif %}")}, f"{RENDITION}:1 R10"),
    ({RENDITION: written("\n\n{{ " + "9" * 5_000 + " }}")}, f"{RENDITION}:3 R10"),
    ({RENDITION: written(r"{{ '\ud800' }}")}, f"{RENDITION}:1 R10"),
    # Templates that never end, in a rendition and in a layout
    ({RENDITION: written("{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}")}, f"{RENDITION}:1 R10"),
    (
        {LAYOUT: ("<p>{{ address", "\n" + "{% for x in 'abcdefghij' %}" * 6 + "{% endfor %}" * 6 + "<p>{{ address")},
        f"{LAYOUT}:15 R10",
    ),
    ({RENDITION: '{% include "email/components/title.html.j2" %}'}, f"{RENDITION}:1 R10"),
    (
        {RENDITION: written('{% include "email/_a.j2" %}'), "templates/email/_a.j2": '\n{% extends "email/_a.j2" %}'},
        "templates/email/_a.j2:2 R10",
    ),
    # Documents, style sheets, Markdown, numbers
    ({LAYOUT: ("<p>{{ address", "<i>" * 200 + "x" + "</i>" * 200 + "<p>{{ address")}, f"{LAYOUT}:1 R10"),
    ({RENDITION: written("<i>" * 150 + "x" + "</i>" * 150)}, f"{RENDITION}:1 R10"),
    (
        {
            RENDITION: written(
                "{% for x in 'abcdefghij' %}" * 3 + "<br><br><br><br>" + "{% endfor %}" * 3 + "<br>" * 6_000
            )
        },
        f"{RENDITION}:1 R10",
    ),
    ({LAYOUT: ("<p>{{ address", "<br>" * 10_001 + "<p>{{ address")}, f"{LAYOUT}:1 R10"),
    ({INLINE: ".frame { " + "width: 100%; " * 6_000 + "}"}, f"{INLINE}:1 R10"),
    (
        {
            INLINE: ".frame { " + "width: var(--brand-name); " * 1_000 + "}",
            SETTINGS: ("Sample & Sons, url", "S" * 90 + ", url"),
        },
        f"{INLINE}:1 R10",
    ),
]


@pytest.mark.parametrize(("edits", "expected"), BAD, ids=[f"{number} {where}" for number, (_, where) in enumerate(BAD)])
def test_a_bad_file_is_one_finding_and_hides_no_other(edits: Mapping[str, Edit], expected: str) -> None:
    project = Project.from_files(edited({ELSEWHERE: ("segments:", "sagments:"), **edits}))
    found = [f"{each.path}:{each.line} {each.code}" for each in project.check(MOMENT).errors]
    assert [each for each in found if each.split(":")[0] in edits] == [expected]
    assert f"{ELSEWHERE}:3 R02" in found
    with pytest.raises(ProjectError):
        project.compile(MOMENT)


def _fails_on(address: str, find: Judge) -> Judge:
    """What finds one thing in each component, and fails on one of them before it is done."""

    def failing(unit: ComponentUnit) -> Iterator[Finding]:
        yield Finding(unit.component.original.source.at(), "before")
        if unit.component.address == address:
            raise IndexError("no such thing")

    return Judge(find.scope, failing)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_fails_on_a_component_judges_the_others(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    judge = _fails_on("title/sweet", EVERY_COMPONENT.by(lambda _: ()))
    rule = Rule(code="X01", severity="warning", summary="", fix="", each=(judge,))
    monkeypatch.setattr(_JUDGES, {EVERY_COMPONENT: [(rule, judge.find), (rule, lambda _: ())]})
    project = Project.from_files(files())
    found = project.check(MOMENT, jobs=jobs).diagnostics
    assert [(each.path, each.message) for each in found if each.code == "R10"] == [
        ("components/title/sweet.md", "this file could not be judged: IndexError: no such thing")
    ]
    assert sum(each.code == "X01" for each in found) == len(project.loaded.components)


def _fails(subject: Subject) -> Iterator[Finding]:
    raise KeyError("nowhere")


def _fails_on_the_last(subject: Subject) -> Iterator[Finding]:
    for component in subject.project.components.values():
        if component.address == "title/test_b":
            raise KeyError("here")
    return iter(())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_over_the_whole_project_fails_on_the_file_that_it_was_on(
    monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    rule = Rule(code="X01", severity="error", summary="", fix="", find=_fails_on_the_last)
    monkeypatch.setattr(_RULES, (rule, *RULES))
    found = Project.from_files(files()).check(MOMENT, jobs=jobs).errors
    assert [(each.path, each.code) for each in found] == [("components/title/test_b.md", "R10")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_rule_that_fails_on_no_file_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    rule = Rule(code="X01", severity="error", summary="", fix="", find=_fails)
    monkeypatch.setattr(_RULES, (*RULES, rule))
    with pytest.raises(KeyError, match="nowhere"):
        Project.from_files(files()).check(MOMENT, jobs=jobs)


def test_what_fails_on_no_file_is_a_consequence_where_a_file_could_not_be_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = Rule(code="X01", severity="error", summary="", fix="", find=_fails)
    monkeypatch.setattr(_RULES, (*RULES, rule))
    found = Project.from_files(edited(BAD[0][0])).check(MOMENT).errors
    assert [each.code for each in found] == ["R10"]


def test_units_that_cannot_be_told_are_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def units(subject: Subject) -> Iterator[tuple[Hashable, object]]:
        for campaign in subject.project.campaigns.values():
            raise ValueError(campaign.id)
        yield from ()

    monkeypatch.setattr(_JUDGES, {Scope(units): []})
    found = Project.from_files(files()).check(MOMENT).errors
    assert [(each.path, each.code) for each in found] == [("campaigns/back.yaml", "R10")]


@pytest.mark.parametrize(("count", "beyond"), [(MOST_SLOT_CALLS, False), (MOST_SLOT_CALLS + 1, True)])
def test_a_part_calls_no_more_slots_than_a_layout_has_use_for(count: int, beyond: bool) -> None:
    """The layout is rendered once for each call and each component, so many calls take very long."""
    text = {"templates/email/note.text.j2": '{{ slot("title") }}\n' * count}
    report = Project.from_files({**files(), **text}).check(MOMENT)
    found = [each for each in report.errors if each.code == "R10"]
    assert [each.message.partition(": ")[2] for each in found] == ["more than 120 calls of slots"] * beyond
