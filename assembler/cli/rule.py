"""`assembler rule`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.folder import folder_of
from assembler.cli.options import format_option, known, project_option
from assembler.cli.output import put, put_json, tell
from assembler.cli.parameters import RuleCode
from assembler.cli.text.columns import table
from assembler.cli.text.rules import explained
from assembler.cli.text.words import path_text
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.check.examples import RuleExample
    from assembler.authoring.check.report import RuleInForce
    from assembler.authoring.check.rule import Rule


@click.command()
@click.argument("code", required=False, type=RuleCode(("check", "export")))
@project_option
@format_option("text", "json")
def rule(code: str | None, folder: Path | None, format_: str) -> None:
    """Explain a rule of `assembler check` or `export`, or list them all.

    CODE is the rule's, such as T05. An example shows what fails and what passes
    it. In a project, what its `policy.rules` says of the rule, and why, is added.

    For whoever has a finding to mend.
    """
    from assembler.cli.every_rule import every_example, every_rule

    rules, examples = every_rule(), every_example()
    asked = rules[known("rule", code.upper(), rules)] if code else None
    if format_ == "json":
        listed = {"rules": [_plain(rule, examples[rule.code]) for rule in rules.values()]}
        put_json(_plain(asked, examples[asked.code], _set(asked, folder)) if asked else listed)
    elif asked:
        put(explained(asked, examples[asked.code], _set(asked, folder)))
    else:
        put(table(((rule.code, rule.severity, rule.summary) for rule in rules.values()), indent=""))


def _set(rule: Rule, folder: Path | None) -> RuleInForce | None:
    """Return what the project in a folder says of a rule. Of the project, no more than its assembler.yaml is read."""
    from assembler.authoring import Project
    from assembler.authoring.check.rule_policy import in_force

    file = folder_of(folder) / "assembler.yaml"
    if folder is None and not file.is_file():
        return None
    try:
        settings = Project.from_files({file.name: file.read_bytes()}).loaded.settings
    except ProjectError:
        tell(f"{path_text(file)} cannot be read, so what it says of the rule is not told; `assembler check` says why")
        return None
    setting = settings.policy.rules.get(rule.code)
    return None if setting is None else in_force(rule, setting)


def _plain(rule: Rule, example: RuleExample, setting: RuleInForce | None = None) -> dict[str, object]:
    about: dict[str, object] = {
        "code": rule.code,
        "severity": rule.severity,
        "summary": rule.summary,
        "fix": rule.fix,
        "example": example.to_dict(),
    }
    return about if setting is None else {**about, "policy": setting.to_dict()}
