"""Every rule over a project -> a report."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.rules import RULES
from assembler.authoring.diagnostics import Diagnostic, Finding

__all__ = ["Report", "check"]


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found, sorted by place and code."""

    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings for which a build is refused."""
        return tuple(each for each in self.diagnostics if each.severity == "error")

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that somebody should look at."""
        return tuple(each for each in self.diagnostics if each.severity == "warning")


def check(subject: Subject) -> Report:
    """Judge a project by every rule."""
    found = {_diagnostic(rule, finding, subject): None for rule in RULES for finding in rule.find(subject)}
    return Report(tuple(sorted(found, key=lambda each: (each.place, each.code, each.message))))


def _diagnostic(rule: Rule, finding: Finding, subject: Subject) -> Diagnostic:
    source = subject.project.sources.get(finding.place.path)
    return Diagnostic(
        code=rule.code,
        severity=finding.severity or rule.severity,
        place=finding.place,
        message=finding.message,
        hint=finding.hint,
        source=source.line(finding.place.line) if source and rule.shows_line else "",
    )
