"""C02: copy holds braces, HTML or Markdown that it may not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assembler.authoring.check.copy import ATTEMPT, TAG, Copy, without_merge_fields
from assembler.authoring.check.marks.literal import literal_slips
from assembler.authoring.check.marks.markdown import markdown_slips
from assembler.authoring.check.marks.slip import Slip
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import COMPONENTS, SURROUNDINGS, Alone
from assembler.authoring.compile.words import BRACES
from assembler.authoring.diagnostics import Finding

_NAMED = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\|", re.ASCII)
_RUN = re.compile(r"[{}]+")
_WORDS_ONLY = "write words; the template decides how they look"


def find(subject: Subject) -> Iterator[Finding]:
    """What compiling found."""
    return subject.reported("C02")


def find_in_strings(subject: Subject) -> Iterator[Finding]:
    """Marks of Markdown in the words of strings.yaml, which are literal."""
    for locale, words in subject.project.strings.items():
        for key, text in words.items():
            for slip in literal_slips(text, text):
                yield Finding(subject.project.strings_place(locale, key), slip.message, slip.hint, slip.severity)


def find_in_copy(alone: Alone) -> Iterator[Finding]:
    """Braces that are no merge field, raw HTML, and marks that are shown, or not, otherwise than they are meant."""
    for copy in alone.copies:
        yield from _braces(copy)
        for slip in _slips(copy):
            yield Finding(copy.at(slip.start, slip.end), slip.message, slip.hint, slip.severity)


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


def _slips(copy: Copy) -> Iterable[Slip]:
    bare = without_merge_fields(copy.text)
    if copy.kind == "url":
        return ()
    if copy.kind == "markdown":
        return markdown_slips(bare, copy.text)
    slips = list(literal_slips(bare, copy.text))
    told = {slip.start for slip in slips}
    tags = (match.span() for match in TAG.finditer(bare) if match.start() not in told)
    return [*slips, *(Slip(start, end, "copy has raw HTML", _WORDS_ONLY) for start, end in tags)]


RULE = Rule(
    code="C02",
    severity="error",
    summary="Copy holds braces that are no merge field, raw HTML, or marks that readers would see, or lose.",
    fix="Copy is words, merge fields, and in Markdown emphasis, links and lists; a sign itself follows a backslash.",
    find=find,
    each=(SURROUNDINGS.by(find_in_strings), COMPONENTS.by(find_in_copy)),
)
