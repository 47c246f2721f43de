"""Text as YAML in quotes: what a hint says to write where a value without them means something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_PAIR = re.compile(r"(?P<key>\s*(?:- +)*[A-Za-z_][\w.-]*[ \t]*:[ \t]+|\s*(?:- +)+)(?P<value>\S.*)")
_WHOLE = re.compile(r"'(?P<single>.*)'|\"(?P<double>.*)\"|[“„](?P<curly>[^“”„\"]*)[“”]")


class KeyAndValue(NamedTuple):
    """A line of a key and its value, or of a list's item: the column at which the value begins, and the value."""

    key: str
    column: int
    value: str

    @property
    def in_quotes(self) -> str:
        """The line with its value in quotes."""
        return f"{self.key}{self.value_in_quotes}"

    @property
    def value_in_quotes(self) -> str:
        """The value in quotes."""
        whole = _WHOLE.fullmatch(self.value)
        if whole is None:
            return quoted(self.value)
        return quoted(whole["double"] or whole["curly"] or (whole["single"] or "").replace("''", "'"))


def quoted(text: str) -> str:
    """Return a text in the quotes that need the fewest signs before others."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def in_one_line(value: object) -> str:
    """Return a value as YAML in one line; its texts need no quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {in_one_line(below)}" for key, below in value.items()) + "}"
    return f"[{', '.join(map(in_one_line, value))}]" if isinstance(value, list | tuple) else str(value)


def pair_in(line: str) -> KeyAndValue | None:
    """Return the key and value of a line; None where it has none."""
    match = _PAIR.match(line)
    if match is None:
        return None
    return KeyAndValue(match["key"].strip() + " ", match.end("key"), match["value"].rstrip())
