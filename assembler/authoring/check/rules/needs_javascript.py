"""A page has a script other than JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding


@WEB_PAGES.rule("P03", "error", __doc__, "Take it out: everything on a page is read and done without JavaScript.")
def needs_javascript(page: Page) -> Iterator[Finding]:
    for placed in page.elements("script"):
        if not placed.element.is_json_ld:
            hint = "write it so that all can be read and done without one"
            yield Finding(page.place(placed), "a script in a page", hint)
    for placed in page.elements():
        for name in placed.element.attributes:  # S01 tells of links that run one
            if name.startswith("on"):
                yield Finding(page.place(placed), f"the attribute {name} runs a script", "take it out")
