"""`assembler rule`."""

from __future__ import annotations

import json

import pytest

from assembler.authoring.check.rule import Rule
from assembler.authoring.check.rules import RULES
from tests.cli.conftest import Run


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_from_the_rule_itself(rule: Rule, run: Run) -> None:
    result = run("rule", rule.code.lower())
    assert (result.exit_code, result.stderr) == (0, "")
    said = " ".join(result.stdout.split())
    assert said == " ".join(f"{rule.code} {rule.severity} {rule.summary} fix: {rule.fix}".split())
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_every_rule_is_listed(run: Run) -> None:
    result = run("rule")
    assert [line.split()[0] for line in result.stdout.splitlines() if line[0] != " "] == [rule.code for rule in RULES]
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_rules_as_json(run: Run) -> None:
    assert [rule["code"] for rule in json.loads(run("rule", "--format", "json").stdout)["rules"]] == [
        rule.code for rule in RULES
    ]
    assert set(json.loads(run("rule", "D01", "--format", "json").stdout)) == {"code", "severity", "summary", "fix"}


@pytest.mark.parametrize("code", ["ZZZ", "", "\x1b[2J", "T" * 3000])
def test_an_unknown_code_is_usage(code: str, run: Run) -> None:
    result = run("rule", code or " ")
    assert result.exit_code == 2
    assert "no rule" in result.stderr
    assert "\x1b" not in result.stderr
