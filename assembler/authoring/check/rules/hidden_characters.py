"""Copy, a string, a template or the brand holds a control character, or text in a wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assembler.authoring.check.encoding import misread
from assembler.authoring.check.markdown_slips.slip import Slip, short
from assembler.authoring.check.project_texts import settings_texts, string_texts
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.scope import READY_COMPONENTS, SURROUNDINGS, ComponentUnit
from assembler.authoring.diagnostics import Finding
from assembler.library.values import CONTROLS

# Line ends and tabs are harmless. A character reference is the character.
_HIDDEN = re.compile(
    rf"(?![\n\t])[{CONTROLS}]|&#(?:x(?P<hex>[0-9a-f]{{1,6}})|(?P<decimal>[0-9]{{1,7}}));", re.IGNORECASE
)
_CONTROL = re.compile(rf"(?![\n\t\r])[{CONTROLS}\ufffd]")


def _in_copy(unit: ComponentUnit) -> Iterator[Finding]:
    for copy in unit.copies:
        for character in _wrong_characters(copy.text, references=copy.kind == "markdown"):
            yield character.finding(copy.inside(character.start), copy.text)


@SURROUNDINGS.rule(
    "C08",
    "error",
    __doc__,
    "Remove or retype the character: it came with text from elsewhere; save files as UTF-8.",
    READY_COMPONENTS.by(_in_copy),
)
def hidden_characters(checked: CheckedProject) -> Iterator[Finding]:
    project = checked.project
    strings = ((place, text) for _, place, text in string_texts(project))
    for place, text in (*strings, *settings_texts(project.settings)):
        yield from (character.finding(place) for character in _wrong_characters(text))
    for path, syntax in checked.compiled.templates.syntax.items():
        for character in _wrong_characters(syntax.source.text, references=path.endswith(".html.j2")):
            yield character.finding(syntax.source.inside(character.start), syntax.source.text)


def _wrong_characters(text: str, *, references: bool = False) -> Iterator[Slip]:
    wrong = misread(text)
    covered = {at for word in wrong for at in range(word.start, word.end)}
    for word in wrong:
        if word.meant is None:
            message = "U+FFFD stands for a character that was lost in a wrong encoding"
            hint = "type the character again, and save the file as UTF-8"
        else:
            shown, meant = short(text[word.start : word.end]), short(word.meant)
            message = f"{shown!r} is {meant!r}, saved in one encoding and read in another"
            hint = f"write {meant}, and save the file as UTF-8"
        yield Slip(word.start, word.end, message, hint, word.meant)
    for start, end, character in _hidden(text, references=references):
        if start not in covered:
            name = unicodedata.name(character, "").lower()
            message = f"a character that cannot be seen: U+{ord(character):04X}" + (f", {name}" if name else "")
            lost = character == "\ufffd"
            hint = "remove it; it changes how the words around it are read"
            yield Slip(start, end, message, hint, None if lost else "")


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
