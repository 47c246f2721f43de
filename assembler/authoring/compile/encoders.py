"""Which encoder a value needs, by the place where its token stands in the parsed document."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring.compile.tokens import FIELD, RESERVED
from assembler.library.records import Encoder

__all__ = ["PART_ENCODERS", "encoders", "numbered", "occurrence", "unquoted", "unsafe_expression"]

# The encoder of every token of a part that is not HTML.
PART_ENCODERS: Mapping[str, Encoder] = {"subject": "subject", "preheader": "plain", "text": "plain"}

_URLS = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "cite",
        "background",
        "poster",
        "data",
        "longdesc",
        "ping",
        "xlink:href",
        "manifest",
    ]
)
_UNSAFE = frozenset({"style", "srcdoc", "srcset", "imagesrcset", "http-equiv"})
_RAW_TEXT = frozenset("script style iframe noembed noframes plaintext xmp template".split(" "))
_EXPRESSION = re.compile(r"\{\{(?P<inside>.*?)\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"""<[a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
# What must stand before a token inside a URL, so that the token can change neither scheme nor host.
_ANCHORED = re.compile(r"(?:https?://[^/?#\\\s]+[/?#]|mailto:|tel:|[/?#](?![/\\]))", re.IGNORECASE)


def encoders(document: str) -> dict[str, Encoder]:
    """The encoder of each token of a finished document; a token that has none stands where no value is safe."""
    found: dict[str, Encoder] = {}
    root = LexborHTMLParser(document).root
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.is_element_node:
            found.update(_in_attributes(node))
        elif node.tag == "-text" and node.parent is not None:
            found.update(_in_text(node.parent, node.text_content or ""))
    return found


def unquoted(html: str) -> Iterator[str]:
    """The tokens that stand inside a tag of raw HTML, but not in a quoted attribute value."""
    for tag in _TAG.finditer(html):
        if RESERVED.search(tag[0]):
            yield from RESERVED.findall(_QUOTED.sub("=", tag[0]))


def occurrence(index: int) -> str:
    """The token of the n-th merge field, from 0, of a numbered document."""
    return f"zqu{index:06d}qz"


def numbered(document: str) -> str:
    """The document with a token of its own for each occurrence of a merge field, in their order."""
    count = itertools.count()
    return FIELD.sub(lambda _: occurrence(next(count)), document)


def unsafe_expression(template: str, name: str) -> int | None:
    """The offset of the first expression of a template that names a field and stands where no value is safe."""
    expressions = [match for match in _EXPRESSION.finditer(template) if match["inside"] is not None]
    numbers = {match.start(): index for index, match in enumerate(expressions)}
    bare = _EXPRESSION.sub(lambda each: occurrence(numbers[each.start()]) if each.start() in numbers else "", template)
    safe, open_ = encoders(bare), set(unquoted(bare))
    for index, match in enumerate(expressions):
        token = occurrence(index)
        if re.search(rf"\b{name}\b", match["inside"]) and (token not in safe or token in open_):
            return match.start()
    return None


def _in_attributes(node: LexborNode) -> Iterator[tuple[str, Encoder]]:
    for name, value in node.attributes.items():
        if value is None or "zq" not in value or name in _UNSAFE or name.startswith("on"):
            continue
        if node.tag == "meta" and "http-equiv" in node.attributes:
            continue
        for match in RESERVED.finditer(value):
            if name not in _URLS:
                yield match[0], "html"
            elif match[0] == value.strip():
                yield match[0], "url"
            elif _ANCHORED.match(value[: match.start()]):
                yield match[0], "url_part"


def _in_text(parent: LexborNode, text: str) -> Iterator[tuple[str, Encoder]]:
    if "zq" not in text:
        return
    if parent.tag == "script" and (parent.attributes.get("type") or "").strip().lower() == "application/ld+json":
        yield from ((token, "json") for token in _in_json(text))
    elif not _within_raw_text(parent):
        yield from ((token, "html") for token in RESERVED.findall(text))


def _within_raw_text(node: LexborNode | None) -> bool:
    while node is not None:
        if node.tag in _RAW_TEXT:
            return True
        node = node.parent
    return False


def _in_json(text: str) -> Iterable[str]:
    """The tokens that stand in strings of a JSON text; none where it is no JSON."""
    try:
        value = json.loads(text)
    except ValueError:
        return ()
    return [token for each in _strings(value) for token in RESERVED.findall(each)]


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
