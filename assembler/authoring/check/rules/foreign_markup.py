"""Copy holds braces that are no merge field, raw HTML, or marks that readers would see, or lose."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from assembler.authoring.check.copy import ATTEMPT, pieces_in_braces, tags_in, without_merge_fields
from assembler.authoring.check.markdown_slips.markdown import markdown_slips
from assembler.authoring.check.markdown_slips.plain_text import plain_text_slips
from assembler.authoring.check.markdown_slips.slip import Slip, short
from assembler.authoring.check.merge_fields import merge_field_meant
from assembler.authoring.check.placeholders import placeholders
from assembler.authoring.check.project_texts import string_texts
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.compile.tokens import MERGE_FIELD
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import BODY, FieldValue

_SINGLE = re.compile(r"(?<!\{)\{\s*[^\W\d][\w .-]{0,40}\}(?!\})")
_LOGIC = re.compile(r"\{%|\{\{\s*[#/^>!]|\{\{[^{}]*\b(?:if|else|for|end|unless)\b")
# What belongs to logic that was begun before.
_GOES_ON = re.compile(r"\{%-?\s*(?:end|els|elif)|\{\{~?\s*(?:/|else\b|end\b)")
_ITEM = re.compile(r"[ \t]+(?=(?:[-*+]|[0-9]{1,9}[.)])[ \t])")
_CALLS = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_WORDS_ONLY = "write words; the template decides how they look"


def _in_strings(checked: CheckedProject) -> Iterator[Finding]:
    """Find marks of Markdown, merge fields and logic in the words of strings.yaml, which are literal."""
    fields = checked.project.settings.fields
    for locale, place, text in string_texts(checked.project):
        for match in _CALLS.finditer(text):
            meant = merge_field_meant(match[0], fields, locale).in_template
            message = f"{short(match[0])} is shown as it is: a string is the same for everybody"
            yield Finding(place, message, f"write {meant} in the template, beside the string")
        yield from (slip.finding(place) for slip in plain_text_slips(text, text))


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    """Find braces that are no merge field, raw HTML, and marks that are shown, or not, otherwise than they are
    meant; what another system writes for a value is a leftover (C03)."""
    for copy in unit.copies:
        leftovers = placeholders(without_merge_fields(copy.text), markdown=copy.kind == "markdown")
        told = {at for leftover in leftovers for at in range(leftover.start, leftover.end)}
        yield from _braces(copy, unit, told)
        yield from _joined(copy, unit.component.words[unit.locale_of(copy)].body_place)
        for slip in _slips(copy):
            # The end of an element is told with its beginning.
            if slip.start not in told and not copy.text.startswith("</", slip.start):
                yield slip.finding(copy.inside(slip.start), copy.text)


@PROJECT.rule(
    "C02",
    "error",
    __doc__,
    "Copy is words, merge fields, and in Markdown emphasis, links and lists; a sign itself follows a backslash.",
    SURROUNDINGS.by(_in_strings),
    READY_COMPONENTS.by(_in_copy),
)
def foreign_markup(checked: CheckedProject) -> Iterator[Finding]:
    return checked.reported("C02")


def _braces(copy: FieldValue, unit: ComponentUnit, told: Container[int]) -> Iterator[Finding]:
    begun = False
    for start, shown in _pieces(without_merge_fields(copy.text)):
        if start not in told and not (begun and _GOES_ON.match(shown)):
            begun = begun or bool(_LOGIC.match(shown))
            yield Finding(copy.inside(start), f"{short(shown)} is not a merge field", _brace_hint(shown, copy, unit))


def _pieces(bare: str) -> Iterator[tuple[int, str]]:
    """The offset and text of all in braces that is not nearly a merge field: of these C01 tells."""
    singles = {match.start(): match[0] for match in _SINGLE.finditer(bare)}
    done = 0
    for start, end in pieces_in_braces(bare):
        if start < done or ATTEMPT.fullmatch(bare[start:end]):
            continue
        shown = singles.get(start, bare[start:end])
        if shown.startswith("{{{") and bare.startswith("}", end):
            shown += "}"
        done = start + len(shown)
        yield start, shown


def _brace_hint(text: str, copy: FieldValue, unit: ComponentUnit) -> str:
    if not text.strip("{}"):
        return "remove it: copy has no braces but those of merge fields"
    if text.startswith("{#"):
        return "take it away: copy has no comments"
    meant = merge_field_meant(text, unit.around.settings.fields, unit.locale_of(copy)).in_copy
    if _LOGIC.match(text):
        return f"copy has no logic: write a component for each case, tagged for it; a merge field is written {meant}"
    return f"write {meant}: copy has merge fields, and no logic"


def _slips(copy: FieldValue) -> Iterator[Slip]:
    bare = without_merge_fields(copy.text)
    if copy.kind == "markdown":
        yield from markdown_slips(bare, copy.text)
    elif copy.kind != "url":
        slips = list(plain_text_slips(bare, copy.text))
        told = {slip.start for slip in slips}
        yield from slips
        tags = (span for span in tags_in(bare) if span[0] not in told)
        yield from (Slip(start, end, "copy has raw HTML", _WORDS_ONLY) for start, end in tags)
    for field in MERGE_FIELD.finditer(copy.text):
        start = field.start("fallback")
        for slip in plain_text_slips(field["fallback"], field["fallback"]):
            yield replace(slip, start=start + slip.start, end=start + slip.end)


def _joined(copy: FieldValue, body: Place) -> Iterator[Finding]:
    """Lines of a list in front matter that YAML joins into one, because they are not written as a block of lines."""
    source, begin = copy.source, copy.place
    if copy.kind != "markdown" or copy.path == BODY:
        return
    kept = {line.strip() for line in copy.text.split("\n")}
    lines = source.text.split("\n")[begin.line : _last_line(copy, body)]
    for number, line in enumerate(lines, begin.line + 1):
        mark = _ITEM.match(line)
        if mark and line.strip() not in kept:
            message = f"the lines of {copy.name} are joined into one, and make no list"
            hint = f"write `{copy.path[-1]}: |` and the lines below it"
            yield Finding(source.at(number, mark.end() + 1), message, hint)
            return


def _last_line(copy: FieldValue, body: Place) -> int:
    """The last line of its file on which a text may stand; something else begins after it, or the body."""
    source, start = copy.source, (copy.place.line, copy.place.column)
    marks = (*source.keys.values(), (body.line, body.column))
    line, column = min((mark for mark in marks if mark > start), default=(10**9, 0))
    begins_line = not source.line(line)[: column - 1].strip(" -")
    return min(line - begins_line, source.text.count("\n") + 1)
