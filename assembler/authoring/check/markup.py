"""The tags and addresses of a template as written, with their places: of its Jinja only the brand's values are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.authoring.compile.links import LINK, links_in
from assembler.authoring.compile.styles import brand_values
from assembler.authoring.compile.tags import TagParser
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import Source

__all__ = ["Tag", "Written"]

_JINJA = re.compile(r"\{\{(?P<inside>.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BRAND = re.compile(r"\s*brand((?:\.\w+)+)\s*")
# An expression becomes a character that numbers it, then filler, as long as it was written; a statement becomes filler.
_FIRST, _LAST, _FILLER, _STATEMENT = 0xE100, 0xF8FF, "\ue000", "\ue001"
_EXPRESSION = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}][{_FILLER}\n]*")
_ADDRESS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]{_FILLER}*[^\\s<>\"'{_STATEMENT}]*|{LINK}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; an end tag has `/` before its name. In attributes `…` is a value of Jinja, a new line a statement."""

    name: str
    attributes: Mapping[str, str | None]
    place: Place
    length: int


class Written:
    """A template without its Jinja."""

    def __init__(self, source: Source, brand: Mapping[str, object]) -> None:
        self._source = source
        self._values = brand_values(brand)
        self._expressions: list[str] = []
        self._text = _JINJA.sub(self._set_aside, source.text)

    def tags(self) -> Iterator[Tag]:
        """Every tag in the order of the text, those in comments left out."""
        for name, attributes, line, column, length in _Reader(self._text).found:
            values = {key.strip(_STATEMENT): value and self._resolved(value) for key, value in attributes}
            yield Tag(name, values, self._source.at(line, column), length)

    def links(self) -> Iterator[tuple[str, Place]]:
        """Every link among the words of the template, those in its Jinja among them."""
        for block in _JINJA.finditer(self._source.text):
            for start, link in links_in(block[0]):
                yield link, self._source.inside(block.start() + start)
        for match in _ADDRESS.finditer(self._text.replace(_STATEMENT, " ")):
            found = next(links_in(self._resolved(match[0])), None)
            if found is not None and found[0] == 0:
                yield found[1], self._source.inside(match.start())

    def _set_aside(self, match: re.Match[str]) -> str:
        inside = match["inside"]
        if inside is None or len(self._expressions) > _LAST - _FIRST:
            return re.sub(r"[^\n]", _STATEMENT, match[0])
        self._expressions.append(inside)
        return chr(_FIRST + len(self._expressions) - 1) + re.sub(r"[^\n]", _FILLER, match[0][1:])

    def _resolved(self, text: str) -> str:
        return re.sub(f"{_STATEMENT}+", "\n", _EXPRESSION.sub(self._value, text))

    def _value(self, match: re.Match[str]) -> str:
        index = ord(match[0][0]) - _FIRST
        named = _BRAND.fullmatch(self._expressions[index]) if index < len(self._expressions) else None
        return self._values.get(named[1][1:].replace(".", "-"), "…") if named else "…"


_Found = tuple[str, list[tuple[str, str | None]], int, int, int]


class _Reader(TagParser):
    """The tags of a text: name, attributes, line and column (from 1), and length."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Found] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        self.found.append((tag, attrs, line, column + 1, len(self.get_starttag_text() or "")))

    def handle_endtag(self, tag: str) -> None:
        line, column = self.getpos()
        self.found.append(("/" + tag, [], line, column + 1, 0))
