"""Markdown -> sanitised HTML, in which tokens of merge fields stand as they were."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import nh3
import regex
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from assembler.authoring.compile.links import MOST_MARKED, SCHEMES, markdown_parser
from assembler.authoring.failures import LimitExceeded

UNSPACED_SCRIPTS: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts that write words without blanks between them, for a class of characters in a regular expression."""

_UNSPACED = regex.compile(rf"[{UNSPACED_SCRIPTS}\u3000-\u303f\uff00-\uffef]")
_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}}


def _keep_numbers(state: StateCore) -> None:
    """Give items of a numbered list the numbers that are written; where all are 1, they count on."""
    lists: list[list[Token]] = []
    for token in state.tokens:
        match token.type:
            case "ordered_list_open" | "bullet_list_open":
                lists.append([])
            case "list_item_open":
                lists[-1].append(token)
            case "ordered_list_close":
                _number_items(lists.pop())
            case "bullet_list_close":
                lists.pop()


def _number_items(items: list[Token]) -> None:
    numbers = [int(item.info) for item in items]
    if set(numbers) == {1}:
        return
    for item, number, before in zip(items[1:], numbers[1:], numbers, strict=False):
        if number != before + 1:
            item.attrSet("value", str(number))


def _join_lines(state: StateCore) -> None:
    """Take away line ends between characters of scripts that part words by nothing: there they would be blanks."""
    for token in state.tokens:
        before, ends = "", []
        for child in token.children or ():
            if child.type == "softbreak" and _UNSPACED.match(before):
                ends.append(child)
            elif child.content:
                for line_end in ends if _UNSPACED.match(child.content) else ():
                    line_end.type = "text"
                before, ends = child.content[-1], []


def _refuse_depth(state: StateCore) -> None:
    """Raise `LimitExceeded` where too much stands within each other."""
    if any(part.level > MOST_MARKED for token in state.tokens for part in (token, *(token.children or ()))):
        raise LimitExceeded(f"Markdown with more than {MOST_MARKED} lists, quotations or emphases within each other")


def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.core.ruler.after("block", "numbers", _keep_numbers)
    parser.core.ruler.after("inline", "lines", _join_lines)
    parser.core.ruler.push("depth", _refuse_depth)
    return parser


_PARSER: Final = _parser()


@lru_cache(maxsize=16_384)
def markdown(text: str) -> Markup:
    """Markdown as HTML of paragraphs, emphasis, lists and links; anything else is words. Tokens pass unharmed."""
    html = _PARSER.render(text)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None)
    return Markup(clean.strip())
