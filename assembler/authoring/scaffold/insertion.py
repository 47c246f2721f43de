"""An entry put into YAML that people write, so that every other byte of it stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import yaml

_LINE_LENGTH: Final = 120
_SHORT: Final = 80
"""So many characters of an entry may stand on one line."""


def with_entry(text: str, key: str, entry: Mapping[str, Any] | str, name: str | None = None) -> str:
    """Return YAML with one more entry at the end of the list, or of the mapping, that stands at a key of its root.

    `name` is the entry's key in a mapping; without it, the key holds a list. Where there is no such key, or nothing in
    it, it is written.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n")
    return _inserted(lines, key, entry, name).replace("\n", newline)


def with_item(text: str, key: str, item: str) -> str:
    """Return a component's file with one more name at the end of the list that stands at a key of its front matter."""
    newline = "\r\n" if "\r\n" in text else "\n"
    head, fence, rest = text.replace("\r\n", "\n").partition("---")
    front, end, body = rest.partition("\n---")
    longer = with_entry(f"{front}\n", key, item).removesuffix("\n")
    return f"{head}{fence}{longer}{end}{body}".replace("\n", newline)


def written(value: object) -> str:
    """Return a value as YAML writes it on one line: text between quotes where it needs them."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {written(below)}" for key, below in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(written, value)) + "]"
        case str():
            return value if _is_plain(value) else _quoted(value)
        case date():
            return value.isoformat()
    return json.dumps(value)


def _quoted(text: str) -> str:
    """Return a text between quotes: those that need no escapes in it, else double ones, and escapes for what cannot be
    seen."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    marks = json.dumps(text, ensure_ascii=False)
    return "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in marks)


def _is_plain(text: str) -> bool:
    """Return whether a text may stand without quotes, also between brackets."""
    import yaml

    try:
        return not set(text) & set(',[]{}"') and yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        return False


def _inserted(text: str, key: str, entry: Mapping[str, Any] | str, name: str | None) -> str:
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    place = next(((at, node) for at, node in pairs if at.value == key), None)
    if place is None:
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}{key}:\n{_block(entry, name, '  ')}"
    at, node = place
    if not node.value or not isinstance(node, yaml.CollectionNode):
        end = max(text.index(":", at.end_mark.index) + 1, _end(node))
        block = _block(entry, name, "  ")
        return f"{text[: at.end_mark.index]}:{_rest_of_line(text, end)}\n{block}{_after_line(text, end)}"
    if node.flow_style:
        return _in_brackets(text, int(node.end_mark.index) - 1, written(entry), name)
    end = _end(node)
    block = _block(entry, name, " " * node.start_mark.column, on_a_line=_on_a_line(node))
    return f"{text[:end]}{_rest_of_line(text, end)}\n{block}{_after_line(text, end)}"


def _in_brackets(text: str, end: int, entry: str, name: str | None) -> str:
    """Return YAML with one more entry before the bracket at an offset."""
    kept = text[:end].rstrip()
    added = f"{f'{name}: ' if name else ''}{entry}"
    fits = len(kept.rpartition("\n")[2]) + len(f", {added}}}") <= _LINE_LENGTH
    comma = "" if kept.endswith(",") else ","
    return "".join((kept, comma, " " if fits else "\n  ", added, text[len(kept) :]))


def _end(node: yaml.Node) -> int:
    """Return the offset at which what a node says ends."""
    import yaml

    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        key, value = last if isinstance(last, tuple) else (last, last)
        return max(_end(value), int(key.end_mark.index) if isinstance(last, tuple) else 0)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(node.start_mark.buffer[: node.end_mark.index].rstrip()) if node.start_mark.buffer else 0
    return int(node.end_mark.index)


def _rest_of_line(text: str, offset: int) -> str:
    return text[offset:].partition("\n")[0]


def _after_line(text: str, offset: int) -> str:
    return text[offset:].partition("\n")[2]


def _on_a_line(node: yaml.CollectionNode) -> bool:
    """Return whether the last entry of a mapping is a mapping between braces."""
    import yaml

    last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else None
    return isinstance(last, yaml.MappingNode) and bool(last.flow_style) and last.start_mark.line == last.end_mark.line


def _block(entry: Mapping[str, Any] | str, name: str | None, indent: str, *, on_a_line: bool = False) -> str:
    """Return an entry on lines of its own; an entry of a mapping may stand on one."""
    if isinstance(entry, str):
        return f"{indent}{f'{name}: ' if name else '- '}{written(entry)}\n"
    fields = [f"{key}: {written(value)}" for key, value in entry.items()]
    if name is None:
        return f"{indent}- " + f"\n{indent}  ".join(fields) + "\n"
    if len(fields) == 1 or (on_a_line and sum(map(len, fields)) <= _SHORT):
        return f"{indent}{name}: {{{', '.join(fields)}}}\n"
    return f"{indent}{name}:\n" + "".join(f"{indent}  {field}\n" for field in fields)
