"""Which translations a component lacks, and where they would stand."""

from __future__ import annotations

from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject


def translation_path(component: AuthoredComponent, locale: str) -> str:
    """The path of a component's words in a locale."""
    return f"components/{component.address}.{locale}.md"


def lacking_locales(project: LoadedProject, component: AuthoredComponent) -> list[str]:
    """The locales of the project in which a component has no words, nor in a parent of the locale.

    A translation that is there and could not be read has a finding of its own.
    """
    return [locale for locale in project.settings.locales if not _is_translated(project, component, locale)]


def _is_translated(project: LoadedProject, component: AuthoredComponent, locale: str) -> bool:
    lineage = project.settings.lineage(locale)
    paths = (translation_path(component, parent) for parent in lineage)
    return component.in_locale(lineage) is not None or any(path in project.sources for path in paths)
