"""The copy of components: every text that an author wrote, and the place of everything in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

import regex
from markupsafe import Markup

from assembler.authoring.compile.delimited_spans import HTML_COMMENTS, JINJA, blanked
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.plain_text import plain
from assembler.authoring.compile.tokens import MERGE_FIELD, TOKEN, Tokens, with_tokens
from assembler.authoring.diagnostics import Place
from assembler.authoring.project.component import AuthoredComponent, FieldValue, Words
from assembler.authoring.project.source import KeyPath

ATTEMPT = re.compile(r"\{\{-?\s*(?P<name>[A-Za-z_]\w*)\s*(?P<rest>\|\s*default\b.*)?-?\}\}", re.DOTALL)
"""What was meant to be a merge field: a name alone, or with something that begins like a fallback."""

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BRACES = re.compile(r"[{}]+")

_TARGET = re.compile(r' (?:href|title)="[^"]*"')


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Copy:
    """One text of a component: in one of its files, or in what it says in a locale."""

    component: AuthoredComponent
    words: Words
    value: FieldValue

    @property
    def locale(self) -> str:
        """The locale of the file that it stands in."""
        return next(locale for locale, words in self.component.words.items() if words is self.words)

    @property
    def keys(self) -> KeyPath:
        """The path to it: a field, a field and `alt`, or `body`."""
        return self.value.path

    @property
    def kind(self) -> str:
        """`text`, `markdown`, `url` or `alt`."""
        return self.value.kind

    @property
    def text(self) -> str:
        """The text as it is written."""
        return self.value.text

    @property
    def max_length(self) -> int | None:
        """How many graphemes it may have."""
        return self.value.spec.max_length

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.value.name

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.value.place

    @property
    def last_line(self) -> int:
        """The last line of its file on which it may stand."""
        line, column = self._end()
        begins_line = not self.value.source.line(line)[: column - 1].strip(" -")
        return min(line - begins_line, self.value.source.text.count("\n") + 1)

    def at(self, start: int, end: int) -> Place:
        """Return where the characters from `start` to `end` stand."""
        return self.value.inside(start)

    def read(self, insert: Callable[[str, str], str] | None = None) -> str:
        """The words as a reader sees them: without markup and addresses of links, and with fallbacks in them.

        `insert(name, fallback)` gives what is to stand for a merge field instead of its fallback.
        """
        inserted: list[str] = []
        tokens = Tokens([self.text])

        def token(name: str, fallback: str, offset: int) -> str:
            inserted.append(insert(name, fallback) if insert else fallback)
            return tokens.occurrence(len(inserted) - 1)

        text = with_tokens(self.text, token)
        if self.kind == "markdown":
            text = _said(text)

        def inserted_for(match: re.Match[str]) -> str:
            number = tokens.number(match)
            return match[0] if number is None else inserted[number]

        return TOKEN.sub(inserted_for, text)

    def _end(self) -> tuple[int, int]:
        """Return where something else begins."""
        source, start = self.value.source, (self.place.line, self.place.column)
        body = (self.words.body_place.line, self.words.body_place.column)
        return min((mark for mark in (*source.keys.values(), body) if mark > start), default=(10**9, 0))


@lru_cache(maxsize=16_384)
def _said(text: str) -> str:
    """The words of a Markdown text."""
    return plain(Markup(_TARGET.sub("", markdown(text))))


def copy_of(component: AuthoredComponent, *, within: Words | None = None) -> Iterator[Copy]:
    """Every text of a component, the body last: file by file, or that which it says in a locale."""
    for words in component.words.values() if within is None else [within]:
        for value in words.of_kind("text", "markdown", "url", "alt"):
            yield Copy(component=component, words=words, value=value)


def files_of(component: AuthoredComponent) -> Iterator[FieldValue]:
    """Every path of an asset that a component writes, in any of its files."""
    for words in component.words.values():
        yield from words.of_kind("file")


def leaves_assets(path: str) -> bool:
    """Return whether a path is absolute, or goes upward."""
    return path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts


def count_graphemes(text: str) -> int:
    """The number of characters as a reader counts them (UAX 29, extended grapheme clusters)."""
    return len(text) if text.isascii() else len(regex.findall(r"\X", text))


def without_merge_fields(text: str) -> str:
    """The text with letters, and its line ends, where merge fields stand."""
    return MERGE_FIELD.sub(lambda match: blanked(match[0], "q"), text)


def tags_in(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every tag and comment of raw HTML."""
    yield from HTML_COMMENTS.spans(text)
    yield from (match.span() for match in _TAG.finditer(HTML_COMMENTS.sub(blanked, text)))


def pieces_in_braces(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every `{{ ... }}`, `{% ... %}` and `{# ... #}`, and of every run of braces beside them."""
    at = 0
    for start, end in JINJA.spans(text):
        yield from (run.span() for run in _BRACES.finditer(text, at, start))
        yield start, end
        at = end
    yield from (run.span() for run in _BRACES.finditer(text, at))


def without_tags(text: str) -> str:
    """The text less its tags and comments of raw HTML."""
    return _TAG.sub("", HTML_COMMENTS.sub(lambda _: "", text))
