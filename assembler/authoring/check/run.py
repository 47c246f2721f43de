"""Every rule over a project -> a report."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import msgspec

from assembler.authoring.check.rule import Rule, Scope, Subject
from assembler.authoring.check.rules import RULES
from assembler.authoring.compile.jobs import job_count, shared
from assembler.authoring.diagnostics import Diagnostic, Finding

__all__ = ["Report", "check"]

_WORTH_SHARING = 1_000
_SHARE = 10
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


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """One look at one thing by all that judge it. What they find is the same while its key is; without one, it may
    depend on anything."""

    unit: object
    judges: Sequence[tuple[Rule, Callable[[Any], Iterable[Finding]]]]
    key: Hashable = None

    def found(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """What is wrong with it."""
        return tuple(_diagnostic(rule, each, subject) for rule, find in self.judges for each in find(self.unit))


def check(subject: Subject, jobs: int | None = 1) -> Report:
    """Judge a project by every rule, in `jobs` processes (None: as many as there is work for).

    What the subject's memory has of it is not looked for again.
    """
    memory = subject.memory
    looks = list(_looks(subject))
    new = [look for look in looks if look.key is None or look.key not in memory]
    elsewhere = _elsewhere(new, subject, job_count(jobs, len(new), _WORTH_SHARING))
    found: dict[Diagnostic, None] = {}
    for look in looks:
        work = partial(elsewhere.__getitem__, look) if look in elsewhere else partial(look.found, subject)
        found |= dict.fromkeys(work() if look.key is None else memory.recall(look.key, work))
    return Report(tuple(sorted(found, key=lambda each: (each.place, each.code, each.message))))


def _looks(subject: Subject) -> Iterator[_Look]:
    for rule in RULES:
        if rule.find is not None:
            yield _Look(subject, [(rule, rule.find)])
    for scope, judges in _JUDGES.items():
        for key, unit in subject.units(scope):
            yield _Look(unit, judges, key)


def _judges() -> dict[Scope[Any], list[tuple[Rule, Callable[[Any], Iterable[Finding]]]]]:
    found: dict[Scope[Any], list[tuple[Rule, Callable[[Any], Iterable[Finding]]]]] = {}
    for rule in RULES:
        for judge in rule.each:
            found.setdefault(judge.scope, []).append((rule, judge.find))
    return found


_JUDGES: Final = _judges()
"""All that judge the things in each scope."""


def _elsewhere(looks: list[_Look], subject: Subject, jobs: int) -> dict[_Look, tuple[Diagnostic, ...]]:
    """What several processes find."""
    shares = [looks[start : start + _SHARE] for start in range(0, len(looks) if jobs > 1 else 0, _SHARE)]

    def work(share: list[_Look]) -> bytes:
        return msgspec.json.encode([look.found(subject) for look in share])

    done = shared(shares, work, jobs)
    return {look: each for share, data in done for look, each in zip(share, _DECODER.decode(data), strict=True)}


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
