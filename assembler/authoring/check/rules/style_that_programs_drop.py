"""A mail's style sheet is over 16 kB, outside the head, nests at-rules, or holds what should be inlined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.css import CssRule, declarations
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import StyleSheet, style_sheets
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_MOST = 16_000
# What a mail cannot do without; hyphens and the like may be lost.
_ESSENTIAL = re.compile(
    r"(?:color|background|font|line-height|padding|margin|border|(?:max-|min-)?(?:width|height)|display|float|text-align"
    r"|text-decoration|vertical-align|list-style|white-space)(?![a-z])"
)


@MAILS.rule(
    "E06",
    "error",
    __doc__,
    "Keep head.css to dark mode, small screens and states such as :hover; all else belongs in inline.css.",
)
def style_that_programs_drop(page: Page) -> Iterator[Finding]:
    for placed in page.elements("style"):
        inside = placed.component is None and page.head in placed.element.ancestors()
        if not inside:
            yield Finding(page.place(placed), "a style element outside the head", "put it into head.css or inline.css")
    sheets = list(style_sheets(page))
    size = sum(len(sheet.text.encode()) for sheet in sheets)
    if size > _MOST:
        message = f"the style sheets have {size / 1000:.1f} kB; Gmail drops what is over 16 kB"
        yield Finding(sheets[-1].at(0), message, "inline more of it, or use fewer rules")
    names = _names(page)
    for sheet in sheets:
        yield from _rules(sheet, names)


def _rules(sheet: StyleSheet, names: frozenset[str]) -> Iterator[Finding]:
    for rule in sheet.rules:
        itself = rule.selectors.startswith("@")
        if len(rule.within) + itself > 1:
            inner, offset = (rule.selectors, rule.offset) if itself else (rule.within[-1], rule.around_offset)
            hint = "Gmail drops the whole style sheet; write one at-rule after the other"
            yield Finding(sheet.at(offset), f"{inner!r} is nested in another at-rule", hint)
        elif not rule.within and not itself and _could_be_inlined(rule, names):
            message = f"{rule.selectors!r} is not inlined, and some programs drop style sheets"
            yield Finding(sheet.at(rule.offset), message, "move it to inline.css")


def _could_be_inlined(rule: CssRule, names: frozenset[str]) -> bool:
    essential = any(_ESSENTIAL.match(name) for name in declarations(rule.body))
    if not essential or not rule.may_be_inlined:
        return False
    lasts = (re.split(r"[\s>]+", selector.strip())[-1] for selector in rule.selectors.split(","))
    return any(names.issuperset(re.findall(r"\.?[\w-]+", last)) for last in lasts)


def _names(page: Page) -> frozenset[str]:
    """The tags, and the classes with their dots, of everything that a mail can hold."""
    elements = {placed.element for placed in page.elements()}
    classes = {f".{name}" for element in elements for name in element.attribute("class").split()}
    return frozenset(classes | {element.tag for element in elements})
