"""Which encoder a value needs, by the place where its token stands in the finished document.

A value within a link is a part of it and percent-encoded, in an attribute, among words and in JSON alike: so a link is
the same wherever it is written.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring.compile.delimited_spans import JINJA
from assembler.authoring.compile.links import is_anchored, links_in
from assembler.authoring.compile.tokens import TOKEN, Tokens
from assembler.library.records import Encoder

Linked = Mapping[str, Literal["whole", "part"]]
"""The tokens of which it is known that they are a link, or a part of one, wherever they stand."""


class _Words(NamedTuple):
    """The encoders of values among words of a kind: of a value itself, and of one that is a link."""

    word: Encoder
    link: Encoder


_HTML, _JSON = _Words("html", "url"), _Words("json", "url_text")
_TEXT = _Words("plain", "url_text")
_BY_PART = {"subject": _Words("subject", "subject"), "preheader": _TEXT, "text": _TEXT}
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"(?P<name>\s*+:)?', re.DOTALL)

_URLS = frozenset("href src action formaction cite background poster data longdesc ping xlink:href manifest".split(" "))
_UNSAFE = frozenset({"style", "srcdoc", "srcset", "imagesrcset", "http-equiv"})
_RAW_TEXT = frozenset("script style iframe noembed noframes plaintext xmp template".split(" "))
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+(?:>|\Z)""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


def encoders(document: str, part: str = "html", linked: Linked = MappingProxyType({})) -> dict[str, Encoder]:
    """Return the encoder of each token of a finished document; a token that has none stands where no value is safe."""
    if part == "json":
        return dict(_in_strings(document, linked))
    if part != "html":
        return dict(_among_words(document, _BY_PART[part], linked))
    by_token: dict[str, Encoder] = {}
    root = LexborHTMLParser(document).root
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.is_element_node:
            by_token.update(_in_attributes(node, linked))
        elif node.tag == "-text" and node.parent is not None:
            by_token.update(_in_text(node.parent, node.text_content or "", linked))
    return by_token


def unquoted(html: str, tokens: Tokens) -> Iterator[str]:
    """Yield those of some tokens that stand inside a tag of raw HTML, but not in a quoted attribute value."""
    for tag in _TAG.finditer(html):
        if TOKEN.search(tag[0]):
            bare = TOKEN.finditer(_QUOTED.sub("=", tag[0]))
            yield from (match[0] for match in bare if tokens.number(match) is not None)


def unsafe_expression(template: str, name: str, part: str) -> int | None:
    """Return the offset of the first expression of a template for a part that names a field and stands where no value
    is safe."""
    spans = [span for span in JINJA.spans(template) if template.startswith("{{", span[0])]
    tokens = Tokens([template])
    written = map(tokens.occurrence, itertools.count())
    bare = JINJA.sub(lambda piece: next(written) if piece.startswith("{{") else "", template)
    safe, open_ = encoders(bare, part), set(unquoted(bare, tokens) if part == "html" else ())
    named = re.compile(rf"\b{name}\b")
    for index, (start, end) in enumerate(spans):
        token = tokens.occurrence(index)
        if named.search(template, start + 2, end - 2) and (token not in safe or token in open_):
            return start
    return None


def _in_strings(document: str, linked: Linked) -> Iterator[tuple[str, Encoder]]:
    """Yield the encoders of tokens in the strings of JSON, in which marks may stand; a name of a member takes none."""
    for match in _STRING.finditer(document):
        if "zq" in match[0] and match["name"] is None:
            text = _json(match[0])
            yield from _among_words(text if isinstance(text, str) else match[0][1:-1], _JSON, linked)


def _among_words(text: str, encoder: _Words, linked: Linked) -> Iterator[tuple[str, Encoder]]:
    """Yield the encoders of tokens among words: within a link of theirs as parts of it."""
    spans = [range(start, start + len(link)) for start, link in links_in(text)] if ":" in text else []
    for match in TOKEN.finditer(text):
        token, at = match[0], match.start()
        within = next((span for span in spans if at in span), None)
        if within is not None:
            if is_anchored(text[within.start : at]):
                yield token, "url_part"
        elif token in linked:
            yield token, encoder.link if linked[token] == "whole" else "url_part"
        else:
            yield token, encoder.word


def _in_attributes(node: LexborNode, linked: Linked) -> Iterator[tuple[str, Encoder]]:
    if node.tag == "meta" and "http-equiv" in node.attributes:
        return
    for name, value in node.attributes.items():
        if value is None or "zq" not in value or name in _UNSAFE or name.startswith("on"):
            continue
        yield from _in_address(value) if name in _URLS else _among_words(value, _HTML, linked)


def _in_address(value: str) -> Iterator[tuple[str, Encoder]]:
    for match in TOKEN.finditer(value):
        if match[0] == value.strip():
            yield match[0], "url"
        elif is_anchored(value[: match.start()]):
            yield match[0], "url_part"


def _in_text(parent: LexborNode, text: str, linked: Linked) -> Iterator[tuple[str, Encoder]]:
    if "zq" not in text:
        return
    if parent.tag == "script" and (parent.attributes.get("type") or "").strip().lower() == "application/ld+json":
        for string in _strings(_json(text)):
            yield from _among_words(string, _JSON, linked)
    elif not _within_raw_text(parent):
        yield from _among_words(text, _HTML, linked)


def _within_raw_text(node: LexborNode | None) -> bool:
    while node is not None:
        if node.tag in _RAW_TEXT:
            return True
        node = node.parent
    return False


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)
