"""Where a component says something: from words in a compiled document back to the copy that they come from."""

from __future__ import annotations

from assembler.authoring.check.copy import Copy, copy_of
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject

__all__ = ["copies_in_locale", "locate_text"]


def copies_in_locale(project: LoadedProject, component: AuthoredComponent, locale: str) -> list[Copy]:
    """The texts of a component that are shown in a locale, those that a translation inherits among them."""
    spoken = component.in_locale(project.settings.lineage(locale))
    return list(copy_of(component, within=spoken)) if spoken is not None else []


def locate_text(project: LoadedProject, component: AuthoredComponent, locale: str, text: str) -> Place:
    """Where a component says a text: the copy that is it, holds it or stands in it; else its body."""
    wanted = " ".join(text.split())
    best, place = 0, component.original.body_place
    for copy in copies_in_locale(project, component, locale):
        said = " ".join(copy.read().split())
        fit = 3 if said == wanted else 2 if wanted and wanted in said else 1 if said and said in wanted else 0
        if fit > best:
            best, place = fit, copy.place
    return place
