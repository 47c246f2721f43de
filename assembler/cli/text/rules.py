"""Rules, and what a team has set of them, as people read them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.authoring.check.rule import Rule
    from assembler.authoring.check.rule_policy import RuleInForce
    from assembler.authoring.check.run import Report


def policy_text(report: Report) -> str:
    """Return what the project's policy makes of its findings, a rule a line."""
    rows = [(setting.code, f"{_effect(setting, report)}: {setting.because}") for setting in report.set_rules]
    return "set by policy.rules:\n" + table(rows)


def policy_json(report: Report) -> list[dict[str, object]]:
    """Return the same as data, with how many findings of each rule do not count."""
    suppressed = _suppressed(report)
    return [setting.to_dict() | {"suppressed": suppressed[setting.code]} for setting in report.set_rules]


def _suppressed(report: Report) -> Counter[str]:
    return Counter(suppressed.diagnostic.code for suppressed in report.suppressed)


def _effect(setting: RuleInForce, report: Report) -> str:
    hidden = _suppressed(report)[setting.code]
    count = f" ({counted(hidden, 'finding')} not shown)" if hidden else ""
    return f"{said(setting)}{count}"


def said(setting: RuleInForce) -> str:
    """Return what is set of a rule: `off`, or `warning, but in components/cta/winter.md`."""
    paths = f"not in {', '.join(setting.paths)}" if setting.paths else ""
    return ", ".join(filter(None, (setting.severity, paths))) or "as it is"


def explained(rule: Rule, setting: RuleInForce | None) -> str:
    """Return what a rule forbids, how to mend it, and what a project has set of it."""
    lines = [f"{rule.code} {rule.severity}", wrapped(rule.summary, first="  ", rest="  ")]
    lines.append(wrapped(rule.fix, first="  fix: ", rest="       "))
    if setting is not None:
        lines.append(wrapped(f"{said(setting)}, because {setting.because}", first="  here: ", rest="        "))
    return "\n".join(lines)
