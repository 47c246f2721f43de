"""Where links stand in copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token

from assembler.authoring.check.copy import without_merge_fields
from assembler.authoring.compile.links import links_in, markdown_parser

# Links that rendering leaves as words, such as javascript:, are to be found as well.
_PARSER = markdown_parser(judged=False)
_LONGEST = 2_000
_FEW = 20
"""After so many links of a text that are not found where they are written, no more are looked for."""


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
    """Return where a text writes an address, perhaps with entities or backslashes; the first character where it does
    not."""
    at = markdown.find(address, after)
    if at >= 0:
        return range(at, at + len(address))
    as_escaped = "".join(rf"(?:\\?{re.escape(character)}|&#?\w+;)" for character in address[:_LONGEST])
    match = re.search(as_escaped, markdown[after:])
    return range(after + match.start(), after + match.end()) if match else range(0)
