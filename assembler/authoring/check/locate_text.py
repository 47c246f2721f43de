"""Where a component says something: from words in a compiled document back to the copy that they come from."""

from __future__ import annotations

from assembler.authoring.check.copy import Copy, copy_of
from assembler.authoring.check.pages.page import Page
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject


def copies_in_locale(project: LoadedProject, component: AuthoredComponent, locale: str) -> list[Copy]:
    """The texts of a component that are shown in a locale, those that a translation inherits among them."""
    spoken = component.in_locale(project.settings.lineage(locale))
    return list(copy_of(component, within=spoken)) if spoken is not None else []


def _locate(project: LoadedProject, component: AuthoredComponent, locale: str, text: str) -> Place:
    """Return where a component says a text: the copy that is it, holds it or stands in it; else its body."""
    wanted = " ".join(text.split())
    best, place = 0, component.original.body_place
    for copy in copies_in_locale(project, component, locale):
        said = " ".join(copy.read().split())
        fit = 3 if said == wanted else 2 if wanted and wanted in said else 1 if said and said in wanted else 0
        if fit > best:
            best, place = fit, copy.place
    return place


def locate_reading(page: Page, address: str | None, text: str) -> Place | None:
    """The place where the component of an address says a text of a page; None where no component gives it."""
    component = page.pages.project.components.get(address or "")
    return None if component is None else _locate(page.pages.project, component, page.locale, text)
