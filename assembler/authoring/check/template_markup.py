"""The tags and addresses of a template as written, with their places: of its Jinja only the brand's values are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.authoring.compile.delimited_spans import JINJA, blanked
from assembler.authoring.compile.links import LINK, links_in
from assembler.authoring.compile.styles import brand_values
from assembler.authoring.compile.tags import unfinished_tag, written_tags
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.source import Source

_BRAND = re.compile(r"\s*brand((?:\.\w+)+)\s*")
# An expression becomes a character that numbers it, then filler, as long as it was written; a statement becomes filler.
_FIRST, _LAST, _FILLER, _STATEMENT = 0xE100, 0xF8FF, "\ue000", "\ue001"
_EXPRESSION = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}][{_FILLER}\n]*")
_ADDRESS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]{_FILLER}*[^\\s<>\"'{_STATEMENT}]*|{LINK}")


@dataclass(frozen=True, slots=True)
class MarkupTag:
    """A tag; an end tag has `/` before its name. In attributes `…` is a value of Jinja, a new line a statement."""

    name: str
    attributes: Mapping[str, str | None]
    place: Place
    length: int


class TemplateMarkup:
    """A template without its Jinja."""

    def __init__(self, source: Source, brand: Mapping[str, object]) -> None:
        self._source = source
        self._values = brand_values(brand)
        self._expressions: list[str] = []
        self._text = JINJA.sub(self._set_aside, source.text)

    def tags(self) -> Iterator[MarkupTag]:
        """Every tag in the order of the text, those in comments left out."""
        for tag in written_tags(self._text):
            values = {key.strip(_STATEMENT): value and self._resolved(value) for key, value in tag.attributes}
            yield MarkupTag(tag.name, values, self._source.inside(tag.start), tag.end - tag.start)

    def unfinished(self) -> tuple[Place, str] | None:
        """Where a tag begins that never ends, and its text; None where there is none."""
        start = unfinished_tag(self._text)
        return None if start is None else (self._source.inside(start), self._source.text[start:])

    def links(self) -> Iterator[tuple[str, Place]]:
        """Every link among the words of the template, those in its Jinja among them."""
        for begin, end in JINJA.spans(self._source.text):
            for start, link in links_in(self._source.text[begin:end]):
                yield link, self._source.inside(begin + start)
        for match in _ADDRESS.finditer(self._text.replace(_STATEMENT, " ")):
            offset, link = next(links_in(self._resolved(match[0])), (None, ""))
            if offset == 0:
                yield link, self._source.inside(match.start())

    def _set_aside(self, piece: str) -> str:
        if not piece.startswith("{{") or len(self._expressions) > _LAST - _FIRST:
            return blanked(piece, _STATEMENT)
        self._expressions.append(piece[2:-2])
        return chr(_FIRST + len(self._expressions) - 1) + blanked(piece[1:], _FILLER)

    def _resolved(self, text: str) -> str:
        return re.sub(f"{_STATEMENT}+", "\n", _EXPRESSION.sub(self._value, text))

    def _value(self, match: re.Match[str]) -> str:
        index = ord(match[0][0]) - _FIRST
        named = _BRAND.fullmatch(self._expressions[index]) if index < len(self._expressions) else None
        return self._values.get(named[1][1:].replace(".", "-"), "…") if named else "…"
