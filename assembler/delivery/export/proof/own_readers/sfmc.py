"""AMPscript, as far as its guide documents what exports use: developer.salesforce.com, AMPscript language basics.

Keywords and names have no case, nor has a comparison of texts; null and the empty text are empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from assembler.delivery.export.proof.engine import EngineError, Person

_CODE = re.compile(r"%%\[(.*?)(?:\]%%|\Z)|%%=(.*?)(?:=%%|\Z)", re.DOTALL)
_WORD = re.compile(r"\s*(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|@\w+|\w+|==|[(),=])")


def _text(value: object) -> str:
    return "" if value is None else str(value)


_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "empty": lambda value: value in (None, ""),
    "trim": lambda value: _text(value).strip(),
    "replace": lambda value, old, new: _text(value).replace(_text(old), _text(new)),
    "v": _text,
}


class AmpscriptReader:
    """Reads SET, IF, ELSEIF, ELSE and ENDIF, and a few functions."""

    @property
    def name(self) -> str:
        return "self"

    def render(self, template: str, people: Sequence[Person]) -> list[str]:
        pieces = _CODE.split(template)
        return ["".join(_Script(person).written(pieces)) for person in people]


class _Script:
    """One run for a person. `open` has of each IF around whether its branch is taken now, and whether one was."""

    def __init__(self, person: Person) -> None:
        self._person = {name.lower(): value for name, value in person.items()}
        self._variables: dict[str, object] = {}
        self._open: list[tuple[bool, bool]] = []
        self._words: list[str] = []

    def written(self, pieces: Sequence[str | None]) -> Iterator[str]:
        """Yield the text of a template that was split into texts, blocks and expressions."""
        for number in range(0, len(pieces), 3):
            if self._runs:
                yield pieces[number] or ""
            block, expression = (*pieces[number + 1 : number + 3], None, None)[:2]
            if block is not None:
                self._words = _words(block)
                while self._words:
                    self._statement(self._words.pop(0).lower())
            elif expression is not None and self._runs:
                self._words = _words(expression)
                yield _text(self._value())
        if self._open:
            raise EngineError(f"{len(self._open)} IF have no ENDIF")

    @property
    def _runs(self) -> bool:
        return all(now for now, _ in self._open)

    def _statement(self, keyword: str) -> None:
        match keyword:
            case "set":
                name = self._words.pop(0).lower()
                self._take("=")
                value = self._value()
                if self._runs:
                    self._variables[name] = value
            case "if":
                holds = self._condition()
                self._open.append((holds, holds))
            case "elseif" | "else" if self._open:
                _, taken = self._open.pop()
                holds = keyword == "else" or self._condition()
                self._open.append((not taken and holds, taken or holds))
            case "endif" if self._open:
                self._open.pop()
            case _:
                raise EngineError(f"{keyword!r} is no statement here")

    def _condition(self) -> bool:
        """A condition up to its THEN: comparisons, with OR between."""
        holds = self._comparison()
        while (word := self._words.pop(0).lower()) == "or":
            holds = self._comparison() or holds
        if word != "then":
            raise EngineError(f"{word!r} in a condition")
        return holds

    def _comparison(self) -> bool:
        if self._words[0].lower() == "not":
            self._words.pop(0)
            return not self._comparison()
        value = self._value()
        if self._words[0] != "==":
            return value is True
        self._words.pop(0)
        return _text(value).lower() == _text(self._value()).lower()

    def _value(self) -> object:
        word = self._words.pop(0)
        if word[0] in "\"'":
            return word[1:-1].replace(word[0] * 2, word[0])
        if word[0] == "@":
            return self._variables.get(word.lower())
        return self._call(word.lower(), list(self._arguments()))

    def _call(self, name: str, arguments: list[object]) -> object:
        if name == "attributevalue":
            return self._person.get(_text(*arguments).lower())
        if name not in _FUNCTIONS:
            raise EngineError(f"there is no function {name}")
        return _FUNCTIONS[name](*arguments)

    def _arguments(self) -> Iterator[object]:
        self._take("(")
        yield self._value()
        while self._words[0] == ",":
            self._words.pop(0)
            yield self._value()
        self._take(")")

    def _take(self, word: str) -> None:
        if not self._words or self._words.pop(0) != word:
            raise EngineError(f"there is no {word!r}")


def _words(code: str) -> list[str]:
    words: list[str] = []
    at = 0
    while code[at:].strip():
        match = _WORD.match(code, at)
        if match is None:
            raise EngineError(f"{code[at : at + 20]!r} is no AMPscript")
        words.append(match[1])
        at = match.end()
    return words
