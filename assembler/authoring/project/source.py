"""One text file of a project, and the place of every key and value in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final

from assembler.authoring.diagnostics import Edit, Place, Replacement
from assembler.authoring.incremental.fingerprint import fingerprint
from assembler.authoring.project.yaml_offsets import written_at

FARTHEST: Final = 2_000
"""How many characters are searched for something whose line alone is known."""

KeyPath = tuple[str | int, ...]
_Mark = tuple[int, int]
_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""")
_BARE = re.compile(r"[^\s,\[\]{}#\"']+")
_NEXT_KEY = re.compile(r",\s*[A-Za-z_]\w*:\s")


@dataclass(frozen=True, eq=False)
class Source:
    """A text file. `keys` and `values` give line and column, from 1, of what stands at a path of keys and indexes.

    `comments` gives the place of a comment right after a value without quotes. `strays` are keys in braces that have no
    value, with the path of the value without quotes before them. `body_line` is the line on which the text after the
    front matter begins (1 where there is no front matter).
    """

    path: str
    text: str = field(repr=False)
    keys: Mapping[KeyPath, _Mark] = field(default_factory=dict, repr=False)
    values: Mapping[KeyPath, _Mark] = field(default_factory=dict, repr=False)
    body_line: int = 1
    comments: Mapping[KeyPath, _Mark] = field(default_factory=dict, repr=False)
    strays: Mapping[KeyPath, KeyPath] = field(default_factory=dict, repr=False)
    _written: dict[KeyPath, list[int]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """A digest of the path and the text."""
        return fingerprint(self.path, self.text)

    def at(self, line: int = 1, column: int = 1) -> Place:
        """Return the place at a line and column."""
        return Place(self.path, line, column)

    def value(self, *keys: str | int) -> Place:
        """Return where the value under `keys` stands; where it does not exist, its nearest ancestor."""
        return self._nearest(self.values, keys)

    def key(self, *keys: str | int) -> Place:
        """Return where the last of `keys` itself is written; where it does not exist, its nearest ancestor."""
        return self._nearest(self.keys, keys)

    def inside(self, offset: int, line: int = 1, column: int = 1) -> Place:
        """Return the place `offset` characters after a line and column of this file."""
        if line > len(self._starts):
            return self.at(line, column + offset)
        position = self._offset(line, column) + offset
        number = bisect_right(self._starts, position)
        return self.at(number, position - self._starts[number - 1] + 1)

    def find(self, needle: str, after: Place, most: int = FARTHEST) -> Place:
        """Return where `needle`, part of a line, first stands within `most` characters of a place; else that place."""
        if after.line > len(self._starts) or "\n" in needle:
            return after
        start = self._offset(after.line, after.column)
        offset = self.text.find(needle, start, start + most)
        return after if offset < 0 else self.inside(offset)

    def after(self, place: Place) -> str:
        """Return the text from a place in this file on."""
        return self.text[self._offset(place.line, place.column) :]

    def within(self, keys: KeyPath, text: str, offset: int) -> Place | None:
        """Return where the character at an offset of the text under `keys` is written; None where nobody can tell."""
        if keys not in self.values:
            return None
        if keys not in self._written:
            self._written[keys] = written_at(text, self.text, self._offset(*self.values[keys]))
        offsets = self._written[keys]
        return self.inside(offsets[offset]) if offset < len(offsets) else None

    def edit(self, mend: Replacement, place: Place) -> Edit | None:
        """Return what a replacement at a place changes in this file; None where what it replaces does not stand there.

        A replacement that names a place of its own is one there.
        """
        place = mend.place or place
        if place.line > len(self._starts):
            return None
        start = self._offset(place.line, place.column)
        behind_quote = self.text[start : start + 1] in ("'", '"') and not self.text.startswith(mend.old, start)
        start += behind_quote
        if not self.text.startswith(mend.old, start):
            return None
        return Edit(self.inside(start), self.inside(start + len(mend.old)), mend.new)

    def written(self, keys: KeyPath, value: object) -> str | None:
        """Return how a value of one line, no list or mapping, is written; None where it is another."""
        if keys not in self.values:
            return None
        start = self.value(*keys)
        rest = self.line(start.line)[start.column - 1 :]
        match = _QUOTED.match(rest)
        if match is None and isinstance(value, str):
            return value if value and rest.startswith(value) else None
        match = match or _BARE.match(rest)
        return match[0] if match else None

    def line(self, number: int) -> str:
        """Return the text of a line, without its end; empty where there is no such line."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column - 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._lines[:-1])]

    def rest(self, *keys: str | int) -> str:
        """Return what stands on the line of a value from where it begins, less braces around it and what follows."""
        start = self.value(*keys)
        words = _NEXT_KEY.split(self.line(start.line)[start.column - 1 :], maxsplit=1)[0].lstrip(":|> \t").rstrip()
        return words if words.count("{") >= words.count("}") else words.rstrip("}] \t")

    def _nearest(self, marks: Mapping[KeyPath, _Mark], keys: KeyPath) -> Place:
        for table in (marks, self.values) if marks is self.keys else (marks, self.keys):
            if keys in table:
                return self.at(*table[keys])
        return self._nearest(self.keys, keys[:-1]) if keys else self.at()
