"""CSS or markup that cannot be compiled slot by slot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.brand_tokens import missing_tokens
from assembler.authoring.check.markdown_slips.slip import short
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.template_markup import MarkupTag, TemplateMarkup
from assembler.authoring.compile.styles import foreign_selectors, unfinished
from assembler.authoring.compile.syntax import TemplateSyntax
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.source import Source


@PROJECT.rule(
    "R09",
    "error",
    __doc__,
    "Use type, class, descendant and child selectors in inline.css, write tbody in tables, and close every tag.",
)
def not_compiled_by_slot(checked: CheckedProject) -> Iterator[Finding]:
    for source in checked.project.styles.values():
        yield from _style_faults(source)
    yield from missing_tokens(checked)
    yield from _run_on_tags(checked)
    tables: dict[Place, set[str]] = {}
    for syntax in checked.compiled.templates.syntax.values():
        if syntax.slots and syntax.may_be_html:
            tables |= _bare_tables(checked, syntax)
    for place in tables:
        yield Finding(place, "a table with a slot in it has no tbody", "write <tbody> ... </tbody> around its rows")
    yield from _changed(checked, set[str]().union(*tables.values()))


def _run_on_tags(checked: CheckedProject) -> Iterator[Finding]:
    for place, text in checked.pages.run_on_tags.values():
        written = _UP_TO_NEXT.match(text)
        shown = written[0].rstrip() if written else text
        hint = "write > at its end" if _QUOTED.fullmatch(shown) else "close its quotes, and write > at its end"
        yield Finding(place, f"the tag {short(shown)} never ends", hint)


def _changed(checked: CheckedProject, bare: set[str]) -> Iterator[Finding]:
    """Find what compiling could not keep as it is written; of slots in `bare` tables that is told."""
    told: set[Place] = set()
    for finding in sorted(checked.reported("R09"), key=lambda finding: (finding.place, finding.message)):
        # A rendition is changed in every slot that it stands in.
        told_otherwise = finding.about in bare or finding.place.path in checked.pages.run_on_templates
        if not told_otherwise and finding.place not in told:
            told.add(finding.place)
            yield finding


def _style_faults(source: Source) -> Iterator[Finding]:
    css = source.text
    open_end = unfinished(css)
    if open_end is not None:
        start, message, hint = open_end
        yield Finding(source.inside(start), message, hint)
    elif source.path.endswith("/inline.css"):
        for offset, selector, why in foreign_selectors(css):
            yield Finding(source.inside(offset), f"{selector!r} cannot be inlined slot by slot", why)
    for match in re.finditer("</", css):
        yield Finding(source.inside(match.start()), f"{match[0]!r} in CSS ends the style element early", "remove it")


_UP_TO_NEXT = re.compile(r"<[^<\n]*")
_QUOTED = re.compile(r"(?:[^\"']|\"[^\"]*\"|'[^']*')*+")

_OpenTables = list[tuple[MarkupTag, bool]]
"""The tables that are open, and whether a group of rows is open in each, as written."""


def _bare_tables(checked: CheckedProject, syntax: TemplateSyntax) -> dict[Place, set[str]]:
    """The tables that hold slots outside of a tbody, thead or tfoot that is written, with these slots."""
    calls = sorted((call.place, call.name) for call in syntax.slots)
    open_: _OpenTables = []
    bare: dict[Place, set[str]] = {}
    for tag in TemplateMarkup(syntax.source, checked.project.settings.brand).tags():
        while calls and calls[0][0] < tag.place:
            place, name = calls.pop(0)
            for table, is_grouped in open_:
                start = table.place
                end = syntax.source.inside(table.length, start.line, start.column)
                if not is_grouped and end < place:
                    bare.setdefault(start, set()).add(name)
        _enter(open_, tag)
    return bare


def _enter(open_: _OpenTables, tag: MarkupTag) -> None:
    if tag.name == "table":
        open_.append((tag, False))
    elif tag.name == "/table" and open_:
        open_.pop()
    elif open_ and tag.name.removeprefix("/") in ("tbody", "thead", "tfoot"):
        open_[-1] = (open_[-1][0], not tag.name.startswith("/"))
