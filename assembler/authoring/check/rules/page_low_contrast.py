"""Text of a page has a contrast under 4.5:1 (large text 3:1) in light, or one that cannot be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.contrasts import contrast_findings
from assembler.authoring.check.pages.css import background, declarations
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import style_sheets
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.compile.styles import brand_values, with_brand
from assembler.authoring.diagnostics import Finding

_INHERITS = re.compile(r"inherit|currentcolor|unset", re.IGNORECASE)


@WEB_PAGES.rule("P05", "error", __doc__, "Choose a darker ink or a lighter ground; declare both in inline.css.")
def page_low_contrast(page: Page) -> Iterator[Finding]:
    """Find text of pages whose contrast in light is too low, and colours in style sheets, which are not worked out."""
    yield from contrast_findings(page)
    yield from _not_inlined(page)


def _not_inlined(page: Page) -> Iterator[Finding]:
    values = brand_values(page.pages.project.settings.brand)
    for sheet in style_sheets(page):
        for rule in sheet.rules:
            style = declarations(with_brand(rule.body, values))
            colour = style.get("color", "inherit")
            coloured = not _INHERITS.fullmatch(colour) or background(style) is not None
            if coloured and not rule.within and rule.may_be_inlined:
                message = f"{rule.selectors!r} declares a colour that is not inlined, so contrast cannot be worked out"
                hint = "declare colours for light in inline.css"
                yield Finding(sheet.at(rule.offset), message, hint, severity="warning")
