"""Pieces of a text between marks, such as comments and what Jinja reads, found in one pass however the text is made.

A pattern such as `<!--.*?-->` seeks the end of a comment that has none through all of the text, again for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final


class Delimited:
    """Pieces that begin with one of some marks and end with the first mark that closes it. They do not overlap."""

    def __init__(self, marks: Mapping[str, str]) -> None:
        """`marks` gives each opening mark its closing one."""
        self._marks = marks
        self._opening = re.compile("|".join(map(re.escape, marks)))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where each piece begins and ends, its marks among it. One that never ends is none."""
        endless: set[str] = set()
        at = 0
        while (opening := self._opening.search(text, at)) is not None:
            mark, at = opening[0], opening.start() + 1
            closing = self._marks[mark]
            end = -1 if mark in endless else text.find(closing, opening.end())
            if end < 0:
                endless.add(mark)
            else:
                at = end + len(closing)
                yield opening.start(), at

    def sub(self, put: Callable[[str], str], text: str) -> str:
        """Return the text with something put in place of each piece."""
        pieces: list[str] = []
        at = 0
        for start, end in self.spans(text):
            pieces += (text[at:start], put(text[start:end]))
            at = end
        return "".join([*pieces, text[at:]])


def blanked(piece: str, filler: str = " ") -> str:
    """Return a text of the same length and lines, made of the filler alone."""
    return "\n".join(filler * len(line) for line in piece.split("\n"))


JINJA: Final = Delimited({"{{": "}}", "{%": "%}", "{#": "#}"})
HTML_COMMENTS: Final = Delimited({"<!--": "-->"})
CSS_COMMENTS: Final = Delimited({"/*": "*/"})
