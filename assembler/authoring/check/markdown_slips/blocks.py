"""Marks that copy may not have, and blocks that Markdown knows elsewhere: headings, code, tables, boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

from assembler.authoring.check.markdown_slips.markdown_reader import Paragraph, Reading
from assembler.authoring.check.markdown_slips.slip import Slip, short

_DEEPEST = 10  # the level of a sixth list within five others
_TASK = re.compile(r"\[[ xX]\]\s")
_DASHES = re.compile(r"(?=[^-]*-)[ \t|:-]+")
_CELL = re.compile(r"(?<!\\)\|")
_SIGN = "where the sign is meant, write"
_WITHIN = {
    "html_inline": ("raw HTML", "write words; the template decides how they look"),
    "image": ("an image", "give the component a field of kind asset"),
    "backticks": ("code", f"write the words in quotes; {_SIGN} \\`"),
}


def block_slips(reading: Reading, written: str) -> Iterator[Slip]:
    """Blocks that copy may not have, at their offsets in the text; `written` is the text with its merge fields."""
    for token in reading.tokens:
        if token.nesting < 0 or not token.map:
            continue
        if token.type.endswith("list_open") and token.level >= _DEEPEST:
            start, line = reading.lines[token.map[0]]
            yield Slip(start, start + len(line), "copy has lists within lists, more than five deep", "use fewer levels")
            return
        first, last = token.map
        start, line = reading.lines[first]
        start += len(line) - len(line.lstrip(" \t"))
        end = reading.lines[max(last - 1, first)][0] + len(reading.lines[max(last - 1, first)][1])
        if token.type == "heading_open" and token.markup in ("-", "="):
            start = reading.lines[last - 1][0]
        slip = _code(reading, token, end, written) if token.type == "code_block" else _block(token, start, end, written)
        if slip is not None:
            yield slip


def _block(token: Token, start: int, end: int, written: str) -> Slip | None:
    sign = written[start : start + 1]
    match token.type:
        case "heading_open" if token.markup in ("-", "="):
            line = written[start:end].strip()
            message = f"copy has a heading: {short(line)} makes one of the line above"
            return Slip(
                start, end, message, "take the line away, or leave a blank one above and write \\ before it", ""
            )
        case "heading_open":
            hint = "give the component a field for it; # at the start of a line is written \\#"
            return Slip(start, start + 1, "copy has a heading", hint, "\\#")
        case "hr":
            hint = f"take it away, the template draws lines; {_SIGN} \\{sign}"
            return Slip(start, start + 1, "copy has a rule across", hint, f"\\{sign}")
        case "blockquote_open":
            hint = f"write the words without >; {_SIGN} \\>"
            return Slip(start, start + 1, "copy has a quotation", hint, "\\>")
        case "fence":
            return Slip(start, end, "copy has a code block", f"write the words without {token.markup}")
        case "html_block":
            return Slip(start, end, "copy has raw HTML", _WITHIN["html_inline"][1])
    return None


def _code(reading: Reading, token: Token, end: int, written: str) -> Slip:
    """Lines that begin with four blanks, or as many after the mark of a list."""
    begin, line = reading.lines[token.map[0] if token.map else 0]
    at = max(line.rfind(token.content.split("\n")[0].strip()), 0)
    start = begin + len(line[:at].rstrip(" \t"))
    mended = "\n".join(line.strip() for line in written[start:end].split("\n"))
    return Slip(start, end, "copy has a code block", "begin the line without blanks", " " * (start > begin) + mended)


def words_slips(paragraph: Paragraph, written: str) -> Iterator[Slip]:
    """The same within the words of a block, at their offsets there."""
    task = _TASK.match(paragraph.text) if paragraph.begins_item else None
    if task:
        message = f"copy has no boxes to tick: {task[0].strip()} is shown as it is"
        yield Slip(0, task.end(), message, "write the item without it", "")
    for name, start, end in paragraph.foreign:
        construct, hint = _WITHIN[name]
        mended = _without_code(written, start, end) if name == "backticks" else None
        yield Slip(start, end, f"copy has {construct}", hint, mended)
    yield from _tables(paragraph, written)


def _without_code(written: str, start: int, end: int) -> str | None:
    inner = written[start + 1 : end - 1]
    return None if "`" in inner else f"\\`{inner}\\`"


def _tables(paragraph: Paragraph, written: str) -> Iterator[Slip]:
    """Rows with | between their cells, and dashes below the first of them."""
    at = 0
    for above, line in pairwise(paragraph.text.split("\n")):
        if "|" in line and "|" in above and _DASHES.fullmatch(line):
            rows = [row for row in written[at:].split("\n") if "|" in row]
            end = at + sum(len(row) + 1 for row in rows) - 1
            mended = "\n".join(_items(rows))
            message = f"copy has no tables: {short(rows[0].strip())} and its rows are shown as they are"
            yield Slip(at, end, message, f"write a list, such as {short(mended.split(chr(10))[0])}", mended)
            return
        at += len(above) + 1


def _items(rows: list[str]) -> Iterator[str]:
    """The items of a list that says what a table says."""
    names, *below = (_cells(row) for row in (rows[0], *rows[2:]))
    if not below:
        yield "- " + ", ".join(names)
    for cells in below:
        named = [*names, *[""] * (len(cells) - len(names))]
        yield "- " + ", ".join(f"{name}: {cell}" if name else cell for name, cell in zip(named, cells, strict=False))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _CELL.split(row.strip().strip("|"))]
