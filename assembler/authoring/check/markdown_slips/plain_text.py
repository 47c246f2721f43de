"""Marks of Markdown in texts that have none: a reader would see them as they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.markdown_slips.escapes import CODE, coded_character, reference_slip, struck_slip
from assembler.authoring.check.markdown_slips.slip import Slip, short

_LITERAL = "a text is shown as it is written"
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]\n]{1,300})\] ?"
    r"\((?:[A-Za-z][A-Za-z0-9+.-]{1,15}:|www\.|[/#])[^()\s]{0,2000}(?: [\"'“][^()\n]{0,300})?\)"
)
_AUTOLINK = re.compile(r"<(?P<words>(?:https?://|mailto:|tel:|www\.)[^<>\s]{1,2000})>")
_STARS = re.compile(r"(?<![\w*\\])(?P<mark>\*{2,3})(?=[^\s*])(?P<words>[^*\n]{1,300})(?<=[^\s*\\])(?P=mark)(?![\w*])")
_LINES = re.compile(r"(?<![\w\\])(?P<mark>__)(?=[^\s_])(?P<words>[^_\n]{1,300})(?<=[^\s_\\])(?P=mark)(?!\w)")
_CODE = re.compile(r"(?<![\w`])`(?=[^\s`])(?P<words>[^`\n]{1,300})(?<=[^\s`])`(?![\w`])")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<words>[^\s\d][^\n]*)")
_ESCAPE = re.compile(rf"\\(?:{CODE}|(?P<line>[nrt])|(?P<words>[!-/:-@\[-`{{-~])(?!\())")
_PLACEHOLDER = re.compile(r"[A-Z0-9]+")


def plain_text_slips(text: str, written: str) -> Iterator[Slip]:
    """The slips of a text without markup; `written` is the text with its merge fields."""
    end = 0
    for slip in sorted(_slips(text, written)):
        if slip.start >= end:
            end = slip.end
            yield slip


def _slips(text: str, written: str) -> Iterator[Slip]:
    for pattern in (_LINK, _AUTOLINK, _STARS, _LINES, _CODE, _HEADING):
        for match in pattern.finditer(text):
            words = written[match.start("words") : match.end("words")]
            if pattern is not _LINES or not _PLACEHOLDER.fullmatch(words):
                yield _marked(match, words, written)
    references = (reference_slip(text, match.start(), literal=True) for match in re.finditer("&", text))
    struck = (struck_slip(text, written, match.start()) for match in re.finditer("~~", text))
    yield from filter(None, (*references, *struck))
    yield from map(_escape, _ESCAPE.finditer(text))


def _escape(match: re.Match[str]) -> Slip:
    meant = match["words"] or (coded_character(match["code"]) if match["code"] else " ")
    if meant == " ":
        hint = f"write a blank: {_LITERAL}, in one line"
    else:
        hint = f"write {meant}: {_LITERAL}" if meant else f"take it away: {_LITERAL}"
    return Slip(match.start(), match.end(), f"{match[0]} is shown with its backslash", hint, meant)


def _marked(match: re.Match[str], words: str, written: str) -> Slip:
    shown = short(written[match.start() : match.end()])
    if match.re in (_LINK, _AUTOLINK):
        hint = f"write {words}: {_LITERAL}; for a link the type needs a field of kind url, or `markdown`"
    else:
        hint = f"write {words}: {_LITERAL}; for emphasis the type must say `markdown`"
    return Slip(match.start(), match.end(), f"{shown} is shown with its signs", hint, words)
