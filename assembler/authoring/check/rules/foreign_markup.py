"""C02: copy holds braces, HTML or Markdown that it may not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.copy import Copy, every_copy
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.rules.merge_field_without_fallback import ATTEMPT
from assembler.authoring.compile.words import BRACES, MERGE_FIELD, foreign_markdown
from assembler.authoring.diagnostics import Finding

_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
# What marks a piece of Markdown within its paragraph; anything else is marked by its line.
_MARKS = {"raw HTML": re.compile(r"<[/!?A-Za-z]"), "an image": re.compile(r"!\["), "code": re.compile("`")}
_HINTS = {
    "raw HTML": "write words; the template decides how they look",
    "an image": "give the component a field of kind asset",
    "a heading": "give the component a field for it; # at the start of a line is written \\#",
}


def find(subject: Subject) -> Iterator[Finding]:
    """Braces that are no merge field, raw HTML, and Markdown beyond emphasis, links and lists."""
    yield from subject.reported("C02")
    for copy in every_copy(subject):
        yield from _braces(copy)
        yield from _foreign(copy) if copy.kind == "markdown" else _tags(copy)


def _braces(copy: Copy) -> Iterator[Finding]:
    end = -1
    for match in BRACES.finditer(_without_merge_fields(copy.text)):
        single = len(match[0]) == 1
        if not ATTEMPT.fullmatch(match[0]) and not (single and match.start() == end):
            logic = match[0].startswith(("{%", "{{"))
            hint = "copy has no logic: write a component for each case" if logic else "copy has no braces but merge fields"
            shown = match[0] if len(match[0]) <= 60 else match[0][:57] + "..."
            yield Finding(copy.at(*match.span()), f"{shown} is not a merge field", hint)
        end = match.end() if single else -1


def _tags(copy: Copy) -> Iterator[Finding]:
    for match in _TAG.finditer(_without_merge_fields(copy.text)):
        yield Finding(copy.at(*match.span()), "copy has raw HTML", _HINTS["raw HTML"])


def _foreign(copy: Copy) -> Iterator[Finding]:
    bare = _without_merge_fields(copy.text)
    starts = [0, *(match.end() for match in re.finditer("\n", bare))]
    after: dict[str, int] = {}
    for line, what in foreign_markdown(bare):
        start = max(starts[min(line, len(starts) - 1)], after.get(what, 0))
        mark = _MARKS[what].search(bare, start) if what in _MARKS else None
        offset = mark.start() if mark else start + len(bare[start:]) - len(bare[start:].lstrip())
        after[what] = offset + 1
        yield Finding(copy.at(offset, offset + 1), f"copy has {what}", _HINTS.get(what, "copy has emphasis, links and lists"))


def _without_merge_fields(text: str) -> str:
    """The text with letters and its line ends where a merge field stands."""
    return MERGE_FIELD.sub(lambda match: re.sub(r"[^\n]", "q", match[0]), text)


RULE = Rule(
    code="C02",
    severity="error",
    summary="Copy holds braces that are no merge field, raw HTML, or Markdown that it may not have.",
    fix="Copy is words, merge fields, and in Markdown emphasis, links and lists; everything else belongs in a template.",
    find=find,
)
