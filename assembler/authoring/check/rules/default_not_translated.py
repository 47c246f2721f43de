"""D05: a default lacks a locale."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.slots import slot_defaults
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject


def find(subject: Subject) -> Iterator[Finding]:
    """Defaults that have no words in some locale of the project, nor in a parent of it."""
    for each in slot_defaults(subject):
        lacking = _lacking(subject.project, each.component)
        if lacking:
            path = _path(each.component, lacking[0])
            yield Finding(each.place, f"{each} is not translated into {', '.join(lacking)}", f"write {path}")


def _lacking(project: LoadedProject, component: AuthoredComponent) -> list[str]:
    """The locales without words; a translation that is there and cannot be read has a finding of its own."""
    found: list[str] = []
    for locale in project.settings.locales:
        lineage = project.settings.lineage(locale)
        if component.in_locale(lineage) is None and not any(
            _path(component, each) in project.sources for each in lineage
        ):
            found.append(locale)
    return found


def _path(component: AuthoredComponent, locale: str) -> str:
    return f"components/{component.address}.{locale}.md"


RULE = Rule(
    code="D05",
    severity="error",
    summary="A default is not translated into every locale.",
    fix="Write the missing translation beside the component: <id>.<locale>.md.",
    find=find,
)
