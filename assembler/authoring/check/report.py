"""What `check` says of a project, and what the project's policy makes of it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Literal

from assembler.authoring.diagnostics import Diagnostic, Severity
from assembler.authoring.outcomes.variants import CampaignVariants


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInForce:
    """What a team has set of a rule, as far as it may: `severity` None leaves it as it is, `paths` are excepted."""

    code: str
    severity: Severity | Literal["off"] | None
    because: str
    paths: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the setting as `check --format json` and `rule --format json` print it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "because": self.because,
            "except": list(self.paths),
        }

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding of the rule does not count."""
        return self.severity == "off" or diagnostic.path in self.paths


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that does not count, and the reason that the team gives."""

    diagnostic: Diagnostic
    because: str


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found, sorted by place and code; and the `variants` that a build would write, by campaign.

    `set_rules` are those of which the project's policy says something, and `suppressed` are findings that do not count
    because of it.
    """

    diagnostics: tuple[Diagnostic, ...]
    variants: tuple[CampaignVariants, ...] = ()
    set_rules: tuple[RuleInForce, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()

    def selected(self, codes: Container[str]) -> Report:
        """Return of this what rules with these codes found."""
        return replace(
            self,
            diagnostics=tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.code in codes),
            set_rules=tuple(setting for setting in self.set_rules if setting.code in codes),
            suppressed=tuple(hidden for hidden in self.suppressed if hidden.diagnostic.code in codes),
        )

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings for which a build is refused."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.severity == "error")

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that somebody should look at."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.severity == "warning")


@dataclass(frozen=True, slots=True)
class ReportOnDisk:
    """A report to be stored: a line that many findings are about stands there once."""

    report: Report
    lines: tuple[str, ...]
    line_of: tuple[int, ...]
    """The number of the line of each finding."""

    @classmethod
    def of(cls, report: Report) -> ReportOnDisk:
        """Return what is to be stored of a report."""
        numbers: dict[str, int] = {}
        line_of = tuple(numbers.setdefault(finding.source, len(numbers)) for finding in report.diagnostics)
        bare = tuple(finding.with_source("") for finding in report.diagnostics)
        return cls(replace(report, diagnostics=bare), tuple(numbers), line_of)

    def whole(self) -> Report:
        """Return the report that this was made of."""
        findings = zip(self.report.diagnostics, self.line_of, strict=True)
        return replace(
            self.report, diagnostics=tuple(finding.with_source(self.lines[number]) for finding, number in findings)
        )
