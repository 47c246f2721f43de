"""Every rule over a project -> a report."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from assembler.authoring.check.rule import Look, Rule, Subject
from assembler.authoring.check.rules import RULES
from assembler.authoring.compile.jobs import job_count, shared
from assembler.authoring.diagnostics import Diagnostic, Finding

__all__ = ["Report", "check"]

_WORTH_SHARING = 10_000
_DECODER = msgspec.json.Decoder(list[tuple[Diagnostic, ...]])


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
    """Judge a project by every rule, in `jobs` processes (None: as many as there is work for).

    What the subject's memory has of it is not looked for again.
    """
    memory = subject.memory
    looks = [look for rule in RULES for look in rule.looks(subject)]
    new = [look for look in looks if look.key is None or look.key not in memory]
    found = _elsewhere(new, subject, job_count(jobs, len(new), _WORTH_SHARING))
    every: dict[Diagnostic, None] = {}
    for look in looks:
        work = partial(_taken, found, look, subject)
        every |= dict.fromkeys(work() if look.key is None else memory.recall(look.key, work))
    return Report(tuple(sorted(every, key=lambda each: (each.place, each.code, each.message))))


def _elsewhere(looks: Iterable[Look], subject: Subject, jobs: int) -> dict[Look, tuple[Diagnostic, ...]]:
    """What several processes find; one has all the looks at one thing."""
    shares: dict[Hashable, list[Look]] = {}
    for look in looks if jobs > 1 else ():
        shares.setdefault(look if look.key is None else look.unit, []).append(look)

    def work(share: list[Look]) -> bytes:
        return msgspec.json.encode([_found(look, subject) for look in share])

    done = shared(list(shares.values()), work, jobs)
    return {look: each for share, data in done for look, each in zip(share, _DECODER.decode(data), strict=True)}


def _taken(elsewhere: Mapping[Look, tuple[Diagnostic, ...]], look: Look, subject: Subject) -> tuple[Diagnostic, ...]:
    return elsewhere[look] if look in elsewhere else _found(look, subject)


def _found(look: Look, subject: Subject) -> tuple[Diagnostic, ...]:
    return tuple(_diagnostic(look.rule, finding, subject) for finding in look.find())


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
