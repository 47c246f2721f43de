"""The components that a gallery shows, with what is known of them, and found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.project.library_background import ComponentFacts

_SOON = timedelta(days=30)
"""How long before its last day a component is said to end."""


@dataclass(frozen=True, slots=True)
class ShownComponent:
    """What is known of a component, and the findings about it."""

    facts: ComponentFacts
    findings: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the component as the pages need it."""
        return {
            "owner": self.facts.owner,
            "hypothesis": self.facts.hypothesis,
            "about": self._about,
            "findings": self.findings,
        }

    @property
    def _about(self) -> str:
        """Its file, and what else is known of it, in a line."""
        facts = self.facts
        known = {"owner": facts.owner, "review by": facts.review_by, "until": facts.until}
        return " · ".join((facts.path, *(f"{name} {value}" for name, value in known.items() if value)))


def shown_components(
    known: Mapping[str, ComponentFacts], diagnostics: Iterable[Diagnostic], addresses: Iterable[str]
) -> dict[str, ShownComponent]:
    """Return the components with these addresses; what is `known` and the `diagnostics` are of the whole project."""
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    for diagnostic in diagnostics:
        by_path[diagnostic.path].append(f"{diagnostic.code} {diagnostic.severity}: {diagnostic.message}")
    shown: dict[str, ShownComponent] = {}
    for address in sorted(addresses):
        facts = known[address]
        findings = tuple(finding for path in facts.paths for finding in by_path.get(path, ()))
        shown[address] = ShownComponent(facts, findings)
    return shown


def notes(components: Iterable[ShownComponent], today: date) -> list[str]:
    """Return what to know of a variant with such components before it is opened: that it ends soon, and findings."""
    every = list(components)
    days = (component.facts.until for component in every)
    ends = min((until for until in days if until and until <= today + _SOON), default=None)
    findings = len({finding for component in every for finding in component.findings})
    told = [f"◷ Ends {ends.day} {ends:%b}"] if ends else []
    return [*told, f"⚠ {findings} finding{'s' if findings > 1 else ''}"] if findings else told
