"""Which translations a component lacks, and where they would stand."""

from __future__ import annotations

from collections.abc import Sequence

from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject


def translation_path(component: AuthoredComponent, locale: str) -> str:
    """The path of a component's words in a locale."""
    return f"components/{component.address}.{locale}.md"


def translations_hint(project: LoadedProject, component: AuthoredComponent, lacking: Sequence[str]) -> str:
    """How to give a component the translations that it lacks: one in a parent of a locale is enough."""
    least = [locale for locale in lacking if len(set(project.settings.lineage(locale)) & set(lacking)) == 1]
    return f"write {' and '.join(translation_path(component, locale) for locale in least)}"


def lacking_locales(project: LoadedProject, component: AuthoredComponent) -> list[str]:
    """The locales of the project in which a component has no words, nor in a parent of the locale.

    A translation that is there and could not be read has a finding of its own.
    """
    paths = {locale: translation_path(component, locale) for locale in project.settings.locales}
    there = {locale for locale, path in paths.items() if path in project.sources or path in project.unread}
    there |= component.words.keys()
    return [locale for locale in project.settings.locales if there.isdisjoint(project.settings.lineage(locale))]
