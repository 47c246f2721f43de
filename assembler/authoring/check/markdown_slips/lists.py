"""Numbers and signs that begin a line and so make a list of it, meant or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from assembler.authoring.check.markdown_slips.markdown_reader import Reading
from assembler.authoring.check.markdown_slips.slip import Slip

_OPEN = ("bullet_list_open", "ordered_list_open")


@dataclass(slots=True)
class _List:
    """A list: its token, the one before it at its level, whether that announces it, and items with their offsets."""

    token: Token
    before: Token | None
    announced: bool
    items: list[tuple[Token, int]] = field(default_factory=list)
    closing: Token | None = None

    @property
    def ordered(self) -> bool:
        return self.token.type == "ordered_list_open"

    @property
    def lone(self) -> bool:
        return len(self.items) == 1


def list_slips(reading: Reading) -> Iterator[Slip]:
    """The slips of a Markdown text, at their offsets in it."""
    lists = _lists(reading)
    yield from _numbers([list_ for list_ in lists if list_.ordered])
    for list_ in lists:
        if not list_.ordered and list_.lone and _is_accidental(list_, is_last=list_.closing is reading.tokens[-1]):
            mark = list_.token.markup
            yield _not_meant(mark, f"\\{mark}", list_.items[0][1])


def _is_accidental(list_: _List, *, is_last: bool) -> bool:
    """Return whether a list of one item was hardly meant: it begins with a plus, or goes on from the words before."""
    if list_.announced or list_.token.level:
        return False
    if list_.before is None or list_.before.type != "paragraph_open":
        return list_.token.markup == "+"
    above, here = list_.before.map, list_.token.map
    touches = above is not None and here is not None and above[1] == here[0]
    return list_.token.markup == "+" or touches or is_last


def _not_meant(mark: str, escaped: str, start: int) -> Slip:
    message = f"{mark} at the beginning of a line makes a list of what follows"
    return Slip(
        start, start + len(mark), message, f"write {escaped} where no list is meant", escaped, severity="warning"
    )


def _numbers(lists: list[_List]) -> Iterator[Slip]:
    firsts = {int(list_.items[0][0].info) for list_ in lists}
    lasts = {int(list_.items[-1][0].info) for list_ in lists}
    for list_ in lists:
        first = int(list_.items[0][0].info)
        goes_on = first == 1 or first - 1 in lasts or first + 1 in firsts
        for item, start in list_.items:
            mark, escaped, number = f"{item.info}{item.markup}", f"{item.info}\\{item.markup}", int(item.info)
            if item.info != str(number):
                message = f"{mark} is shown as {number}."
                yield Slip(start, start + len(mark), message, f"write {number}. or {escaped}", escaped)
            elif list_.lone and not goes_on:
                yield _not_meant(mark, escaped, start)


def _lists(reading: Reading) -> list[_List]:
    lists: list[_List] = []
    opened: list[_List] = []
    before: list[tuple[Token | None, bool]] = [(None, False)]
    words = ""
    ends: dict[int, int] = {}
    for token in reading.tokens:
        if token.type == "inline":
            words = token.content
        elif token.nesting > 0:
            if token.type in _OPEN:
                opened.append(_List(token, *before[-1]))
                lists.append(opened[-1])
            elif token.type == "list_item_open":
                opened[-1].items.append((token, _offset(reading, token, ends)))
            before[-1] = token, False
            before.append((None, False))
        elif token.nesting < 0:
            before.pop()
            announces = token.type == "paragraph_close" and words.rstrip("*_ ").endswith((":", "："))
            before[-1] = before[-1][0], announces
            if token.type in ("bullet_list_close", "ordered_list_close"):
                opened.pop().closing = token
        else:
            before[-1] = token, False
    return lists


def _offset(reading: Reading, item: Token, ends: dict[int, int]) -> int:
    """Return where the mark of an item stands; `ends` tells where the one before it in the same line ends."""
    number = item.map[0] if item.map else 0
    begin, line = reading.lines[number]
    mark = item.info + item.markup
    at = max(line.find(mark, ends.get(number, 0)), 0)
    ends[number] = at + len(mark)
    return begin + at
