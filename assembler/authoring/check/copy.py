"""The copy of components: every text that an author wrote, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

import regex
from markdown_it.token import Token
from markupsafe import Markup

from assembler.authoring.compile.delimited_spans import HTML_COMMENTS, JINJA, blanked
from assembler.authoring.compile.links import links_in, markdown_parser
from assembler.authoring.compile.markdown import markdown
from assembler.authoring.compile.plain_text import plain
from assembler.authoring.compile.tokens import MERGE_FIELD, TOKEN, Tokens, with_tokens
from assembler.authoring.project.component import AuthoredComponent, FieldValue
from assembler.authoring.project.project import LoadedProject
from assembler.library.values import is_blank

ATTEMPT = re.compile(
    r"\{\{-?\s*(?P<name>(?!(?:else|end)\b)[A-Za-z_]\w*)\s*(?P<rest>\|\s*default\b.*)?-?\}\}", re.DOTALL
)
"""What was meant to be a merge field: a name alone, or with something that begins like a fallback."""

_KINDS = ("text", "markdown", "url", "alt")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BRACES = re.compile(r"[{}]+")
_TARGET = re.compile(r' (?:href|title)="[^"]*"')
# Links that rendering leaves as words, such as javascript:, are to be found as well.
_PARSER = markdown_parser(judged=False)
_LONGEST = 2_000
_FEW = 20  # after so many links of a text that are not found where they are written, no more are looked for


def says_nothing(copy: FieldValue) -> bool:
    """Return whether no reader sees a thing of a text; a merge field counts as seen, its fallback is judged by C01."""
    return is_blank(without_tags(visible_words(copy, lambda name, fallback: "value")))


def copy_of(component: AuthoredComponent) -> Iterator[FieldValue]:
    """Every text of a component, file by file, the body of each last."""
    for words in component.words.values():
        yield from words.of_kind(*_KINDS)


def copies_in_locale(project: LoadedProject, component: AuthoredComponent, locale: str) -> list[FieldValue]:
    """The texts of a component that are shown in a locale, those that a translation inherits among them."""
    words = component.in_locale(project.settings.lineage(locale))
    return list(words.of_kind(*_KINDS)) if words is not None else []


def visible_words(copy: FieldValue, insert: Callable[[str, str], str] | None = None) -> str:
    """A text as a reader sees it: without markup and addresses of links, and with fallbacks in it.

    `insert(name, fallback)` gives what is to stand for a merge field instead of its fallback.
    """
    inserted: list[str] = []
    tokens = Tokens([copy.text])

    def token(name: str, fallback: str, offset: int) -> str:
        inserted.append(insert(name, fallback) if insert else fallback)
        return tokens.occurrence(len(inserted) - 1)

    text = with_tokens(copy.text, token)
    if copy.kind == "markdown":
        text = _without_markdown(text)

    def inserted_for(match: re.Match[str]) -> str:
        number = tokens.number(match)
        return match[0] if number is None else inserted[number]

    return TOKEN.sub(inserted_for, text)


@lru_cache(maxsize=16_384)
def _without_markdown(text: str) -> str:
    return plain(Markup(_TARGET.sub("", markdown(text))))


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


def copy_links(text: str, *, markdown: bool) -> Iterator[tuple[int, str]]:
    """The offset and address of every link in copy; a merge field is as many letters as it is written with."""
    bare = without_merge_fields(text)
    yield from _linked(bare) if markdown else links_in(bare)


@lru_cache(maxsize=16_384)
def _linked(markdown: str) -> tuple[tuple[int, str], ...]:
    """The offset and address of every link that Markdown makes, or that stands among its words."""
    links: list[tuple[int, str]] = []
    after = missed = 0
    for token in _PARSER.parse(markdown):
        for address in _addresses(token.children) if token.children else (link for _, link in links_in(token.content)):
            span = _span(address, markdown, after) if missed < _FEW else range(0)
            after = max(after, span.stop)
            missed += not span
            links.append((span.start, address))
    return tuple(links)


def _addresses(tokens: Sequence[Token]) -> Iterator[str]:
    """The links of a paragraph in their order; the words of one that are its address are no other."""
    words, address = "", ""
    for token in (*tokens, Token("end", "", 0)):
        if token.type in ("link_open", "link_close", "end"):
            yield from (link for _, link in links_in(words) if not address.startswith(link))
            words, address = "", str(token.attrGet("href") or "") if token.type == "link_open" else ""
            if token.type == "link_open":
                yield address
        else:
            words += token.content or "\n" * token.type.endswith("break")


def _span(address: str, markdown: str, after: int) -> range:
    """Return where a text writes an address, perhaps with entities or backslashes; an empty range where it does not."""
    at = markdown.find(address, after)
    if at >= 0:
        return range(at, at + len(address))
    as_escaped = "".join(rf"(?:\\?{re.escape(character)}|&#?\w+;)" for character in address[:_LONGEST])
    match = re.search(as_escaped, markdown[after:])
    return range(after + match.start(), after + match.end()) if match else range(0)
