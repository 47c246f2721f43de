"""What a rule is, and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from assembler.authoring.check.pages.page import Pages
from assembler.authoring.check.wording import Wording
from assembler.authoring.compile.content import Compiled
from assembler.authoring.diagnostics import Finding, Severity
from assembler.authoring.project.component import Component
from assembler.authoring.project.project import LoadedProject
from assembler.runtime.choose import Plan, plans

__all__ = ["Rule", "Subject"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """A project, what became of it in compiling, and the moment at which it is judged."""

    project: LoadedProject
    compiled: Compiled
    moment: datetime

    @property
    def today(self) -> date:
        """The day of the moment in the project's time zone."""
        return self.moment.astimezone(self.project.settings.zone).date()

    @property
    def ready(self) -> Iterator[Component]:
        """The components that may be assembled: the only ones most rules are about."""
        return (each for each in self.project.components.values() if each.ready)

    @cached_property
    def pages(self) -> Pages:
        """Every e-mail and page that the project can make, as the rules about them read it."""
        return Pages(self.project, self.compiled)

    @cached_property
    def wording(self) -> Wording:
        """What the components say, as words."""
        return Wording(self.project)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plan of every campaign, channel and locale."""
        return tuple(plans(self.compiled.content))

    def reported(self, code: str) -> Iterator[Finding]:
        """What loading and compiling found under a code."""
        yield from self.project.findings.of(code)
        yield from self.compiled.findings.of(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its code, how bad it is, what it forbids in a line, how to mend it, and how it is found.

    `shows_line` is false where the offending line must not be repeated in a log.
    """

    code: str
    severity: Severity
    summary: str
    fix: str
    find: Callable[[Subject], Iterable[Finding]]
    shows_line: bool = True
