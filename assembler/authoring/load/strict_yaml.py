"""YAML, read strictly: every value with its place, and nothing that means something else than it seems.

Booleans are `true` and `false`; numbers are decimal; anything else unquoted is text. Keys are names, and so in NFC.
Duplicate keys, anchors, aliases, tags, several documents, numbers beyond `MOST_NUMBER`, more than `MAX_DEPTH` levels or
`MAX_BYTES` are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.yaml_fault import YamlFault, explained, in_quotes, mark_position
from assembler.authoring.project.source import KeyPath, Source
from assembler.library.values import in_nfc

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MOST_NUMBER = 2**53
"""The largest number, either way: the largest up to which a float holds every integer."""

Scalar = str | int | float | bool | None
Value = Scalar | tuple["Value", ...] | dict[str, "Value"]
_Building = Scalar | list["_Building"] | dict[str, "_Building"]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?", re.ASCII)
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?:[|>][-+0-9]*[ \t]*|[ \t]+)#")
_INDENTED = re.compile(r"[ \t]+#")
_CONSTANTS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}


def read_yaml(path: str, text: str, *, first_line: int = 1, whole: str | None = None) -> tuple[Value, Source]:
    """Read a YAML text that starts on `first_line` of the file `whole` (the text itself, where not given).

    Returns the value and the file as a `Source` with the place of every key and value. Raises `YamlFault`.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024} kB"
        raise YamlFault(first_line, 1, message, "split it, or move long copy into components")
    separator = _SEPARATOR.search(text)
    if separator:
        raise _at_character(text, separator.start(), first_line, "a character that YAML takes for the end of a line")
    reader = _Reader(first_line, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise explained(error, text, first_line) from None
    except yaml.reader.ReaderError as error:
        raise _at_character(text, error.position, first_line, "a character that YAML does not allow") from None
    shown = whole if whole is not None else text
    source = Source(path, shown, reader.keys, reader.values, comments=reader.comments, strays=reader.strays)
    return _settled(reader.result), source


def _at_character(text: str, at: int, first_line: int, message: str) -> YamlFault:
    line, column = text.count("\n", 0, at) + first_line, at - text.rfind("\n", 0, at)
    return YamlFault(line, column, message, "remove the control character")


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    value: list[_Building] | dict[str, _Building]
    path: KeyPath
    in_brackets: bool = False
    key: str | None = None
    key_end: tuple[int, int] = (0, 0)
    before: KeyPath | None = None
    """The text without quotes that stands before what is read."""


@dataclass(slots=True)
class _Reader:
    """Takes the events of libyaml one by one, and builds what they say, with its places."""

    first_line: int
    lines: list[str]
    result: _Building = None
    documents: int = 0
    stack: list[_Open] = field(default_factory=list)
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    comments: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    strays: dict[KeyPath, KeyPath] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._problem(event, "a second document in one file", "remove the line '---'")
        elif isinstance(event, yaml.AliasEvent):
            raise self._not_text(event, f"an alias, *{event.anchor}", "*")
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_decoration(event)
            self._node(event)

    def _refuse_decoration(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            raise self._not_text(event, f"an anchor, &{event.anchor}", "&")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._not_text(event, f"a tag, {tag}", "!")

    def _not_text(self, event: yaml.Event, message: str, sign: str) -> YamlFault:
        return self._without_quotes(event, message, f"write the value out; text that starts with {sign} needs quotes")

    def _without_quotes(self, event: yaml.Event, message: str, hint: str) -> YamlFault:
        line, column = mark_position(event.start_mark)
        written = in_quotes(self.lines[line], column)
        return self._problem(event, message, f"{hint}: {written}" if written else hint)

    def _node(self, event: yaml.NodeEvent) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._key(event)
            return
        path = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._note_cut(event, path)
            self._put(self._scalar(event))
            return
        value: list[_Building] | dict[str, _Building] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(value)
        self.stack.append(_Open(value, path, isinstance(event, yaml.CollectionStartEvent) and bool(event.flow_style)))
        if len(self.stack) > MAX_DEPTH:
            raise self._problem(event, f"more than {MAX_DEPTH} levels deep", "use fewer levels")

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        value = _scalar(event)
        if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:
            raise self._problem(event, f"a number beyond {MOST_NUMBER:,}", f"write it as text, '{event.value}'")
        return value

    def _key(self, event: yaml.NodeEvent) -> None:
        parent = self.stack[-1]
        if not isinstance(event, yaml.ScalarEvent):
            hint = "text with { or [ in front needs quotes"
            raise self._without_quotes(event, "a key that is a list or a mapping", hint)
        assert isinstance(parent.value, dict)
        key = in_nfc(event.value)
        if key in parent.value:
            first = self.keys[(*parent.path, key)][0]
            raise self._problem(event, f"the key {key!r} stands twice", f"it is already on line {first}; keep one")
        parent.key, parent.key_end = key, mark_position(event.end_mark)
        self.keys[(*parent.path, key)] = self._mark(event)

    def _place(self, event: yaml.NodeEvent) -> KeyPath:
        path: KeyPath = ()
        for parent in self.stack[-1:]:
            path = (*parent.path, len(parent.value) if parent.key is None else parent.key)
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

    def _note_cut(self, event: yaml.ScalarEvent, path: KeyPath) -> None:
        """Note where a comment, or a comma in brackets, ends a text that stands without quotes."""
        if event.style not in ("'", '"'):
            self._note_comment(mark_position(event.start_mark if event.style else event.end_mark), path)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.in_brackets and isinstance(parent.value, dict):
            self._note_stray(event, path, parent)

    def _note_stray(self, event: yaml.ScalarEvent, path: KeyPath, parent: _Open) -> None:
        """Note a key in braces that has no value because a comma in the text before it makes it one."""
        line, column = mark_position(event.start_mark)
        has_value = bool(event.value or event.style) or ":" in self._line(line)[parent.key_end[1] : column]
        if has_value:
            parent.before = None if event.style else path
        elif parent.before is not None and parent.key_end[0] == line:
            self.strays[path] = parent.before

    def _note_comment(self, end: tuple[int, int], path: KeyPath) -> None:
        """Note a comment that stands after a value on its line, or on the next as if the value went on there."""
        line, column = end
        comment = _COMMENT.match(self._line(line), column)
        if comment is None:
            line += 1
            comment = _INDENTED.match(self._line(line))
            if comment is None or path not in self.keys or comment.end() <= self.keys[path][1]:
                return
        self.comments[path] = line + self.first_line, comment.end()

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def _mark(self, event: yaml.Event) -> tuple[int, int]:
        line, column = mark_position(event.start_mark)
        return line + self.first_line, column + 1

    def _problem(self, event: yaml.Event, message: str, hint: str) -> YamlFault:
        return YamlFault(*self._mark(event), message, hint)


def read_yaml_file(
    path: str, text: str, findings: Findings, *, first_line: int = 1, whole: str | None = None
) -> tuple[Value, Source] | None:
    """Return what `read_yaml` returns for a file; None, and a finding of R01, where it is not YAML that we read."""
    try:
        return read_yaml(path, text, first_line=first_line, whole=whole)
    except YamlFault as fault:
        place = Place(path, fault.line, fault.column)
        findings.add("R01", place, fault.message, fault.hint, mend=fault.replacement(path))
        return None


def _settled(value: _Building) -> Value:
    if isinstance(value, list):
        return tuple(_settled(item) for item in value)
    return {key: _settled(item) for key, item in value.items()} if isinstance(value, dict) else value


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    text = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 100:
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
