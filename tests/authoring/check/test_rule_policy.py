"""`policy.rules`: what a team may set of a rule, and what comes of it everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembler.authoring import Project
from assembler.authoring.check.report import Report
from assembler.authoring.check.rules import RULES
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.errors import ProjectError
from tests.authoring.builders import KEPT, MOMENT, File, component, project, settings
from tests.authoring.clean import Value

LINK_SAYS_NOTHING = component(
    "story/away",
    "Much is **new**. [Click here](https://www.sample.example/new)",
    fr="Du **nouveau**. [La boutique au bord du quai](https://www.sample.example/new)",
)
"""C06, a warning, at components/story/away.md."""

LEFTOVER = component("story/away", "TODO: much is **new**.")
"""C03, an error."""

Rules = Mapping[str, Value]


def policy(**rules: Value) -> dict[str, File]:
    return settings(policy={"rules": rules})


def report(*parts: Mapping[str, File], cache: BuildCache | None = None) -> Report:
    return Project.from_files(project(*parts), cache=cache or KEPT).check(MOMENT)


def said(of: Report) -> list[str]:
    return [f"{finding.path}:{finding.line} {finding.code} {finding.severity}" for finding in of.diagnostics]


def reason(**setting: Value) -> Mapping[str, Value]:
    return {**setting, "because": "we know better"}


AWAY = "components/story/away.md:5"


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"severity": "error"}, [f"{AWAY} C06 error"]),
        ({"severity": "warning"}, [f"{AWAY} C06 warning"]),
        ({"severity": "information"}, [f"{AWAY} C06 information"]),
        ({"severity": "off"}, []),
        ({"except": ["components/story/away.md"]}, []),
        ({"except": ["components/story/plain.md"]}, [f"{AWAY} C06 warning"]),
        ({"severity": "error", "except": ["components/story/plain.md"]}, [f"{AWAY} C06 error"]),
    ],
)
def test_a_team_says_how_bad_a_finding_is(setting: Rules, expected: list[str]) -> None:
    judged = report(LINK_SAYS_NOTHING, policy(C06=reason(**setting)))
    assert said(judged) == expected
    assert [(hidden.diagnostic.path, hidden.because) for hidden in judged.suppressed] == (
        [] if expected else [("components/story/away.md", "we know better")]
    )
    assert [(rule.code, rule.because) for rule in judged.set_rules] == [("C06", "we know better")]


GUARDS = [rule.code for rule in RULES if rule.code[0] in "RDS"] + ["T01", "T05", "T08"]


def test_the_rules_that_guard_are_those_of_the_guarantee() -> None:
    assert sorted(rule.code for rule in RULES if rule.guards) == sorted(GUARDS)


@pytest.mark.parametrize("setting", ["off", "lower", "except"])
def test_a_rule_that_guards_is_never_lowered_or_excepted(setting: str) -> None:
    guards = [rule for rule in RULES if rule.guards]
    rules: dict[str, Value] = {}
    texts: list[str] = []
    for rule in guards:
        severity = {"error": "warning", "warning": "information"}[rule.severity] if setting == "lower" else "off"
        rules[rule.code] = reason(**({"except": ["assembler.yaml"]} if setting == "except" else {"severity": severity}))
        texts.append("except: " if setting == "except" else f"{severity}, ")
    errors = report(policy(**rules)).errors
    for rule, error, text in zip(guards, errors, texts, strict=True):
        assert (error.code, error.path) == ("R02", "assembler.yaml")
        assert error.source[error.column - 1 :].startswith(text)
        assert rule.code in error.message


def test_a_setting_that_is_refused_lowers_nothing() -> None:
    broken = settings(owner=None, stages={"away": {"when": "mnths >= 6"}})
    lowered = settings(
        owner=None, stages={"away": {"when": "mnths >= 6"}}, policy={"rules": {"T01": reason(severity="off")}}
    )
    plain, tried = said(report(broken)), said(report(lowered))
    assert [line for line in tried if "R02" not in line] == plain
    assert any("T01 error" in line for line in plain)


def test_a_rule_that_guards_may_be_raised() -> None:
    stray = component("title/stray", "Nobody can use this", campaigns=[])
    assert "components/title/stray.md:2 R07 warning" in said(report(stray))
    raised = report(stray, policy(R07=reason(severity="error")))
    assert [(error.code, error.path) for error in raised.errors] == [("R07", "components/title/stray.md")]


@pytest.mark.parametrize(
    ("rules", "code", "at", "message", "hint"),
    [
        ({"E99": reason(severity="off")}, "R03", "E99: ", "no rule 'E99'", "did you mean E09?"),
        ({"c06": reason(severity="off")}, "R03", "c06: ", "no rule 'c06'", "did you mean C06?"),
        (
            {"C06": reason(severity="of")},
            "R02",
            "of, ",
            "expected one of error, warning, information, off, got 'of'",
            "did you mean off?",
        ),
        ({"C06": reason(severity="never")}, "R02", "never, ", None, "write off"),
        (
            {"C06": {"severity": "off"}},
            "R02",
            "C06: ",
            "missing key 'because'",
            "add it, such as `because: our subjects are tested at 70 characters`",
        ),
        ({"C06": {"severity": "off", "because": '" "'}}, "R02", '" "', "a text that is blank", None),
        (
            {"C06": "off"},
            "R02",
            "off}",
            "expected keys and values, got 'off'",
            "write {severity: off, because: the reason}",
        ),
        ({"C06": reason()}, "R02", "C06: ", "nothing is set of C06", "write `severity: ...` or `except: [...]`"),
        ({"C06": reason(severity="null")}, "R02", "C06: ", "nothing is set of C06", None),
        ({"C06": reason(**{"except": []})}, "R02", "C06: ", "nothing is set of C06", None),
        (
            {"C06": reason(**{"except": ["components/story/awy.md"]})},
            "R03",
            "components/",
            "no file 'components/story/awy.md'",
            "did you mean components/story/away.md?",
        ),
        ({"C06": reason(sevrity="off")}, "R02", "sevrity", "unknown key 'sevrity'", "did you mean severity?"),
    ],
)
def test_what_is_wrong_with_a_setting_is_told_at_its_place(
    rules: Rules, code: str, at: str, message: str | None, hint: str | None
) -> None:
    errors = report(policy(**rules)).errors
    assert [(error.code, error.path) for error in errors] == [(code, "assembler.yaml")]
    assert errors[0].source[errors[0].column - 1 :].startswith(at)
    assert message in (None, errors[0].message)
    assert hint in (None, errors[0].hint)


def test_a_setting_without_a_reason_changes_nothing() -> None:
    assert f"{AWAY} C06 warning" in said(report(LINK_SAYS_NOTHING, policy(C06={"severity": "off"})))


def test_compiling_and_building_go_by_the_policy(tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        Project.from_files(project(LEFTOVER)).compile(MOMENT)
    lenient = Project.from_files(project(LEFTOVER, policy(C03=reason(severity="warning"))))
    assert lenient.compile(MOMENT).campaigns
    assert lenient.build(tmp_path / "build", MOMENT).variants
    strict = Project.from_files(project(LINK_SAYS_NOTHING, policy(C06=reason(severity="error"))))
    with pytest.raises(ProjectError) as refused:
        strict.compile(MOMENT)
    assert [error.code for error in refused.value.diagnostics] == ["C06"]


def test_what_is_cached_is_right_when_the_policy_changes() -> None:
    cache = BuildCache()
    policies: list[Rules] = [{}, {"C06": reason(severity="off")}, {"C06": reason(severity="error")}, {}]
    cached = [said(report(LINK_SAYS_NOTHING, policy(**rules), cache=cache)) for rules in policies]
    assert cached == [said(report(LINK_SAYS_NOTHING, policy(**rules), cache=BuildCache())) for rules in policies]
    assert len({tuple(lines) for lines in cached}) == 3
