"""Text in the columns of a terminal: how wide it is, what is safe to print, and how it is broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

WIDTH = 80
"""The most columns of a line."""

_TAB = 4
_JOINER = "\u200d"
_EMOJI = "\ufe0f"
_SKIN = range(0x1F3FB, 0x1F400)
_VOWELS = range(0x1160, 0x1200)
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of writing, and so could show a line in another order than it has."""


STEERING = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
"""What `visible` shows as a picture, but for tabs and line feeds."""


def harmless(text: str) -> str:
    """Return a text whose lines and tabs are kept; whatever else would steer the terminal is a picture of itself."""
    return STEERING.sub(lambda match: visible(match[0]), text)


def visible(character: str) -> str:
    """Return a character as it may be printed: what would steer the terminal is shown as a picture of itself."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    unprintable = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    return "\ufffd" if unprintable or character in _TURNING else character


def printable(text: str) -> str:
    """Return a text of which every character is `visible`."""
    return "".join(map(visible, text))


def cells(text: str) -> Iterator[tuple[str, int]]:
    """Yield every character of a text as it is printed, and how many columns it takes; tabs become spaces."""
    if _is_plain(text):
        yield from zip(text, repeat(1))
        return
    column, before, last = 0, "", 0
    for character in text:
        shown = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        last = len(shown) if character == "\t" else _columns(shown, before, last)
        column, before = column + last, character
        yield shown, last


def _is_plain(text: str) -> bool:
    """Whether each character is printed as it is, and takes one column, as is so of most texts."""
    return text.isascii() and text.isprintable()


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if _is_plain(text):
        return len(text)
    return sum(count for _, count in cells(text))


def fitted(text: str, columns: int) -> str:
    """Return the text, filled with spaces to a number of columns; longer text stays as it is."""
    return text + " " * (columns - width(text))


def wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    """Return the text in lines of at most 80 columns: `first` begins the first line, `rest` all others.

    White space counts as one space. A word that is longer than a line is broken.
    """
    lines: list[str] = []
    line, taken, empty = first, width(first), True
    room = WIDTH - max(width(rest), taken if taken < WIDTH // 2 else 0)
    for word in text.split():
        for piece in _pieces(word, room):
            needed = width(piece) + (not empty)
            if not empty and taken + needed > WIDTH:
                lines.append(line)
                line, taken, empty = rest, width(rest), True
                needed = width(piece)
            line, taken, empty = line + ("" if empty else " ") + piece, taken + needed, False
    return "\n".join([*lines, line.rstrip()])


def table(rows: Iterable[Sequence[str]], *, indent: str = "  ") -> str:
    """Return rows in columns as wide as their widest text; the last one is wrapped below itself.

    Where the other columns leave it less than 24 columns, it begins on a line of its own.
    """
    all_rows = [tuple(row) for row in rows]
    if not all_rows:
        return ""
    widths = [max(width(row[column]) for row in all_rows) for column in range(len(all_rows[0]) - 1)]
    return "\n".join(_row(row, widths, indent) for row in all_rows)


def _row(row: Sequence[str], widths: Sequence[int], indent: str) -> str:
    texts = (text if _is_plain(text) else "".join(shown for shown, _ in cells(text)) for text in row[:-1])
    head = indent + "".join(fitted(text, size) + "  " for text, size in zip(texts, widths, strict=True))
    left = width(indent) + sum(widths) + 2 * len(widths)
    if WIDTH - left >= 24:
        return wrapped(row[-1], first=head, rest=" " * left).rstrip()
    below = indent + "    "
    return head.rstrip() + ("\n" + wrapped(row[-1], first=below, rest=below) if row[-1] else "")


def _columns(character: str, before: str, last: int) -> int:
    """Return how many columns a character takes after another, which took `last`."""
    if character == _EMOJI:
        return 1 if last == 1 else 0
    if before == _JOINER or (ord(character) in _SKIN and last == 2) or ord(character) in _VOWELS:
        return 0
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and character != "\u00ad":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _pieces(word: str, columns: int) -> Iterator[str]:
    """Yield a word in pieces that are no wider than a line."""
    if _is_plain(word) and len(word) <= columns:
        yield word
        return
    piece, taken = "", 0
    for shown, count in cells(word):
        if taken + count > columns:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + shown, taken + count
    yield piece
