"""`assembler rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assembler.cli.options import format_option, known
from assembler.cli.output import put, put_json
from assembler.cli.text.columns import table, wrapped

if TYPE_CHECKING:
    from assembler.authoring.check.rule import Rule

__all__ = ["rule"]


@click.command()
@click.argument("code", required=False)
@format_option("text", "json")
def rule(code: str | None, format_: str) -> None:
    """Explain a rule of `assembler check`, or list them all.

    CODE is the rule's, such as T05.
    """
    from assembler.authoring.check.rules import RULES

    rules = {each.code: each for each in RULES}
    found = rules[known("rule", code.upper(), rules)] if code else None
    if format_ == "json":
        put_json(_plain(found) if found else {"rules": [_plain(each) for each in RULES]})
    elif found:
        put(_explained(found))
    else:
        put(table(((each.code, each.severity, each.summary) for each in RULES), indent=""))


def _explained(found: Rule) -> str:
    summary = wrapped(found.summary, first="  ", rest="  ")
    return f"{found.code} {found.severity}\n{summary}\n{wrapped(found.fix, first='  fix: ', rest='       ')}"


def _plain(found: Rule) -> dict[str, str]:
    return {"code": found.code, "severity": found.severity, "summary": found.summary, "fix": found.fix}
