"""Copy -> what templates see: merge fields become tokens, Markdown sanitised HTML, and HTML plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["BRACES", "MERGE_FIELD", "SCHEMES", "foreign_markdown", "markdown", "plain", "with_tokens"]

MERGE_FIELD = re.compile(r'\{\{\s*(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*\|\s*default:\s*"(?P<fallback>[^"{}]*)"\s*\}\}')
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|[{}]", re.DOTALL)
SCHEMES = frozenset({"https", "mailto", "tel"})

_ALLOWED_TOKENS = frozenset(
    "paragraph_open inline text text_special softbreak hardbreak em_open strong_open link_open"
    " bullet_list_open ordered_list_open list_item_open".split(" ")
)
_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li"}
_PARSER = MarkdownIt("commonmark", {"html": False})
_FINDER = MarkdownIt("commonmark", {"html": True})


def with_tokens(text: str, token: Callable[[str, str, int], str]) -> str:
    """`text` with each merge field replaced by `token(name, fallback, offset)`."""
    return MERGE_FIELD.sub(lambda match: token(match["name"], match["fallback"], match.start()), text)


@lru_cache(maxsize=16_384)
def markdown(text: str) -> Markup:
    """Markdown as HTML of paragraphs, emphasis, lists and links; anything else is words. Tokens pass unharmed."""
    html = _PARSER.render(text)
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href", "title"}}, url_schemes=set(SCHEMES), link_rel=None)
    return Markup(clean.strip())


def foreign_markdown(text: str) -> Iterator[tuple[int, str]]:
    """What stands in a Markdown text that copy may not have: its line, from 0, and what it is."""
    for token in _FINDER.parse(text):
        line = token.map[0] if token.map else 0
        for each in (token, *(token.children or ())):
            if each.type not in _ALLOWED_TOKENS and not each.type.endswith("_close"):
                yield line, _name(each)


def _name(token: Token) -> str:
    names = {
        "html_block": "raw HTML",
        "html_inline": "raw HTML",
        "heading_open": "a heading",
        "image": "an image",
        "fence": "a code block",
        "code_inline": "code",
        "hr": "a rule across",
        "blockquote_open": "a quotation",
    }
    return names.get(token.type, "a " + token.type.removesuffix("_open").replace("_", " "))


def plain(value: object) -> str:
    """The words of a value: of HTML its text, with links written out and blocks apart; of anything else its text."""
    if not hasattr(value, "__html__"):
        return str(value)
    body = LexborHTMLParser(f"<body>{value}").body
    assert body is not None
    lines = (line.strip() for line in _inside(body).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _inside(node: LexborNode) -> str:
    return "".join(_words(child, node) for child in node.iter(include_text=True))


def _words(node: LexborNode, parent: LexborNode) -> str:
    match node.tag:
        case "-text":
            return re.sub(r"\s*\n\s*", " ", node.text_content or "")
        case "br":
            return "\n"
        case "a":
            return _link(node)
        case "li":
            mark = f"{_position(node, parent)}." if parent.tag == "ol" else "-"
            return f"{mark} {_inside(node).strip()}\n"
        case "p" | "ul" | "ol":
            return f"{_inside(node).strip()}\n\n"
        case _:
            return _inside(node)


def _position(node: LexborNode, parent: LexborNode) -> int:
    return [each.mem_id for each in parent.iter()].index(node.mem_id) + 1


def _link(node: LexborNode) -> str:
    words = _inside(node).strip()
    target = (node.attributes.get("href") or "").removeprefix("mailto:").removeprefix("tel:")
    return words if words == target or not target else f"{words} ({target})"
