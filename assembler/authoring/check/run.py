"""Every rule over a project -> a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import msgspec

from assembler.authoring.check.rule import Rule, Scope, Subject
from assembler.authoring.check.rules import RULES, file_not_judged
from assembler.authoring.check.variants import variant_counts
from assembler.authoring.compile.jobs import job_count, shared
from assembler.authoring.diagnostics import Diagnostic, Finding
from assembler.authoring.failures import Failure, attempt
from assembler.authoring.outcomes.counts import CampaignVariants

__all__ = ["Report", "check", "diagnostic"]

MOST_SHOWN: Final = 100
"""So many findings of one rule in one file are shown."""

LONGEST_SAID: Final = 500
"""So many characters has what a finding says; names in it may be as long as their authors like."""

_WORTH_SHARING = 1_000
_SHARE = 10
_DECODER = msgspec.json.Decoder(list[tuple[Diagnostic, ...] | None])
_STORED = msgspec.json.Decoder(dict[str, tuple[Diagnostic, ...]])


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found, sorted by place and code; and the `variants` that a build would write, by campaign."""

    diagnostics: tuple[Diagnostic, ...]
    variants: tuple[CampaignVariants, ...] = ()

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
    """One look at one unit by all that judge it. What they find is the same while its key is; without one, it may
    depend on anything."""

    unit: object
    judges: Sequence[tuple[Rule, Callable[[Any], Iterable[Finding]]]]
    key: str = ""

    def found(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """What is wrong with it; a rule that fails on a file is a finding of R10. Raises what fails on none."""
        found: list[Diagnostic] = []
        for rule, find in self.judges:
            failure = attempt(partial(self._judge, rule, find, subject, found))
            if failure is None:
                continue
            if failure.place is None:
                raise failure.error
            finding = Finding(failure.place, failure.message, failure.hint)
            found.append(diagnostic(file_not_judged.RULE, finding, subject))
        return tuple(found)

    def _judge(
        self, rule: Rule, find: Callable[[Any], Iterable[Finding]], subject: Subject, found: list[Diagnostic]
    ) -> None:
        """Add what a rule finds; what it found before it failed stays."""
        found.extend(diagnostic(rule, each, subject) for each in find(self.unit))


def check(subject: Subject, jobs: int | None = 1, rules: Sequence[Rule] = RULES) -> Report:
    """Judge a project by every rule, in `jobs` processes (None: as many as there is work for).

    What the subject's cache has of it is not looked for again; what could not be judged is, each time.
    """
    variants = attempt(partial(variant_counts, subject))
    stored = subject.cache.results(_STORED, "findings", [rule.code for rule in rules], subject.surroundings)
    looks = list(_looks(subject, rules))
    by_look = ((look, stored.get(look.key)) for look in looks if look.key)
    known = {look: diagnostics for look, diagnostics in by_look if diagnostics is not None}
    new = [look for look in looks if look not in known]
    known |= _elsewhere(new, subject, job_count(jobs, len(new), _WORTH_SHARING))
    everything: dict[Diagnostic, None] = {}
    failures: list[Failure] = []
    for look in looks:
        done = known[look] if look in known else attempt(partial(look.found, subject))
        if isinstance(done, Failure):
            failures.append(done)
            continue
        everything |= dict.fromkeys(done)
        if look.key and all(diagnostic.code != file_not_judged.RULE.code for diagnostic in done):
            stored.put(look.key, done)
    stored.save()
    return Report(tuple(_settled(everything, failures)), () if isinstance(variants, Failure) else variants)


def _settled(found: Iterable[Diagnostic], failures: Sequence[Failure]) -> Iterator[Diagnostic]:
    """What was found in its order, with one finding of R10 for a file: that which stands the deepest in it.

    Failures on no file are taken for consequences of such findings; where there is none, the first is raised.
    """
    in_order = list(_shown(sorted(found, key=lambda each: (each.place, each.code, each.message))))
    unjudged = {each.path: each for each in in_order if each.code == file_not_judged.RULE.code}
    if failures and not unjudged:
        raise failures[0].error
    return (each for each in in_order if each.code != file_not_judged.RULE.code or unjudged[each.path] is each)


def _shown(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first `MOST_SHOWN` findings of each rule in each file; where there are more, the last says how many."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in found:
        alike.setdefault((each.path, each.code), []).append(each)
    for some in alike.values():
        yield from some[:MOST_SHOWN]
        if len(some) > MOST_SHOWN:
            rest = some[MOST_SHOWN:]
            message = f"and {len(rest):,} more of {rest[0].code} in this file"
            worst = next((each for each in rest if each.severity == "error"), rest[0])
            yield replace(worst, place=rest[0].place, message=message, hint="mend what stands above first", source="")


def _looks(subject: Subject, rules: Sequence[Rule]) -> Iterator[_Look]:
    """The looks at the whole project, then those at the units of each scope by all that judge them."""
    for rule in rules:
        if rule.find is not None:
            yield _Look(subject, [(rule, rule.find)])
    for scope, judges in _judges(rules).items():
        units = attempt(partial(subject.units, scope))
        if isinstance(units, Failure):
            yield _Look(units, [(file_not_judged.RULE, _again)])
        else:
            yield from (_Look(unit, judges, key) for key, unit in units)


def _again(failure: Failure) -> Iterator[Finding]:
    """A failure that is reported as one of a rule is."""
    raise failure.error


def _judges(rules: Sequence[Rule]) -> dict[Scope[Any], list[tuple[Rule, Callable[[Any], Iterable[Finding]]]]]:
    """All that judge the units of each scope."""
    by_scope: dict[Scope[Any], list[tuple[Rule, Callable[[Any], Iterable[Finding]]]]] = {}
    for rule in rules:
        for judge in rule.each:
            by_scope.setdefault(judge.scope, []).append((rule, judge.find))
    return by_scope


def _elsewhere(looks: list[_Look], subject: Subject, jobs: int) -> dict[_Look, tuple[Diagnostic, ...]]:
    """What several processes find."""
    shares = [looks[start : start + _SHARE] for start in range(0, len(looks) if jobs > 1 else 0, _SHARE)]

    def work(share: list[_Look]) -> bytes:
        done = (attempt(partial(look.found, subject)) for look in share)
        return msgspec.json.encode([None if isinstance(each, Failure) else each for each in done])

    done = ((share, _DECODER.decode(data)) for share, data in shared(shares, work, jobs))
    pairs = (pair for share, found in done for pair in zip(share, found, strict=True))
    return {look: each for look, each in pairs if each is not None}


def diagnostic(rule: Rule, finding: Finding, subject: Subject) -> Diagnostic:
    """A finding of a rule, with the line that it is about."""
    source = subject.project.sources.get(finding.place.path)
    return Diagnostic(
        code=rule.code,
        severity=finding.severity or rule.severity,
        place=finding.place,
        message=_cut(finding.message),
        hint=None if finding.hint is None else _cut(finding.hint),
        source=source.line(finding.place.line) if source and rule.shows_line else "",
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 3] + "..."
