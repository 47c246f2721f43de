"""Where a component says something: from words in a compiled document back to the copy that they come from."""

from __future__ import annotations

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.check.pages.page import Page
from assembler.authoring.diagnostics import Place


def locate_reading(page: Page, address: str | None, text: str) -> Place | None:
    """The place where the component of an address says a text of a page; None where no component gives it.

    It is that of the copy that is the text, holds it or stands in it; else of the body.
    """
    component = page.pages.project.components.get(address or "")
    if component is None:
        return None
    wanted = " ".join(text.split())
    best, place = 0, component.original.body_place
    for copy in copies_in_locale(page.pages.project, component, page.locale):
        said = " ".join(visible_words(copy).split())
        fit = 3 if said == wanted else 2 if wanted and wanted in said else 1 if said and said in wanted else 0
        if fit > best:
            best, place = fit, copy.place
    return place
