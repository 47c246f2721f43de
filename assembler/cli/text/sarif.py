"""Findings as SARIF 2.1.0: what code scanning takes (docs.oasis-open.org/sarif/sarif/v2.1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import assembler as package

if TYPE_CHECKING:
    from assembler.authoring import Diagnostic
    from assembler.authoring.check.report import Report, RuleInForce
    from assembler.authoring.check.rule import Rule
    from assembler.authoring.diagnostics import Edit

_Json = dict[str, Any]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "information": "note", "off": "none"}
_ROOT: Final = "%SRCROOT%"
"""What addresses of files are relative to: the root of the repository."""


def sarif(report: Report, *, folder: str = "") -> _Json:
    """Return findings, those that do not count among them, as one run. `folder` is the project's below the
    repository's."""
    from assembler.authoring.check.rules import RULES

    numbers = {rule.code: number for number, rule in enumerate(RULES)}
    results = [_result(finding, numbers, folder) for finding in report.diagnostics]
    for hidden in report.suppressed:
        suppression = {"kind": "external", "status": "accepted", "justification": hidden.because}
        results.append(_result(hidden.diagnostic, numbers, folder) | {"suppressions": [suppression]})
    run = {
        "tool": {
            "driver": {
                "name": "Assembler",
                "version": package.__version__,
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "ruleConfigurationOverrides": [_override(setting, numbers) for setting in report.set_rules],
            }
        ],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> _Json:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _override(setting: RuleInForce, numbers: dict[str, int]) -> _Json:
    enabled = setting.severity != "off"
    level = {"level": _LEVELS[setting.severity]} if setting.severity and enabled else {}
    return {
        "descriptor": {"id": setting.code, "index": numbers[setting.code]},
        "configuration": {"enabled": enabled, **level},
        "properties": {"because": setting.because},
    }


def _result(finding: Diagnostic, numbers: dict[str, int], folder: str) -> _Json:
    snippet = {"snippet": {"text": finding.source}} if finding.source else {}
    hint = f"\n{finding.hint}" if finding.hint else ""
    location = {
        "artifactLocation": {"uri": finding.path} if finding.is_of_theme else _file(finding.path, folder),
        "region": {"startLine": finding.line, "startColumn": finding.column, **snippet},
    }
    fixes = {} if finding.edit is None else {"fixes": [_fix(finding.edit, finding.hint, folder)]}
    return {
        "ruleId": finding.code,
        "ruleIndex": numbers[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}{hint}"},
        "locations": [{"physicalLocation": location}],
        **fixes,
    }


def _fix(edit: Edit, hint: str | None, folder: str) -> _Json:
    region = {
        "startLine": edit.start.line,
        "startColumn": edit.start.column,
        "endLine": edit.end.line,
        "endColumn": edit.end.column,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.replacement}}
    change = {"artifactLocation": _file(edit.path, folder), "replacements": [replacement]}
    return {"description": {"text": hint or "mend it"}, "artifactChanges": [change]}


def _file(path: str, folder: str) -> _Json:
    whole = f"{folder}/{path}" if folder else path
    return {"uri": quote(whole.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}
