"""Rules, and what a team has set of them, as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Final

from assembler.cli.text.columns import table, wrapped
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.authoring import Diagnostic
    from assembler.authoring.check.examples import RuleExample
    from assembler.authoring.check.report import Report, RuleInForce
    from assembler.authoring.check.rule import Rule


_WORST: Final = ("error", "warning", "information")


def policy_text(report: Report) -> str:
    """Return what the project's policy makes of its findings, a rule a line."""
    rows = [(setting.code, f"{_effect(setting, report)}: {setting.because}") for setting in report.set_rules]
    return "set by policy.rules:\n" + table(rows)


def policy_json(report: Report) -> list[dict[str, object]]:
    """Return the same as data, with how many findings of each rule do not count."""
    suppressed = _suppressed(report)
    return [setting.to_dict() | {"suppressed": suppressed[setting.code]} for setting in report.set_rules]


def fixable(diagnostics: Iterable[Diagnostic]) -> int:
    """Return how many findings have one right answer."""
    return sum(diagnostic.edit is not None for diagnostic in diagnostics)


def statistics(report: Report) -> list[dict[str, object]]:
    """Return how many findings each rule has, the most first, how bad the worst is, and how many can be mended."""
    by_code: dict[str, list[Diagnostic]] = {}
    for diagnostic in report.diagnostics:
        by_code.setdefault(diagnostic.code, []).append(diagnostic)
    rows = [
        {
            "code": code,
            "severity": min((finding.severity for finding in findings), key=_WORST.index),
            "count": sum(finding.count for finding in findings),
            "fixable": fixable(findings),
        }
        for code, findings in by_code.items()
    ]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["code"])))


def statistics_text(report: Report) -> str:
    """Return the same in columns, with what each rule is about."""
    from assembler.authoring.check.rules import RULES

    summaries = {rule.code: rule.summary for rule in RULES}
    rows = statistics(report)
    width = max((len(str(row["count"])) for row in rows), default=0)
    return table(
        (
            f"{row['count']:>{width}}",
            str(row["code"]),
            str(row["severity"]),
            f"{row['fixable']} fixable" if row["fixable"] else "",
            summaries[str(row["code"])],
        )
        for row in rows
    )


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


def explained(rule: Rule, example: RuleExample, setting: RuleInForce | None) -> str:
    """Return what a rule forbids, how to mend it, what a project has set of it, and an example."""
    lines = [f"{rule.code} {rule.severity}", wrapped(rule.summary, first="  ", rest="  ")]
    lines.append(wrapped(rule.fix, first="  fix: ", rest="       "))
    if setting is not None:
        lines.append(wrapped(f"{said(setting)}, because {setting.because}", first="  here: ", rest="        "))
    elif rule.guards:
        lines.append("  policy.rules cannot lower it.")
    return "\n".join([*lines, "", *_shown(example)])


def _shown(example: RuleExample) -> list[str]:
    if example.bad is None:
        return [f"  fails: there is no {example.path}", "", "  passes:", indent(example.good, "    ")]
    bad, good = (indent(dedent(text), "    ") for text in (example.bad, example.good))
    return [f"  fails, in {example.path}:", bad, "", "  passes:", good]
