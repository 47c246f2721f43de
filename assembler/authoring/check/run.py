"""Every rule over a project -> a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import msgspec

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.rules import RULES
from assembler.authoring.compile.jobs import job_count, shared
from assembler.authoring.diagnostics import Diagnostic, Finding

__all__ = ["Report", "check"]

_WORTH_SHARING = 1_000
_DECODER = msgspec.json.Decoder(list[Diagnostic])


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


def check(subject: Subject, jobs: int | None = 1) -> Report:
    """Judge a project by every rule, in `jobs` processes (None: as many as there is work for)."""
    judged: dict[str, Iterable[Diagnostic]] = {}
    jobs = job_count(jobs, len(subject.project.sources), _WORTH_SHARING)
    if jobs > 1:
        judged = {rule.code: _DECODER.decode(data) for rule, data in shared(RULES, partial(_elsewhere, subject), jobs)}
    missing = {rule.code: _judged(rule, subject) for rule in RULES if rule.code not in judged}
    found = dict.fromkeys(each for diagnostics in (judged | missing).values() for each in diagnostics)
    return Report(tuple(sorted(found, key=lambda each: (each.place, each.code, each.message))))


def _judged(rule: Rule, subject: Subject) -> Iterator[Diagnostic]:
    return (_diagnostic(rule, finding, subject) for finding in rule.find(subject))


def _elsewhere(subject: Subject, rule: Rule) -> bytes:
    return msgspec.json.encode(list(_judged(rule, subject)))


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
