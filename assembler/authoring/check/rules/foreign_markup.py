"""C02: copy holds braces, HTML or Markdown that it may not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.copy import ATTEMPT, TAG, Copy, without_merge_fields
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import COMPONENTS, Alone
from assembler.authoring.compile.words import BRACES, foreign_markdown
from assembler.authoring.diagnostics import Finding

_NAMED = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\|", re.ASCII)
_RUN = re.compile(r"[{}]+")
# What marks a piece of Markdown within its paragraph; anything else is marked by its line.
_MARKS = {"raw HTML": re.compile(r"<[/!?A-Za-z]"), "an image": re.compile(r"!\["), "code": re.compile("`")}
_HINTS = {
    "raw HTML": "write words; the template decides how they look",
    "an image": "give the component a field of kind asset",
    "a heading": "give the component a field for it; # at the start of a line is written \\#",
}


def find(subject: Subject) -> Iterator[Finding]:
    """What compiling found."""
    return subject.reported("C02")


def find_in_copy(alone: Alone) -> Iterator[Finding]:
    """Braces that are no merge field, raw HTML, and Markdown beyond emphasis, links and lists."""
    for copy in alone.copies:
        yield from _braces(copy)
        yield from _foreign(copy) if copy.kind == "markdown" else _tags(copy)


def _braces(copy: Copy) -> Iterator[Finding]:
    bare = without_merge_fields(copy.text)
    end = 0
    for match in BRACES.finditer(bare):
        if match.start() < end or ATTEMPT.fullmatch(match[0]):
            continue
        shown = match[0] if len(match[0]) > 1 else _RUN.findall(bare, match.start())[0]
        end = match.start() + len(shown)
        yield Finding(copy.at(match.start(), end), f"{_short(shown)} is not a merge field", _brace_hint(match[0]))


def _brace_hint(text: str) -> str:
    if len(text) == 1:
        return "copy has no braces"
    name = _NAMED.match(text)
    if name is None:
        return "copy has no logic: write a component for each case"
    return f'a merge field is written {{{{ {name[1]} | default: "words" }}}}; copy has no logic'


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _tags(copy: Copy) -> Iterator[Finding]:
    for match in TAG.finditer(without_merge_fields(copy.text)):
        yield Finding(copy.at(*match.span()), "copy has raw HTML", _HINTS["raw HTML"])


def _foreign(copy: Copy) -> Iterator[Finding]:
    bare = without_merge_fields(copy.text)
    starts = [0, *(match.end() for match in re.finditer("\n", bare))]
    after: dict[str, int] = {}
    for line, what in foreign_markdown(bare):
        start = max(starts[min(line, len(starts) - 1)], after.get(what, 0))
        mark = _MARKS[what].search(bare, start) if what in _MARKS else None
        offset = mark.start() if mark else start + len(bare[start:]) - len(bare[start:].lstrip())
        after[what] = offset + 1
        yield Finding(
            copy.at(offset, offset + 1), f"copy has {what}", _HINTS.get(what, "copy has emphasis, links and lists")
        )


RULE = Rule(
    code="C02",
    severity="error",
    summary="Copy holds braces that are no merge field, raw HTML, or Markdown that it may not have.",
    fix="Copy is words, merge fields, and in Markdown emphasis, links and lists; all else belongs in a template.",
    find=find,
    each=(COMPONENTS.by(find_in_copy),),
)
