"""E06: a mail's style sheet is one that mail programs drop, or holds what should be inlined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.pages.css import CssRule, css_rules, declarations
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.style_sheets import StyleSheet, style_sheets
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import MAILS
from assembler.authoring.compile.styles import foreign_selectors
from assembler.authoring.diagnostics import Finding

_MOST = 16_000
# What a mail cannot do without; hyphens and the like may be lost.
_ESSENTIAL = re.compile(
    r"(?:color|background|font|line-height|padding|margin|border|(?:max-|min-)?(?:width|height)|display|float|text-align"
    r"|text-decoration|vertical-align|list-style|white-space)(?![a-z])"
)


def find(page: Page) -> Iterator[Finding]:
    """Style elements outside the head or over 16 kB, nested at-rules, and rules that should be inlined."""
    for placed in page.elements("style"):
        inside = placed.component is None and any(each is page.head for each in placed.element.ancestors())
        if not inside:
            yield Finding(page.place(placed), "a style element outside the head", "put it into head.css or inline.css")
    found = list(style_sheets(page))
    size = sum(len(each.text.encode()) for each in found)
    if size > _MOST:
        message = f"the style sheets have {size / 1000:.1f} kB; Gmail drops what is over 16 kB"
        yield Finding(found[-1].at(0), message, "inline more of it, or use fewer rules")
    names = _names(page)
    for sheet in found:
        yield from _rules(sheet, names)


def _rules(sheet: StyleSheet, names: frozenset[str]) -> Iterator[Finding]:
    for rule in css_rules(sheet.text):
        if rule.within and (len(rule.within) > 1 or rule.selectors.startswith("@")):
            itself = rule.selectors.startswith("@")
            inner, offset = (rule.selectors, rule.offset) if itself else (rule.within[-1], rule.around_offset)
            message = f"{inner!r} is nested in another at-rule"
            yield Finding(
                sheet.at(offset), message, "Gmail drops the whole style sheet; write one at-rule after the other"
            )
        elif not rule.within and not rule.selectors.startswith("@") and _could_be_inlined(rule, names):
            message = f"{rule.selectors!r} is not inlined, and some programs drop style sheets"
            yield Finding(sheet.at(rule.offset), message, "move it to inline.css")


def _could_be_inlined(rule: CssRule, names: frozenset[str]) -> bool:
    essential = any(_ESSENTIAL.match(name) for name in declarations(rule.body))
    if not essential or any(True for _ in foreign_selectors(rule.selectors + "{}")):
        return False
    lasts = [re.split(r"[\s>]+", each.strip())[-1] for each in rule.selectors.split(",")]
    return any(set(re.findall(r"\.?[\w-]+", each)) <= names for each in lasts)


def _names(page: Page) -> frozenset[str]:
    """The tags, and the classes with their dots, of everything that a mail can hold."""
    found: set[str] = set()
    for placed in page.elements():
        found.add(placed.element.tag)
        found.update("." + each for each in placed.element.attribute("class").split())
    return frozenset(found)


RULE = Rule(
    code="E06",
    severity="error",
    summary="A mail's style sheet is over 16 kB, outside the head, nests at-rules, or holds what should be inlined.",
    fix="Keep head.css to dark mode, small screens and states such as :hover; all else belongs in inline.css.",
    each=(MAILS.by(find),),
)
