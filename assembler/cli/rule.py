"""`assembler rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assembler.cli.options import format_option, known
from assembler.cli.output import put, put_json
from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.authoring.check.rule import Rule


@click.command()
@click.argument("code", required=False)
@format_option("text", "json")
def rule(code: str | None, format_: str) -> None:
    """Explain a rule of `assembler check`, or list them all.

    CODE is the rule's, such as T05.
    """
    from assembler.authoring.check.rules import RULES

    rules = {rule.code: rule for rule in RULES}
    asked = rules[known("rule", code.upper(), rules)] if code else None
    if format_ == "json":
        put_json(_plain(asked) if asked else {"rules": [_plain(rule) for rule in RULES]})
    elif asked:
        put(_explained(asked))
    else:
        put(table(((rule.code, rule.severity, rule.summary) for rule in RULES), indent=""))


def _explained(rule: Rule) -> str:
    summary = wrapped(rule.summary, first="  ", rest="  ")
    return f"{rule.code} {rule.severity}\n{summary}\n{wrapped(rule.fix, first='  fix: ', rest='       ')}"


def _plain(rule: Rule) -> dict[str, str]:
    return {"code": rule.code, "severity": rule.severity, "summary": rule.summary, "fix": rule.fix}
