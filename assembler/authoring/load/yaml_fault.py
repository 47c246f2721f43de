"""What libyaml says of a text that is no YAML -> what is wrong with it, and how to write what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import yaml

from assembler.authoring.diagnostics import Place, Replacement
from assembler.authoring.load.quoting import KeyAndValue, pair_in, quoted


@dataclass(frozen=True, slots=True)
class YamlFault(Exception):
    """Why a text is not YAML that we read; line and column count from 1 in the whole file."""

    line: int
    column: int
    message: str
    hint: str | None = None
    mend: LineMend | None = None

    def replacement(self, path: str) -> Replacement | None:
        """Return what mends the file of a path, where that can be told."""
        mend = self.mend
        return None if mend is None else Replacement(mend.old, mend.new, Place(path, mend.line, mend.column))


class LineMend(NamedTuple):
    """What is to stand on a line in the place of something else, which begins at a column; both count from 1."""

    line: int
    column: int
    old: str
    new: str


_CANNOT_START = "YAML cannot start a value with this character"

# What libyaml says, what is meant by it, and how to mend it where the value of the line in quotes does not.
_EXPLANATIONS = (
    (
        "cannot start any token|expected alphabetic or numeric|(entries|keys) are not allowed|expected node content",
        _CANNOT_START,
        "put the value in quotes",
    ),
    ("comment or line break", "| and > begin a text on the lines below", "put the value in quotes"),
    (
        "values are not allowed",
        "a colon where a value goes on",
        "align keys of one level; a colon has a blank after it, on the line above too",
    ),
    (
        "could not find expected ':'",
        "a key without a colon",
        "write `key: value`, with a blank; a value that goes on is indented",
    ),
    (
        "did not find expected key",
        "the indentation or quoting breaks off here",
        "align keys of one level; put values with quotes, colons or brackets in quotes",
    ),
    ("did not find expected '-' indicator", "the indentation breaks off here", "align the dashes of one list"),
    ("expected <document start>", "the indentation breaks off here", "align keys of one level"),
    ("found unexpected end of stream", "a quoted text that never ends", "close the quote"),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets that never ends",
        "close the bracket, or put the value in quotes",
    ),
    ("exceeded maximum nesting depth", "far too many levels deep", "use fewer levels"),
    ("unknown escape character", "an unknown escape in double quotes", "use single quotes"),
)
_AT_CONTEXT = (
    "a key without a colon",
    "a list or mapping in brackets that never ends",
    "a quoted text that never ends",
)
_MAY_BE_CUT = re.compile("breaks off|brackets")
"""The messages of faults that a comment within a value causes too."""

_WITHOUT_BLANK = re.compile(r"\s*(?P<key>[A-Za-z_]\w*):(?P<value>[^\s:/].*)")
_IN_BRACKETS = re.compile(r"(?<!\w)(?P<key>[A-Za-z_]\w*+):(?P<value>[^\"'{}\[\]#,:]*+(?<=\s)#[^\"'}\]]*)")
_COMMENT = re.compile(r"[ \t](#)")


def explained(error: yaml.MarkedYAMLError, text: str, first_line: int) -> YamlFault:
    """Return what was meant by a text that is no YAML, and how to write it; it begins on `first_line` of its file."""
    fault = _fault(error, text.split("\n"))
    mend = fault.mend
    moved = None if mend is None else mend._replace(line=mend.line + first_line)
    return replace(fault, line=fault.line + first_line, mend=moved)


def _fault(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> YamlFault:
    """Return the fault of a text that begins on line 0."""
    line, column = mark_position(error.problem_mark)
    here = _line(lines, line)
    if "\t" in here[: column + 1] and not here[: column + 1].strip():
        return YamlFault(line, here.find("\t") + 1, "a tab in the indentation", "indent with spaces")
    explanation = _explanation(f"{error.problem or ''} {error.context or ''}")
    if explanation is None:
        return YamlFault(line, column + 1, f"not valid YAML: {error.problem or error.context}")
    message, hint = explanation
    if message in _AT_CONTEXT and error.context_mark:
        line, column = mark_position(error.context_mark)
    cut = _cut_by_comment(lines, line) if _MAY_BE_CUT.search(message) else None
    if message == _CANNOT_START:
        column = _value_column(here, column)
    if cut is not None:
        return cut
    own, mend = _answer(lines, line, column, message) or (hint, None)
    return YamlFault(line, column + 1, message, own, mend)


def _explanation(said: str) -> tuple[str, str] | None:
    return next(((message, hint) for words, message, hint in _EXPLANATIONS if re.search(words, said)), None)


def _value_column(line: str, column: int) -> int:
    """Return the column at which the value of a line begins, where another column, both from 0, stands within it."""
    pair = pair_in(line)
    return column if pair is None else min(column, pair.column)


def in_quotes(line: str, column: int) -> str | None:
    """Return how to write a line with its value in quotes, where `column`, from 0, stands within the value."""
    pair = _pair_at(line, column)
    return None if pair is None else f"write {pair.in_quotes}"


def _pair_at(line: str, column: int) -> KeyAndValue | None:
    """Return the key and value of a line whose value a column, from 0, stands in."""
    pair = pair_in(line)
    return pair if pair is not None and pair.column <= column <= pair.column + len(pair.value) else None


def _answer(lines: Sequence[str], line: int, column: int, message: str) -> tuple[str, LineMend | None] | None:
    """Return what to write instead, as a hint and as data, where that can be told; line and column count from 0."""
    here, above = _line(lines, line), _line(lines, line - 1) if line else ""
    if message.startswith(("a key", "a colon")):
        for number, text in ((line, here), (line - 1, above)):
            if joined := _WITHOUT_BLANK.fullmatch(text):
                return _with_blank(joined, number)
    if message == "a key without a colon" and re.search(r":\s*[|>][-+]?\s*$", above):
        return "indent the text below | or >", None
    if message.startswith("a list or mapping") and not here[column:].startswith("{{"):
        return None
    return None if message.startswith(("a quoted text", "far too")) else _in_its_quotes(here, line, column)


def _with_blank(joined: re.Match[str], line: int) -> tuple[str, LineMend]:
    hint = f"write {joined['key']}: {joined['value'].strip()}, with a blank after the colon"
    return hint, LineMend(line, joined.end("key") + 1, ":", ": ")


def _in_its_quotes(here: str, line: int, column: int) -> tuple[str, LineMend] | None:
    pair = _pair_at(here, column)
    if pair is None:
        return None
    return f"write {pair.in_quotes}", LineMend(line, pair.column + 1, pair.value, pair.value_in_quotes)


def _cut_by_comment(lines: Sequence[str], line: int) -> YamlFault | None:
    """Return the fault of a comment that ends a value on a line, or on that before it; lines count from 0."""
    for number in (line, line - 1):
        here = _line(lines, number)
        pair = pair_in(here)
        inside = _IN_BRACKETS.search(here) if pair and pair.value.startswith(("{", "[")) else None
        if inside is not None:
            mark = inside["value"].index("#") + inside.start("value")
            hint = f"write {inside['key']}: {quoted(inside['value'].strip())}"
        elif pair is not None and pair.value[0] not in "\"'{[|>#" and (comment := _COMMENT.search(pair.value)):
            mark = pair.column + comment.start(1)
            goes_on = f" {_line(lines, line).strip()}" if number < line else ""
            hint = f"write {pair.key}{quoted(pair.value + goes_on)}"
        else:
            continue
        return YamlFault(number, mark + 1, "the words after ` #` are a comment, and end the value", hint)
    return None


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def mark_position(mark: Any) -> tuple[int, int]:
    """Return line and column, from 0, of a mark of libyaml; those of the beginning where there is none."""
    return (mark.line, mark.column) if mark else (0, 0)
