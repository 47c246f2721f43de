"""A mail says nothing of dark mode, or some text cannot be read when a program turns its colours round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.contrasts import inversion_findings
from assembler.authoring.check.pages.css import CssRule, declarations
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import head_css, style_sheets
from assembler.authoring.check.pages.supply import supplied_meta
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Replacement

_BOTH = frozenset({"light", "dark"})
_DARK = re.compile(r"@media\b.*\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE | re.DOTALL)


@MAILS.rule(
    "E11",
    "error",
    __doc__,
    "Write both metas, color-scheme for :root and a dark block in head.css; keep ink and ground far apart.",
)
def no_dark_mode(page: Page) -> Iterator[Finding]:
    for name in ("color-scheme", "supported-color-schemes"):
        metas = supplied_meta(page, name)
        tag = f'<meta name="{name}" content="light dark">'
        hint = f"write {tag}"
        yield from metas.absences(f"the head has no meta {name}", hint, tag)
        for placed in metas.placed:
            if not _BOTH.issubset(placed.element.attribute("content").lower().split()):
                yield Finding(page.place(placed), f"the meta {name} does not say light dark", hint)
    yield from _sheets(page)
    yield from inversion_findings(page)


def _sheets(page: Page) -> Iterator[Finding]:
    rules = [rule for sheet in style_sheets(page) for rule in sheet.rules]
    head = head_css(page)
    place = head.at() if head is not None else page.head_place
    if not any(map(_says_both, rules)):
        rule = ":root { color-scheme: light dark; supported-color-schemes: light dark; }"
        mend = None if head is None else Replacement("", f"{rule}\n")
        yield Finding(place, "no color-scheme for :root", f"write `{rule}` in head.css", mend=mend)
    if not any(_DARK.match(around) for rule in rules for around in rule.within):
        hint = "write `@media (prefers-color-scheme: dark) { ... }` in head.css, with ` !important` in each declaration"
        yield Finding(place, "no block for dark mode", hint)


def _says_both(rule: CssRule) -> bool:
    schemes = declarations(rule.body).get("color-scheme", "").lower().split()
    return not rule.within and rule.selectors == ":root" and _BOTH.issubset(schemes)
