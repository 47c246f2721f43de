"""What is known of the components that a gallery shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject

_SOON = timedelta(days=30)
"""How long before its last day a component is said to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFacts:
    """What is known of a component: who owns it and why it is there, its last day, its file, and its findings."""

    owner: str | None
    hypothesis: str | None
    review_by: date | None
    until: date | None
    path: str
    findings: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the facts as the pages need them."""
        return {
            "owner": self.owner,
            "hypothesis": self.hypothesis,
            "about": self._about,
            "findings": self.findings,
        }

    @property
    def _about(self) -> str:
        """Its file, and what else is known of it, in a line."""
        known = {"owner": self.owner, "review by": self.review_by, "until": self.until}
        return " · ".join((self.path, *(f"{name} {value}" for name, value in known.items() if value)))


def component_facts(
    project: LoadedProject, diagnostics: Iterable[Diagnostic], addresses: Iterable[str]
) -> dict[str, ComponentFacts]:
    """Return what is known of components, by their addresses; the `diagnostics` are those of the whole project."""
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    for diagnostic in diagnostics:
        by_path[diagnostic.path].append(f"{diagnostic.code} {diagnostic.severity}: {diagnostic.message}")
    return {address: _facts(project, project.components[address], by_path) for address in sorted(addresses)}


def notes(facts: Iterable[ComponentFacts], today: date) -> list[str]:
    """Return what to know of a variant with such components before it is opened: that it ends soon, and findings."""
    every = list(facts)
    ends = min((fact.until for fact in every if fact.until and fact.until <= today + _SOON), default=None)
    findings = len({finding for fact in every for finding in fact.findings})
    told = [f"◷ Ends {ends.day} {ends:%b}"] if ends else []
    return [*told, f"⚠ {findings} finding{'s' if findings > 1 else ''}"] if findings else told


def _facts(project: LoadedProject, component: AuthoredComponent, by_path: Mapping[str, list[str]]) -> ComponentFacts:
    owner, hypothesis, review_by = (inherited(project, component, key) for key in ("owner", "hypothesis", "review_by"))
    paths = [words.source.path for words in component.words.values()]
    return ComponentFacts(
        owner=owner if isinstance(owner, str) else None,
        hypothesis=hypothesis if isinstance(hypothesis, str) else None,
        review_by=review_by if isinstance(review_by, date) else None,
        until=component.tags.valid_until,
        path=component.original.source.path,
        findings=tuple(finding for path in paths for finding in by_path.get(path, ())),
    )
