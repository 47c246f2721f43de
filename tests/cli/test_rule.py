"""`assembler rule`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from assembler.cli.every_rule import every_rule
from tests.cli.conftest import Run


def test_a_rule_is_explained_from_the_rule_itself(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for rule in every_rule().values():
        result = run("rule", rule.code.lower())
        assert (result.exit_code, result.stderr) == (0, "")
        said = " ".join(result.stdout.split())
        assert said.startswith(" ".join(f"{rule.code} {rule.severity} {rule.summary} fix: {rule.fix}".split()))
        assert ("policy.rules cannot lower it." in said) is rule.guards
        text = result.stdout.split("\n\n")[0]
        assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("code", ["T01", "D05", "G02", "X04"])
def test_an_example_is_shown(code: str, run: Run, words: SnapshotAssertion) -> None:
    result = run("rule", code)
    assert result.stdout == words


def test_what_a_project_has_set_is_told(project: Path, run: Run, words: SnapshotAssertion) -> None:
    settings = project / "assembler.yaml"
    rules = "C06: {severity: off, because: our links are read out, except: [components/story/away.md]}"
    settings.write_text(settings.read_text().replace("policy: {", f"policy: {{rules: {{{rules}}}, "))
    result = run("rule", "C06")
    assert result.stdout == words
    assert json.loads(run("rule", "C06", "--format", "json").stdout)["policy"] == {
        "code": "C06",
        "severity": "off",
        "because": "our links are read out",
        "except": ["components/story/away.md"],
    }
    assert "here:" not in run("rule", "C05").stdout


def test_a_project_that_cannot_be_read_hides_no_rule(project: Path, run: Run) -> None:
    (project / "assembler.yaml").write_text("name: [")
    result = run("rule", "C06")
    assert result.exit_code == 0
    assert result.stdout.startswith("C06 warning")
    assert "assembler.yaml cannot be read" in result.stderr


def test_a_folder_without_a_project_is_usage_where_it_is_named(tmp_path: Path, run: Run) -> None:
    result = run("rule", "C06", "--project", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.stdout) == (2, "")


def test_every_rule_is_listed(run: Run) -> None:
    result = run("rule")
    assert [line.split()[0] for line in result.stdout.splitlines() if line[0] != " "] == list(every_rule())
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_rules_as_json(run: Run) -> None:
    assert [rule["code"] for rule in json.loads(run("rule", "--format", "json").stdout)["rules"]] == list(every_rule())
    assert set(json.loads(run("rule", "D01", "--format", "json").stdout)) == {
        "code",
        "severity",
        "summary",
        "fix",
        "example",
    }


@pytest.mark.parametrize("code", ["ZZZ", "", "\x1b[2J", "T" * 3000])
def test_an_unknown_code_is_usage(code: str, run: Run) -> None:
    result = run("rule", code or " ")
    assert result.exit_code == 2
    assert "no rule" in result.stderr
    assert "\x1b" not in result.stderr
