"""Every rule over a project -> a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias, TypeGuard

import msgspec

from assembler.authoring.check.report import Report
from assembler.authoring.check.rule import CheckedProject, Rule, Scope
from assembler.authoring.check.rule_policy import RulePolicy
from assembler.authoring.check.rules import RULES
from assembler.authoring.check.rules.file_not_judged import file_not_judged
from assembler.authoring.check.variants import variant_counts
from assembler.authoring.compile.jobs import job_count, shared
from assembler.authoring.diagnostics import THEME, Diagnostic, Finding, Place
from assembler.authoring.failures import Failure, attempt
from assembler.authoring.incremental.build_cache import StoredResults
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.source import Source

MOST_SHOWN: Final = 100
"""So many findings of one rule in one file are shown."""

LONGEST_SAID: Final = 500
"""So many characters at most have a message and a hint; names in them may be as long as their authors like."""

_SHOW_NO_LINE: Final = frozenset(rule.code for rule in RULES if not rule.shows_line)
_WORTH_SHARING: Final = 1_000
"""So many units are worth more than one process."""

_SHARE = 10
_DECODER = msgspec.json.Decoder(list[tuple[Diagnostic, ...] | None])
_STORED = msgspec.json.Decoder(dict[str, tuple[Diagnostic, ...]])

Find: TypeAlias = Callable[[Any], Iterable[Finding]]
"""What finds what is wrong with a unit."""

WithLine: TypeAlias = Callable[[Diagnostic], Diagnostic]
"""What gives a diagnostic the text of its line."""


@dataclass(frozen=True, slots=True, eq=False)
class _UnitCheck:
    """One unit, and all that judge it. What they find is the same while its key is; without one, it may
    depend on anything."""

    unit: object
    judges: Sequence[tuple[Rule, Find]]
    sources: Mapping[str, Source]
    key: str = ""

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with it; a rule that fails on a file is a finding of R10. Raises what fails on none."""
        diagnostics: list[Diagnostic] = []
        for rule, find in self.judges:
            failure = attempt(partial(self._judge, rule, find, diagnostics))
            if failure is None:
                continue
            if failure.place is None:
                raise failure.error
            finding = Finding(failure.place, failure.message, failure.hint)
            diagnostics.append(_diagnostic(file_not_judged, finding, self.sources))
        return tuple(diagnostics)

    def _judge(self, rule: Rule, find: Find, diagnostics: list[Diagnostic]) -> None:
        """Add what a rule finds; what it found before it failed stays."""
        diagnostics.extend(_diagnostic(rule, finding, self.sources) for finding in find(self.unit))


def check(checked: CheckedProject, jobs: int | None = 1, rules: Sequence[Rule] = RULES) -> Report:
    """Judge a project by every rule, in at most `jobs` processes, as far as there is enough work (None: one for each
    processor).

    What the cache has of it is not looked for again. Where a rule fails on a file, that is a finding. Raises
    what a rule fails with on no file, unless some file was found that could not be judged.
    """
    variants = attempt(partial(variant_counts, checked))
    stored = checked.cache.results(_STORED, "findings", [rule.code for rule in rules], checked.surroundings)
    diagnostics: dict[Diagnostic, None] = {}
    failures: list[Failure] = []
    for result in _results(list(_unit_checks(checked, rules)), checked, jobs, stored):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            diagnostics |= dict.fromkeys(result)
    stored.save()
    policy = RulePolicy(RULES, checked.project.settings.policy.rules)
    diagnostics |= dict.fromkeys(_policy_faults(policy, checked.project))
    counted, suppressed = policy.applied(_owned(diagnostic, checked.project) for diagnostic in diagnostics)
    return Report(
        tuple(_settled(counted, failures, partial(_with_line, checked=checked))),
        () if isinstance(variants, Failure) else variants,
        tuple(policy.in_force.values()),
        tuple(sorted(suppressed, key=lambda suppressed: _order(suppressed.diagnostic))),
    )


def _policy_faults(policy: RulePolicy, project: LoadedProject) -> Iterator[Diagnostic]:
    rules = {rule.code: rule for rule in RULES}
    return (_diagnostic(rules[code], finding, project.sources) for code, finding in policy.faults(project))


def _results(
    checks: Sequence[_UnitCheck],
    checked: CheckedProject,
    jobs: int | None,
    stored: StoredResults[tuple[Diagnostic, ...]],
) -> Iterator[tuple[Diagnostic, ...] | Failure]:
    """What comes of each check, in their order. It is stored where every rule could judge the unit."""
    known: dict[_UnitCheck, tuple[Diagnostic, ...]] = {}
    for unit_check in checks:
        diagnostics = stored.get(unit_check.key) if unit_check.key else None
        if diagnostics is not None:
            known[unit_check] = diagnostics
    new = [unit_check for unit_check in checks if unit_check not in known]
    known |= _by_processes(new, checked, job_count(jobs, len(new), _WORTH_SHARING))
    for unit_check in checks:
        result = known[unit_check] if unit_check in known else attempt(unit_check.diagnostics)
        if unit_check.key and _is_judged(result):
            stored.put(unit_check.key, result)
        yield result


def _is_judged(result: tuple[Diagnostic, ...] | Failure) -> TypeGuard[tuple[Diagnostic, ...]]:
    """Whether every rule could judge a unit: one that fails for want of memory need not fail the next time."""
    return not isinstance(result, Failure) and all(diagnostic.code != file_not_judged.code for diagnostic in result)


def _by_processes(
    checks: Sequence[_UnitCheck], checked: CheckedProject, jobs: int
) -> dict[_UnitCheck, tuple[Diagnostic, ...]]:
    """What comes of checks, as far as other processes did them; with one job there are none."""
    shares = [checks[start : start + _SHARE] for start in range(0, len(checks) if jobs > 1 else 0, _SHARE)]

    def work(share: Sequence[_UnitCheck]) -> bytes:
        results = (attempt(unit_check.diagnostics) for unit_check in share)
        return msgspec.json.encode([None if isinstance(result, Failure) else result for result in results])

    done = ((share, _DECODER.decode(data)) for share, data in shared(shares, work, jobs))
    pairs = (pair for share, results in done for pair in zip(share, results, strict=True))
    return {unit_check: diagnostics for unit_check, diagnostics in pairs if diagnostics is not None}


def _unit_checks(checked: CheckedProject, rules: Sequence[Rule]) -> Iterator[_UnitCheck]:
    """The checks at the units of each scope: by all that judge them, or one by one where nothing of it is stored."""
    sources = checked.project.sources
    for scope, judges in _judges(rules).items():
        units = attempt(partial(checked.units, scope))
        if isinstance(units, Failure):
            yield _UnitCheck(units, [(file_not_judged, _raise_again)], sources)
            continue
        shares = [[judge] for judge in judges]
        for key, unit in units:
            yield from (_UnitCheck(unit, share, sources, key) for share in ([judges] if key else shares))


def _raise_again(failure: Failure) -> Iterator[Finding]:
    """Fail as a rule does, so that the failure is reported as one of a rule is."""
    raise failure.error


def _judges(rules: Sequence[Rule]) -> dict[Scope[Any], list[tuple[Rule, Find]]]:
    """All that judge the units of each scope."""
    by_scope: dict[Scope[Any], list[tuple[Rule, Find]]] = {}
    for rule in rules:
        for judge in rule.judges:
            by_scope.setdefault(judge.scope, []).append((rule, judge.find))
    return by_scope


def _settled(
    diagnostics: Iterable[Diagnostic], failures: Sequence[Failure], with_line: WithLine
) -> Iterator[Diagnostic]:
    """Diagnostics in their order, with one of R10 for a file: that which stands the deepest in it.

    Failures on no file are taken for consequences of such diagnostics; where there is none, the first is raised.
    """
    shown = list(_first_ones(sorted(diagnostics, key=_order), with_line))
    unjudged = {diagnostic.path: diagnostic for diagnostic in shown if diagnostic.code == file_not_judged.code}
    if failures and not unjudged:
        raise failures[0].error
    return (
        diagnostic
        for diagnostic in shown
        if diagnostic.code != file_not_judged.code or unjudged[diagnostic.path] is diagnostic
    )


def _order(diagnostic: Diagnostic) -> tuple[Place, str, str]:
    return diagnostic.place, diagnostic.code, diagnostic.message


def _first_ones(diagnostics: Iterable[Diagnostic], with_line: WithLine) -> Iterator[Diagnostic]:
    """The first `MOST_SHOWN` of each rule in each file, with their lines; of more, another says how many."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        alike.setdefault((diagnostic.path, diagnostic.code), []).append(diagnostic)
    for of_rule in alike.values():
        yield from map(with_line, of_rule[:MOST_SHOWN])
        if len(of_rule) > MOST_SHOWN:
            rest = of_rule[MOST_SHOWN:]
            message = f"and {len(rest):,} more of {rest[0].code} in this file"
            worst = next((diagnostic for diagnostic in rest if diagnostic.severity == "error"), rest[0])
            hint = "mend what stands above first"
            yield replace(worst, place=rest[0].place, message=message, hint=hint, edit=None, count=len(rest))


def diagnose(rule: Rule, finding: Finding, checked: CheckedProject) -> Diagnostic:
    """Return a finding of a rule with the line that it is about."""
    return _with_line(_diagnostic(rule, finding, checked.project.sources), checked)


def _diagnostic(rule: Rule, finding: Finding, sources: Mapping[str, Source]) -> Diagnostic:
    """A finding of a rule without its line, of which there may be many findings."""
    mend = finding.mend
    source = None if mend is None else sources.get((mend.place or finding.place).path)
    return Diagnostic(
        code=rule.code,
        severity=finding.severity or rule.severity,
        place=finding.place,
        message=_cut(finding.message),
        hint=None if finding.hint is None else _cut(finding.hint),
        edit=None if mend is None or source is None else source.edit(mend, finding.place),
    )


def _owned(diagnostic: Diagnostic, project: LoadedProject) -> Diagnostic:
    """A diagnostic that says how to come by its file, where that is one of the theme; nothing there can be mended."""
    edit = diagnostic.edit
    if edit is not None and edit.path in project.of_theme:
        diagnostic = replace(diagnostic, edit=None)
    owning = project.owning(diagnostic.path)
    if owning is None:
        return diagnostic
    hint = owning if diagnostic.hint is None else f"{diagnostic.hint}; {owning}"
    return replace(diagnostic, place=replace(diagnostic.place, path=project.shown_path(diagnostic.path)), hint=hint)


def _with_line(diagnostic: Diagnostic, checked: CheckedProject) -> Diagnostic:
    """A diagnostic with the text of its line, where there is one that may be repeated."""
    source = checked.project.sources.get(diagnostic.path.replace(THEME, "templates/", 1))
    if source is None or diagnostic.code in _SHOW_NO_LINE:
        return diagnostic
    return diagnostic.with_source(source.line(diagnostic.line))


def _cut(text: str) -> str:
    """A text of no more characters than a finding may have."""
    return text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 3] + "..."
