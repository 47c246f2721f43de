"""Counts the steps that a backtracking engine takes to search a text: what `re` does, less its short cuts.

`re` tells nobody how far it went. This walks the tree that `re` itself parses a pattern into, in the order in which it
tries things, and counts each character that is looked at. What takes linear steps here takes linear time there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from re import _constants as codes, _parser  # type: ignore[attr-defined]
from typing import Any, Final

_Next = Callable[[int], bool]

MOST_STEPS: Final = 100_000
_MANY: Final = 4
"""A repetition that has a limit is taken to have a low one: it cannot grow with the text."""

_ONE = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


class TooMany(Exception):
    """More than `MOST_STEPS`."""


def steps(pattern: str, flags: int, text: str, *, anchored: bool = False) -> int:
    """The steps of finding every match in a text, one after the other; or of trying it at the beginning alone.

    Raises `TooMany`.
    """
    engine = _Engine(text)
    tree = _parser.parse(pattern, flags)
    at = 0
    while at <= (0 if anchored else len(text)):
        end = engine.once(list(tree), at, tree.state.flags)
        at += 1 if end is None else max(end - at, 1)
    return engine.steps


class _Engine:
    """Matches items of a parsed pattern at places of a text. `then` stands for the rest of the pattern."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._groups: dict[int, tuple[int, int]] = {}
        self.steps = 0

    def once(self, items: list[Any], at: int, flags: int) -> int | None:
        """Where the first way ends in which items match."""
        ends: list[int] = []

        def done(end: int) -> bool:
            ends.append(end)
            return True

        return ends[0] if self._sequence(items, 0, at, flags, done) else None

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooMany

    def _sequence(self, items: list[Any], index: int, at: int, flags: int, then: _Next) -> bool:
        if index == len(items):
            return then(at)
        return self._item(items[index], at, flags, lambda end: self._sequence(items, index + 1, end, flags, then))

    def _item(self, item: Any, at: int, flags: int, then: _Next) -> bool:
        code, value = item
        if code in _ONE:
            return self._fits(item, at, flags) and then(at + 1)
        if code in _REPEATS:
            return self._repeat(code, value, at, flags, then)
        match code:
            case codes.BRANCH:
                return any(self._sequence(list(branch), 0, at, flags, then) for branch in value[1])
            case codes.SUBPATTERN:
                return self._group(value, at, flags, then)
            case codes.ATOMIC_GROUP:
                end = self.once(list(value), at, flags)
                return end is not None and then(end)
            case codes.ASSERT | codes.ASSERT_NOT:
                return self._looks(value, at, flags) == (code is codes.ASSERT) and then(at)
            case codes.GROUPREF:
                return self._again(self._groups.get(value, (0, 0)), at, then)
            case codes.AT:
                return self._stands(value, at, flags) and then(at)
        raise NotImplementedError(str(code))

    def _group(self, value: Any, at: int, flags: int, then: _Next) -> bool:
        number, more, fewer, items = value

        def close(end: int) -> bool:
            self._groups[number] = at, end
            return then(end)

        return self._sequence(list(items), 0, at, (flags | more) & ~fewer, then if number is None else close)

    def _again(self, span: tuple[int, int], at: int, then: _Next) -> bool:
        """What a group has matched, once more."""
        said = self._text[slice(*span)]
        self.steps += len(said)
        return self._text.startswith(said, at) and then(at + len(said))

    def _repeat(self, code: Any, value: Any, at: int, flags: int, then: _Next) -> bool:
        least, most, inner = value
        items = list(inner)
        if most is not codes.MAXREPEAT:
            most = max(least, min(most, _MANY))
        if code is codes.MIN_REPEAT:
            return self._few(items, least, most, at, flags, then)
        if code is codes.POSSESSIVE_REPEAT or (len(items) == 1 and items[0][0] in _ONE):
            ends = self._ends(items, most, at, flags)
            fitting = ends[least:] if code is codes.MAX_REPEAT else ends[max(least, len(ends) - 1) :]
            return any(then(end) for end in reversed(fitting))
        return self._many(items, least, most, at, flags, then)

    def _ends(self, items: list[Any], most: int, at: int, flags: int) -> list[int]:
        """Where one, two, three, ... of some items end that do not give back."""
        ends = [at]
        while len(ends) <= most and (end := self.once(items, ends[-1], flags)) is not None and end > ends[-1]:
            ends.append(end)
        return ends

    def _many(self, items: list[Any], least: int, most: int, at: int, flags: int, then: _Next) -> bool:
        def more(end: int) -> bool:
            return (end > at or least > 0) and self._many(items, max(least - 1, 0), most - 1, end, flags, then)

        return (most > 0 and self._sequence(items, 0, at, flags, more)) or (least == 0 and then(at))

    def _few(self, items: list[Any], least: int, most: int, at: int, flags: int, then: _Next) -> bool:
        def more(end: int) -> bool:
            return (end > at or least > 0) and self._few(items, max(least - 1, 0), most - 1, end, flags, then)

        return (least == 0 and then(at)) or (most > 0 and self._sequence(items, 0, at, flags, more))

    def _looks(self, value: Any, at: int, flags: int) -> bool:
        direction, items = value
        back = 0 if direction > 0 else items.getwidth()[0]
        return at >= back and self.once(list(items), at - back, flags) is not None

    def _fits(self, item: Any, at: int, flags: int) -> bool:
        self._step()
        return at < len(self._text) and _is_one(item, self._text[at], flags)

    def _stands(self, value: Any, at: int, flags: int) -> bool:
        self._step()
        text, end = self._text, len(self._text)
        match value:
            case codes.AT_BEGINNING | codes.AT_BEGINNING_STRING:
                return at == 0 or bool(flags & re.MULTILINE and text[at - 1] == "\n")
            case codes.AT_END | codes.AT_END_STRING:
                return at == end or text[at:] == "\n" or bool(flags & re.MULTILINE and text[at] == "\n")
        word = [0 <= position < end and _of(codes.CATEGORY_WORD, text[position]) for position in (at - 1, at)]
        return (word[0] != word[1]) == (value is codes.AT_BOUNDARY)


def _is_one(item: Any, character: str, flags: int) -> bool:
    """Whether a character is one that an item stands for."""
    code, value = item
    either = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
    match code:
        case codes.ANY:
            return bool(flags & re.DOTALL) or character != "\n"
        case codes.LITERAL:
            return chr(value) in either
        case codes.NOT_LITERAL:
            return chr(value) not in either
    negated = value[0][0] is codes.NEGATE
    return any(_among(item, one) for item in value for one in either) != negated


def _among(entry: Any, character: str) -> bool:
    code, value = entry
    match code:
        case codes.LITERAL:
            return bool(chr(value) == character)
        case codes.RANGE:
            return bool(value[0] <= ord(character) <= value[1])
        case codes.CATEGORY:
            return _of(value, character)
    return False


@cache
def _of(category: Any, character: str) -> bool:
    name = str(category).removeprefix("CATEGORY_")
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
    match: re.Match[str] | None = re.match(f"\\{letter.upper() if name.startswith('NOT_') else letter}", character)
    return match is not None


# Texts to attack with

_LONGEST_UNIT = 4
_ENDS = ("", "!", "a", "\x00")


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """What stands before, what is repeated, and what comes after, to make a pattern try much.

    They are cut out of texts that the pattern is made for: each of its parts, and each few that follow each other.
    """
    seen: set[tuple[str, str, str]] = set()
    tree = _parser.parse(pattern, flags)
    for choice in range(3):
        for samples in _samples(list(tree), choice, tree.state.flags):
            for start, length in product(range(len(samples)), range(1, _LONGEST_UNIT + 1)):
                unit = "".join(samples[start : start + length])
                for before, after in product(("".join(samples[:start]), ""), _ENDS):
                    if unit and (before, unit, after) not in seen:
                        seen.add((before, unit, after))
                        yield before, unit, after


def _samples(items: list[Any], choice: int, flags: int) -> list[list[str]]:
    """Texts that items match, each in small parts; `choice` says which of several characters is taken."""
    texts: list[list[str]] = [[]]
    for code, value in items:
        ways = _ways(code, value, choice, flags)
        texts = (
            [[*text, *way] for text, way in product(texts, ways)]
            if len(texts) * len(ways) <= 24
            else [[*text, *ways[index % len(ways)]] for index, text in enumerate(texts * 2)][:24]
        )
    return texts


def _ways(code: Any, value: Any, choice: int, flags: int) -> list[list[str]]:
    if code in _ONE:
        return [[_sample(code, value, choice, flags)]]
    if code in _REPEATS:
        return _samples(list(value[2]), choice, flags)
    match code:
        case codes.BRANCH:
            return [way for branch in value[1] for way in _samples(list(branch), choice, flags)]
        case codes.SUBPATTERN:
            return _samples(list(value[3]), choice, flags | value[1])
        case codes.ATOMIC_GROUP:
            return _samples(list(value), choice, flags)
        case codes.ASSERT:
            return _samples(list(value[1]), choice, flags)
    return [[]]


_ALPHABET = "a 1A-_./:=\"'()[]{}<>|*%!,;#&?@\n\té"


def _sample(code: Any, value: Any, choice: int, flags: int) -> str:
    if code is codes.LITERAL:
        return chr(value)
    fitting = [character for character in _ALPHABET if _is_one((code, value), character, flags)]
    if not fitting and code is codes.IN:
        entry = next(item for item in value if item[0] in (codes.LITERAL, codes.RANGE))
        return chr(entry[1] if entry[0] is codes.LITERAL else entry[1][0])
    return fitting[choice * len(fitting) // 3] if fitting else ""
