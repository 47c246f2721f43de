"""C08: a text holds characters that control, and cannot be seen, or that were read in a wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.authoring.check.encoding import misread
from assembler.authoring.check.markdown_slips.slip import short
from assembler.authoring.check.project_texts import settings_texts
from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.diagnostics import Finding, Place
from assembler.library.values import CONTROLS

# Line ends and tabs are harmless. A character reference is the character.
_HIDDEN = re.compile(
    rf"(?![\n\t])[{CONTROLS}]|&#(?:x(?P<hex>[0-9a-f]{{1,6}})|(?P<decimal>[0-9]{{1,7}}));", re.IGNORECASE
)
_CONTROL = re.compile(rf"(?![\n\t\r])[{CONTROLS}\ufffd]")


def find(subject: Subject) -> Iterator[Finding]:
    """Control and bidi-override characters, and wrong encodings, in strings, templates, the brand and addresses."""
    project = subject.project
    for locale, words in project.strings.items():
        for key, text in words.items():
            yield from (_finding(project.strings_place(locale, key), each) for each in _faults(text))
    for path, syntax in subject.compiled.templates.syntax.items():
        for each in _faults(syntax.source.text, references=path.endswith(".html.j2")):
            yield _finding(syntax.source.inside(each.start), each)
    for place, text in settings_texts(project.settings):
        yield from (_finding(place, each) for each in _faults(text))


def find_in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    """The same in copy."""
    for copy in unit.copies:
        for each in _faults(copy.text, references=copy.kind == "markdown"):
            yield _finding(copy.at(each.start, each.end), each)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What stands from `start` to `end` of a text that should not be there, and what to do about it."""

    start: int
    end: int
    message: str
    hint: str


def _faults(text: str, *, references: bool = False) -> Iterator[_Fault]:
    wrong = misread(text)
    covered = {at for each in wrong for at in range(each.start, each.end)}
    for each in wrong:
        shown = short(text[each.start : each.end])
        if each.meant is None:
            message = "U+FFFD stands for a character that was lost in a wrong encoding"
            yield _Fault(each.start, each.end, message, "type the character again, and save the file as UTF-8")
        else:
            message = f"{shown!r} is {short(each.meant)!r}, saved in one encoding and read in another"
            yield _Fault(each.start, each.end, message, f"write {short(each.meant)}, and save the file as UTF-8")
    for start, end, character in _hidden(text, references=references):
        if start not in covered:
            name = unicodedata.name(character, "").lower()
            message = f"a character that cannot be seen: U+{ord(character):04X}" + (f", {name}" if name else "")
            yield _Fault(start, end, message, "remove it; it changes how the words around it are read")


def _finding(place: Place, fault: _Fault) -> Finding:
    return Finding(place, fault.message, fault.hint)


def _hidden(text: str, *, references: bool) -> Iterator[tuple[int, int, str]]:
    """Start, end and character of everything hidden in a text; `references` says whether &#8238; means a character."""
    for match in _HIDDEN.finditer(text):
        if len(match[0]) == 1:
            yield match.start(), match.end(), match[0]
        elif references:
            number = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
            character = chr(min(number, 0x10FFFF))
            if _CONTROL.match(character):
                yield match.start(), match.end(), character


RULE = Rule(
    code="C08",
    severity="error",
    summary="Copy, a string, a template or the brand holds a control character, or text in a wrong encoding.",
    fix="Remove or retype the character: it came with text from elsewhere; save files as UTF-8.",
    each=(SURROUNDINGS.by(find), COMPONENTS.by(find_in_copy)),
)
