"""Characters written by a name, or after a backslash, that readers would see as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from rapidfuzz.distance import OSA

from assembler.authoring.check.markdown_slips.markdown_reader import Paragraph
from assembler.authoring.check.markdown_slips.slip import Slip

CODE = r"u(?P<code>[0-9A-Fa-f]{4}(?:\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})?)"
"""The number of a character after a backslash, or of its two halves."""

_REFERENCE = re.compile(
    r"&(?:#[xX][0-9A-Fa-f]{2,6}|#[0-9]{2,7}|(?P<name>[A-Za-z][A-Za-z0-9]{1,30}))(?:(?P<end>;)|(?![A-Za-z0-9=;]))"
)
_AGAIN = re.compile(r"&amp;(#[xX]?[0-9A-Fa-f]{2,7};|[A-Za-z][A-Za-z0-9]{1,30};)")
_ACCENTED = re.compile(r"[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash)|szlig|[ao]elig", re.IGNORECASE)
# Those that writers use; other names, such as of letters in mathematics, count only with their semicolon.
_USUAL = sorted(
    {
        *(name for name in html5 if not name.endswith(";")),
        *"ndash mdash hellip lsquo rsquo sbquo ldquo rdquo bdquo lsaquo rsaquo euro trade bull".split(),
        *"thinsp ensp emsp zwnj zwj lrm rlm apos rarr larr hearts dagger".split(),
    }
)
_ESCAPE = re.compile(
    rf"\\(?:{CODE}|x(?P<byte>[0-9A-Fa-f]{{2}})|(?P<line>r\\n|[nr])|(?P<tab>t)|(?P<end>\Z)|.)", re.DOTALL
)
_STRUCK = re.compile(r"~~(?=[^\s~])([^~\n]{1,300})~~(?!~)")


def character_slips(paragraph: Paragraph, written: str) -> Iterator[Slip]:
    """The slips in the words of a block of Markdown, at their offsets there."""
    text = paragraph.text
    end = 0
    for at in paragraph.untaken:
        if at >= end and text[at] in "&~":
            slip = reference_slip(text, at, literal=False) if text[at] == "&" else struck_slip(text, written, at)
            if slip is not None:
                end = slip.end
                yield slip
    yield from filter(None, map(_escape, _ESCAPE.finditer(text)))
    for match in _AGAIN.finditer(text):
        if unescape(f"&{match[1]}") != f"&{match[1]}":
            message = f"{match[0]} is shown as &{match[1]}"
            yield Slip(match.start(), match.end(), message, f"write &{match[1]}", f"&{match[1]}")


def reference_slip(text: str, at: int, *, literal: bool) -> Slip | None:
    """A character that is written by its name or number; where the text is not `literal`, one that lacks something."""
    match = _AGAIN.match(text, at) if literal else None
    if match is None or unescape(unescape(match[0])) == unescape(match[0]):
        match = _REFERENCE.match(text, at)
    whole = _whole(match, text) if match is not None else None
    if match is None or whole is None:
        return None
    message = f"{match[0]} is shown as it is"
    if not literal:
        return Slip(at, match.end(), message, f"write {whole}", whole)
    character = unescape(unescape(whole))
    shown = f"write {character}" if character.isprintable() and not character.isspace() else "type the character itself"
    return Slip(at, match.end(), message, f"{shown}: a text is literal", character)


def _whole(match: re.Match[str], text: str) -> str | None:
    """What was meant, with all that belongs to it; None where nothing was."""
    name = match.groupdict().get("name")
    if name is None:
        return match[0].rstrip(";") + ";"
    after_a_letter = text[match.start() - 1 : match.start()].isalpha()
    if match["end"]:
        near = name if f"{name};" in html5 else name.lower() if name.lower() in _USUAL else _near(name)
        return f"&{near};" if near else None
    if name not in _USUAL or (after_a_letter and not _ACCENTED.fullmatch(name)):
        return None
    return f"&{name};"


def _near(name: str) -> str | None:
    """A usual name from which this one differs by a letter, or by two that changed places."""
    return next((usual for usual in _USUAL if len(name) > 3 and OSA.distance(name, usual) == 1), None)


def _escape(match: re.Match[str]) -> Slip | None:
    start, end = match.span()
    message = f"{match[0]} is shown as it is"
    match match.lastgroup:
        case "end":
            return Slip(start, end, "a backslash at the end of a text is shown", "take it away", "")
        case "line":
            return Slip(start, end, message, "end the line there, after a backslash", "\\\n")
        case "tab":
            return Slip(start, end, message, "write a blank", " ")
        case "code" | "byte":
            character = coded_character(match["code"] or f"00{match['byte']}")
            return Slip(start, end, message, f"write {character}", character) if character else None
    return None


def coded_character(code: str) -> str:
    """The character of a number in hexadecimal, which may be one of two halves; nothing where it cannot be seen."""
    character = bytes.fromhex(code.replace("\\u", "")).decode("utf-16-be", "ignore")
    return character if character.isprintable() else ""


def struck_slip(text: str, written: str, at: int) -> Slip | None:
    """Words between ~~ and ~~."""
    match = _STRUCK.match(text, at)
    if match is None:
        return None
    words = written[match.start(1) : match.end(1)]
    message = f"copy strikes nothing through: ~~{words}~~ is shown with its tildes"
    return Slip(at, match.end(), message, f"write {words}; the template decides how a former price looks", words)
