"""What a rule is, the checked project that it judges, and the scopes whose units it may judge one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, Final, Generic, TypeVar

from assembler.authoring.check.pages.page import Pages
from assembler.authoring.check.word_similarity import Wording
from assembler.authoring.compile.content import Compiled
from assembler.authoring.diagnostics import Finding, Severity
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.runtime.choose import SlotPlan, slot_plans
from assembler.runtime.moment import Moment

Unit = TypeVar("Unit")

_GUARDING: Final = ("R", "D", "S", "T01", "T05", "T08")
"""Families and rules without which a default might be missing, a decision a toss-up, or a person harmed."""


@dataclass(frozen=True, eq=False, kw_only=True)
class CheckedProject:
    """A project, what became of it in compiling, and the moment at which it is judged."""

    project: LoadedProject
    compiled: Compiled
    moment: datetime
    cache: BuildCache = field(default_factory=BuildCache)
    _units: dict[Scope[Any], list[tuple[str, Any]]] = field(default_factory=dict, init=False)

    @cached_property
    def surroundings(self) -> str:
        """The fingerprint of everything but the components that can be read, of the day, and of what could not be
        judged: one that fails for want of memory need not fail the next time."""
        project = self.project
        return fingerprint(
            [source.digest for source in project.other_sources()],
            [(path, self._asset_fingerprint(data)) for path, data in project.assets.items()],
            [sorted(names - project.components.keys()) for names in project.declared.values()],
            sorted(project.unread),
            (self.today, Moment.of(self.moment).day),
            sorted((finding.place, finding.message) for finding in self.reported("R10")),
        )

    def _asset_fingerprint(self, data: bytes) -> str:
        return self.cache.memo.get_or_make(("asset", data), partial(fingerprint, data))

    @property
    def today(self) -> date:
        """The day of the moment in the project's time zone."""
        return self.moment.astimezone(self.project.settings.zone).date()

    @property
    def ready(self) -> Iterator[AuthoredComponent]:
        """The components that may be assembled: the only ones most rules are about."""
        return (component for component in self.project.components.values() if component.ready)

    @cached_property
    def pages(self) -> Pages:
        """Every e-mail and page that the project can make, as the rules about them read it."""
        return Pages(self.project, self.compiled)

    @cached_property
    def wording(self) -> Wording:
        """What the components say, as words."""
        return Wording(self.project, self.cache.memo, self.surroundings)

    @cached_property
    def plans(self) -> tuple[SlotPlan, ...]:
        """The plan of every campaign, channel and locale."""
        return tuple(slot_plans(self.compiled.content))

    def units(self, scope: Scope[Unit]) -> list[tuple[str, Unit]]:
        """Return pairs of a key and a unit: the fingerprint of all that a finding about the unit can depend on, and the
        unit. It may depend on anything where the key is empty."""
        if scope not in self._units:
            self._units[scope] = [
                ("" if inputs is None else fingerprint(scope.name, self.surroundings, inputs), unit)
                for inputs, unit in scope.units(self)
            ]
        return self._units[scope]

    def reported(self, code: str) -> Iterator[Finding]:
        """Give what loading and compiling found under a code."""
        yield from self.project.findings.of(code)
        yield from self.compiled.findings.of(code)


@dataclass(frozen=True, slots=True, eq=False)
class Scope(Generic[Unit]):
    """What is judged one by one. `units` gives pairs: all that a finding about a unit can depend on beside the
    surroundings, None where that cannot be said, and the unit. No two scopes have one name."""

    name: str
    units: Callable[[CheckedProject], Iterable[tuple[object, Unit]]]

    def by(self, find: Callable[[Unit], Iterable[Finding]]) -> Judge:
        """Return what judges each unit so."""
        return Judge(self, find)

    def rule(
        self, code: str, severity: Severity, summary: str, fix: str, *others: Judge, shows_line: bool = True
    ) -> Callable[[Callable[[Unit], Iterable[Finding]]], Rule]:
        """Return a decorator that makes the rule of what judges each unit, beside `others` that judge for it too."""

        def declare(find: Callable[[Unit], Iterable[Finding]]) -> Rule:
            return Rule(code, severity, summary, fix, (self.by(find), *others), shows_line)

        return declare


PROJECT: Scope[CheckedProject] = Scope("project", lambda checked: [(None, checked)])
"""The project as a whole, which is judged each time."""


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """What judges the units of a scope, one by one."""

    scope: Scope[Any]
    find: Callable[[Any], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, how bad it is, what it forbids in a line, how to mend it, and what judges by it.

    `shows_line` is false where the offending line must not be repeated in a log.
    """

    code: str
    severity: Severity
    summary: str
    fix: str
    judges: tuple[Judge, ...]
    shows_line: bool = True

    @property
    def guards(self) -> bool:
        """Whether it guards what every project is promised: a team may raise how bad it is, and never lower it."""
        return self.code[0] in _GUARDING or self.code in _GUARDING
