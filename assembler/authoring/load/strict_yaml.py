"""YAML, read strictly: every value with its place, and nothing that means something else than it seems.

Booleans are `true` and `false`; numbers are decimal; anything else unquoted is text. Duplicate keys, anchors, aliases,
tags, several documents, more than `MAX_DEPTH` levels and more than `MAX_BYTES` are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from assembler.authoring.project.source import KeyPath, Source

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Problem", "Scalar", "Value", "read_yaml"]

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

Scalar = str | int | float | bool | None
Value = Scalar | tuple["Value", ...] | dict[str, "Value"]
_Building = Scalar | list["_Building"] | dict[str, "_Building"]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", re.ASCII)
_CONSTANTS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Problem(Exception):
    """Why a text is not YAML that we read; line and column count from 1 in the whole file."""

    line: int
    column: int
    message: str
    hint: str | None = None


def read_yaml(path: str, text: str, *, first_line: int = 1, whole: str | None = None) -> tuple[Value, Source]:
    """Read a YAML text that starts on `first_line` of the file `whole` (the text itself, where not given).

    Returns the value and the file as a `Source` with the place of every key and value. Raises `Problem`.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise Problem(
            first_line,
            1,
            f"the file is larger than {MAX_BYTES // 1024} kB",
            "split it, or move long copy into components",
        )
    reader = _Reader(first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text, first_line) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + first_line, error.position - before.rfind("\n")
        raise Problem(line, column, "a character that YAML does not allow", "remove the control character") from None
    return _settled(reader.result), Source(path, whole if whole is not None else text, reader.keys, reader.values)


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    value: list[_Building] | dict[str, _Building]
    path: KeyPath
    key: str | None = None


@dataclass(slots=True)
class _Reader:
    first_line: int
    result: _Building = None
    documents: int = 0
    stack: list[_Open] = field(default_factory=list)
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._problem(event, "a second document in one file", "remove the line '---'")
        elif isinstance(event, yaml.AliasEvent):
            raise self._problem(
                event, f"an alias, *{event.anchor}", "write the value out; text that starts with * needs quotes"
            )
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_decoration(event)
            self._node(event)

    def _refuse_decoration(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            raise self._problem(
                event, f"an anchor, &{event.anchor}", "write the value out; text that starts with & needs quotes"
            )
        if getattr(event, "tag", None) is not None:
            raise self._problem(
                event, f"a tag, {getattr(event, 'tag', '')}", "remove it; text that starts with ! needs quotes"
            )

    def _node(self, event: yaml.NodeEvent) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._key(event)
            return
        path = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event))
            return
        value: list[_Building] | dict[str, _Building] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(value)
        self.stack.append(_Open(value, path))
        if len(self.stack) > MAX_DEPTH:
            raise self._problem(event, f"more than {MAX_DEPTH} levels deep", "use fewer levels")

    def _key(self, event: yaml.NodeEvent) -> None:
        parent = self.stack[-1]
        if not isinstance(event, yaml.ScalarEvent):
            raise self._problem(event, "a key that is a list or a mapping", "text with { or [ in front needs quotes")
        assert isinstance(parent.value, dict)
        key = event.value
        if key in parent.value:
            first = self.keys[(*parent.path, key)][0]
            raise self._problem(event, f"the key {key!r} stands twice", f"it is already on line {first}; keep one")
        parent.key = key
        self.keys[(*parent.path, key)] = self._mark(event)

    def _place(self, event: yaml.NodeEvent) -> KeyPath:
        if not self.stack:
            path: KeyPath = ()
        else:
            parent = self.stack[-1]
            path = (
                *parent.path,
                parent.key if isinstance(parent.value, dict) and parent.key is not None else len(parent.value),
            )
        self.values[path] = self._mark(event)
        return path

    def _put(self, value: _Building) -> None:
        if not self.stack:
            self.result = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        else:
            assert parent.key is not None
            parent.value[parent.key] = value
            parent.key = None

    def _mark(self, event: yaml.Event) -> tuple[int, int]:
        line, column = _mark(event.start_mark)
        return line + self.first_line, column + 1

    def _problem(self, event: yaml.Event, message: str, hint: str) -> Problem:
        return Problem(*self._mark(event), message, hint)


def _settled(value: _Building) -> Value:
    if isinstance(value, list):
        return tuple(_settled(each) for each in value)
    return {key: _settled(each) for key, each in value.items()} if isinstance(value, dict) else value


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    text = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 100:
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


# What libyaml says -> what is meant, and how to mend it.
_EXPLANATIONS = (
    ("cannot start any token", "YAML cannot start a value with this character", "put the value in quotes"),
    (
        "mapping values are not allowed",
        "a colon where a value goes on",
        "put a value that holds a colon in quotes; or a colon is missing on the line above",
    ),
    ("could not find expected ':'", "a key without a colon", "write `key: value`"),
    (
        "did not find expected key",
        "the indentation or quoting breaks off here",
        "align keys of one level; put values with quotes, colons or brackets in quotes",
    ),
    ("did not find expected '-' indicator", "the indentation breaks off here", "align the dashes of one list"),
    ("found unexpected end of stream", "a quoted text that never ends", "close the quote"),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets that never ends",
        "close the bracket, or put the value in quotes",
    ),
    ("unknown escape character", "an unknown escape in double quotes", "use single quotes"),
)


def _explained(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Problem:
    line, column = _mark(error.problem_mark)
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: column + 1] and not here[: column + 1].strip():
        return Problem(line + first_line, here.find("\t") + 1, "a tab in the indentation", "indent with spaces")
    said = f"{error.problem or ''} {error.context or ''}"
    for words, message, hint in _EXPLANATIONS:
        if words in said:
            if message.endswith("never ends"):
                line, column = _mark(error.context_mark)
            return Problem(line + first_line, column + 1, message, hint)
    return Problem(line + first_line, column + 1, f"not valid YAML: {error.problem or error.context}")


def _mark(mark: Any) -> tuple[int, int]:
    """Line and column, from 0, of a mark of libyaml, if there is one."""
    return (mark.line, mark.column) if mark else (0, 0)
