"""A layout table would be read out as data, leaves gaps, or is rendered as loose rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assembler.authoring.check.pages.elements import Element
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

_ROWS = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})
_ZEROS = ("cellpadding", "cellspacing", "border")
_ROLE_HINT = 'write role="presentation": screen readers read it out as data'
_TABLE = re.compile(r"<table\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


@MAILS.rule(
    "E03",
    "error",
    __doc__,
    'Write <table role="presentation" cellpadding="0" cellspacing="0" border="0">; a component is a whole table.',
)
def table_read_as_data(page: Page) -> Iterator[Finding]:
    for placed in page.elements("table"):
        if not _holds_data(placed.element):
            for fault, hint in _faults(placed.element.attributes):
                yield Finding(page.place(placed), fault, hint)
    yield from _in_comments(page)
    yield from _loose_rows(page)


def _holds_data(table: Element) -> bool:
    return table.attribute("role") == "table" or any(element.tag in ("th", "caption") for element in table.below())


def _faults(attributes: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    if (attributes.get("role") or "").strip() not in ("presentation", "none"):
        yield 'a layout table without role="presentation"', _ROLE_HINT
    lacking = [f'{name}="0"' for name in _ZEROS if (attributes.get(name) or "").strip() != "0"]
    if lacking:
        hint = f"write {' '.join(lacking)}: programs leave gaps of their own"
        yield f"a layout table without {', '.join(lacking)}", hint


def _in_comments(page: Page) -> Iterator[Finding]:
    number = 0
    for comment in page.frame.comments:
        for match in _TABLE.finditer(comment) if comment.lstrip().startswith("[if") else ():
            written = _ATTRIBUTE.finditer(match[1])
            for fault, hint in _faults({name[1].lower(): name[2] or name[3] or name[4] for name in written}):
                place = page.pages.places.text(_TABLE, page.layout, number, in_comments=True)
                yield Finding(place or page.start, fault, hint)
            number += 1


def _loose_rows(page: Page) -> Iterator[Finding]:
    for component in {component.type: component for _, component, _ in page.placed_trees()}.values():
        rendition = page.rendition(component)
        depth = 0
        for name, place in page.pages.places.every_tag(rendition) if rendition else ():
            depth += {"table": 1, "/table": -1}.get(name, 0)
            if name in _ROWS and depth <= 0:
                message = f"{component.type} is rendered as loose rows"
                yield Finding(place, message, "write a whole table with its <tbody>")
                break
