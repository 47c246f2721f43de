"""HTML -> plain words, with links written out and blocks apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring.compile.links import is_link, links_in

_LINK: Final = re.compile("\x01([^\x01\x02]*)\x02")
"""A link while plain text is being written."""


def plain(value: object) -> str:
    """Return the words of a value: of HTML its text, links written out and blocks apart; of anything else its text."""
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
    number = _number(ordered, "start", 1)
    for child in ordered.iter(include_text=True):
        if child.tag != "li":
            yield _words(child)
            continue
        number = _number(child, "value", number)
        yield _item(f"{number}.", child)
        number += 1


def _item(mark: str, node: LexborNode) -> str:
    """Return an item of a list; a tab stands before each further line of it."""
    return f"{mark} {_inside(node).strip()}".replace("\n", "\n\t") + "\n"


def _number(node: LexborNode, name: str, otherwise: int) -> int:
    match = re.match(r"\s*([-+]?[0-9]{1,9})", node.attributes.get(name) or "", re.ASCII)
    return int(match[1]) if match else otherwise


def _link(node: LexborNode) -> str:
    """Return the words of a link, and where it leads between two marks; of one to write or to call, only to whom."""
    words, target = _inside(node).strip(), node.attributes.get("href") or ""
    scheme, _, whom = target.partition(":")
    if scheme.lower() in ("mailto", "tel") and "?" not in whom:
        target = whom
    if words == target or not target:
        return f"\x01{words}\x02"
    return f"{words} (\x01{target}\x02)"


def _told_apart(match: re.Match[str]) -> str:
    """Return a link in plain text; in angle brackets where a program would take it to end elsewhere (RFC 3986, C)."""
    link, start, end = match[1], match.start(), match.end()
    around = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    if not is_link(link) or ("(" not in link and (len(around[0]), link) in links_in(link.join(around))):
        return link
    return f"<{link}>"
