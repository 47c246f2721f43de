"""C08: a text holds characters that control, and cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assembler.authoring.check.rule import Rule, Subject
from assembler.authoring.check.scope import COMPONENTS, SURROUNDINGS, Alone
from assembler.authoring.diagnostics import Finding, Place
from assembler.runtime.encode import CONTROLS

# Line ends and tabs are harmless. A character reference is the character.
_HIDDEN = re.compile(
    rf"(?![\n\t])[{CONTROLS}]|&#(?:x(?P<hex>[0-9a-f]{{1,6}})|(?P<decimal>[0-9]{{1,7}}));", re.IGNORECASE
)
_CONTROL = re.compile(rf"(?![\n\t\r])[{CONTROLS}]")


def find(subject: Subject) -> Iterator[Finding]:
    """Control and bidi-override characters in strings and templates."""
    for locale, words in subject.project.strings.items():
        for key, text in words.items():
            for _, _, character in _hidden(text, references=False):
                yield _finding(subject.project.strings_place(locale, key), character)
    for path, syntax in subject.compiled.templates.syntax.items():
        for start, _, character in _hidden(syntax.source.text, references=path.endswith(".html.j2")):
            yield _finding(syntax.source.inside(start), character)


def find_in_copy(alone: Alone) -> Iterator[Finding]:
    """The same in copy."""
    for copy in alone.copies:
        for start, end, character in _hidden(copy.text, references=copy.kind == "markdown"):
            yield _finding(copy.at(start, end), character)


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


def _finding(place: Place, character: str) -> Finding:
    name = unicodedata.name(character, "").lower()
    shown = f"U+{ord(character):04X}" + (f", {name}" if name else "")
    return Finding(
        place, f"a character that cannot be seen: {shown}", "remove it; it changes how the words around it are read"
    )


RULE = Rule(
    code="C08",
    severity="error",
    summary="Copy, a string or a template holds a control character or one that overrides the direction of text.",
    fix="Remove the character: it came with text pasted from elsewhere.",
    each=(SURROUNDINGS.by(find), COMPONENTS.by(find_in_copy)),
)
