"""Copy -> what templates see: merge fields become tokens, Markdown sanitised HTML, and HTML plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import nh3
import regex
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring.compile.links import MOST_MARKED, SCHEMES, is_link, links_in, markdown_parser
from assembler.authoring.failures import LimitExceeded

__all__ = ["MERGE_FIELD", "markdown", "plain", "with_tokens"]

MERGE_FIELD = re.compile(r'\{\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*\|\s*default:\s*"(?P<fallback>[^"{}]*)"\s*\}\}')

_LINK = re.compile("\x01([^\x01\x02]*)\x02")
"""A link while plain text is being written."""

_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff00-\uffef]"
)
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
                for each in ends if _UNSPACED.match(child.content) else ():
                    each.type = "text"
                before, ends = child.content[-1], []


def _refuse_depth(state: StateCore) -> None:
    """Raise `LimitExceeded` where too much stands within each other."""
    if any(each.level > MOST_MARKED for token in state.tokens for each in (token, *(token.children or ()))):
        raise LimitExceeded(f"Markdown with more than {MOST_MARKED} lists, quotations or emphases within each other")


def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.core.ruler.after("block", "numbers", _keep_numbers)
    parser.core.ruler.after("inline", "lines", _join_lines)
    parser.core.ruler.push("depth", _refuse_depth)
    return parser


_PARSER: Final = _parser()


def with_tokens(text: str, token: Callable[[str, str, int], str]) -> str:
    """`text` with each merge field replaced by `token(name, fallback, offset)`."""
    return MERGE_FIELD.sub(lambda match: token(match["name"], match["fallback"], match.start()), text)


@lru_cache(maxsize=16_384)
def markdown(text: str) -> Markup:
    """Markdown as HTML of paragraphs, emphasis, lists and links; anything else is words. Tokens pass unharmed."""
    html = _PARSER.render(text)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None)
    return Markup(clean.strip())


def plain(value: object) -> str:
    """The words of a value: of HTML its text, with links written out and blocks apart; of anything else its text."""
    if not hasattr(value, "__html__"):
        return str(value)
    body = LexborHTMLParser(f"<body>{value}").body
    assert body is not None
    lines = ((len(line) - len(line.lstrip("\t")), line.strip()) for line in _inside(body).split("\n"))
    text = "\n".join("  " * depth + line if line else "" for depth, line in lines)
    return _LINK.sub(_told_apart, re.sub(r"\n{3,}", "\n\n", text).strip())


def _inside(node: LexborNode) -> str:
    return "".join(_words(child) for child in node.iter(include_text=True))


def _words(node: LexborNode) -> str:
    match node.tag:
        case "-text":
            return re.sub(r"(?<!\s)\s*\n\s*|\t", " ", node.text_content or "")
        case "br":
            return "\n"
        case "a":
            return _link(node)
        case "li":
            return _item("-", node)
        case "ol":
            return f"\n{''.join(_numbered(node)).strip()}\n\n"
        case "ul":
            return f"\n{_inside(node).strip()}\n\n"
        case "p":
            return f"{_inside(node).strip()}\n\n"
        case _:
            return _inside(node)


def _numbered(ordered: LexborNode) -> Iterator[str]:
    """The items of an ordered list, each with its number."""
    number = _number(ordered, "start", 1)
    for child in ordered.iter(include_text=True):
        if child.tag != "li":
            yield _words(child)
            continue
        number = _number(child, "value", number)
        yield _item(f"{number}.", child)
        number += 1


def _item(mark: str, node: LexborNode) -> str:
    """An item of a list; a tab stands before each further line of it."""
    return f"{mark} {_inside(node).strip()}".replace("\n", "\n\t") + "\n"


def _number(node: LexborNode, name: str, otherwise: int) -> int:
    """A number that an attribute gives, as browsers read it."""
    match = re.match(r"\s*([-+]?[0-9]{1,9})", node.attributes.get(name) or "", re.ASCII)
    return int(match[1]) if match else otherwise


def _link(node: LexborNode) -> str:
    """The words of a link, and where it leads between two marks; of one to write or to call, only to whom."""
    words, target = _inside(node).strip(), node.attributes.get("href") or ""
    scheme, _, whom = target.partition(":")
    if scheme.lower() in ("mailto", "tel") and "?" not in whom:
        target = whom
    if words == target or not target:
        return f"\x01{words}\x02"
    return f"{words} (\x01{target}\x02)"


def _told_apart(match: re.Match[str]) -> str:
    """A link in plain text; in angle brackets where a program would not take it to reach just as far (RFC 3986, C)."""
    link, start, end = match[1], match.start(), match.end()
    around = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    if not is_link(link) or ("(" not in link and (len(around[0]), link) in links_in(link.join(around))):
        return link
    return f"<{link}>"
