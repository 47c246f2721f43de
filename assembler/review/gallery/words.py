"""What copy says, and what is said otherwise, word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex
from rapidfuzz.distance import LCSseq
from selectolax.lexbor import LexborHTMLParser

WordChange = tuple[Literal["=", "-", "+"], str]
"""Text that stays, that is gone, or that is new."""

# Words as Unicode has them (UAX 29), and what stands between them: also for scripts without spaces.
_WORD = regex.compile(r"(?V1)(?w)\b")
_LEAST_SHARED = 0.5
_JSON_STRING = re.compile(r"\"(?P<words>(?:[^\"\\]|\\.)*+)(?P<end>\"?)(?P<name>\s*+:)?")
_PICTURE = re.compile(r"-([0-9a-f]{10})(?:@2x)?\.(?:png|jpg|gif|webp)\b")
_BLOCKS = "p, div, td, th, tr, li, h1, h2, h3, h4, h5, h6, br, blockquote, figcaption"


@dataclass(frozen=True, slots=True)
class HtmlWords:
    """What a rendition in HTML says: its words, with the alternative texts of images, and its links, line by line.

    `pictures` are the digests in the addresses of its pictures: the same picture by another name is the same.
    """

    body: str
    links: str
    pictures: str


def html_words(html: str) -> HtmlWords:
    """Return what is said in a piece of HTML, with a line break between blocks; a link is `words → address`."""
    tree = LexborHTMLParser(html)
    for node in tree.css("style, script, title"):
        node.decompose()
    links = [f"{_line(node.text())} → {node.attributes.get('href') or ''}" for node in tree.css("a[href]")]
    for node in tree.css("img[alt]"):
        alternative = node.attributes.get("alt")
        node.insert_before(f" [{alternative}] " if alternative else " ")
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    text = tree.body.text() if tree.body is not None else ""
    body = "\n".join(filter(None, map(_line, text.split("\n"))))
    return HtmlWords(body=body, links="\n".join(links), pictures=" ".join(_PICTURE.findall(html)))


def json_words(text: str) -> str:
    """Return what is said in a piece of JSON, line by line: its texts, but no names; a piece of a text is all said."""
    texts = [match for match in _JSON_STRING.finditer(text) if match["end"]]
    said = [match["words"] for match in texts if not match["name"]] if texts else [text]
    return "\n".join(filter(None, (str(json.loads(f'"{words}"', strict=False)).strip() for words in said)))


def word_changes(before: str, after: str) -> list[WordChange]:
    """Return the way from one text to the other with the fewest words changed (their longest common subsequence).

    Texts that share less than half of their words are another text, not a changed one: one is gone, the other new.
    """
    old, new = _WORD.split(before), _WORD.split(after)
    least = _LEAST_SHARED * max(_length(old), _length(new))
    if _length(filter(set(old).__contains__, new)) < least:  # what stays is no more than what both hold
        return list(_replaced(before, after))
    steps = LCSseq.opcodes(old, new)
    stays = sum(_length(new[step.dest_start : step.dest_end]) for step in steps if step.tag == "equal")
    if stays < least:
        return list(_replaced(before, after))
    changes: list[WordChange] = []
    for step in steps:
        gone = "".join(old[step.src_start : step.src_end])
        there = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            changes.append(("=", there))
            continue
        if gone:
            changes.append(("-", gone))
        if there:
            changes.append(("+", there))
    return list(_joined(changes))


def _line(text: str) -> str:
    """A text without runs of white space, and without what e-mail puts in only to take up room."""
    return " ".join(text.replace("\u200c", " ").replace("\u034f", " ").replace("\u00ad", "").split())


def _length(words: Iterable[str]) -> int:
    """How many characters there are, but white space."""
    return sum(map(len, map(str.strip, words)))


def _joined(changes: Sequence[WordChange]) -> Iterator[WordChange]:
    """White space alone between two changes is part of both, so that whole phrases are read."""
    gone, new = "", ""
    for number, (kind, text) in enumerate(changes):
        if kind == "-":
            gone += text
        elif kind == "+":
            new += text
        elif (gone or new) and number + 1 < len(changes) and _is_blank(text):
            gone, new = gone + text, new + text
        else:
            yield from _replaced(gone, new)
            gone, new = "", ""
            if text:
                yield "=", text
    yield from _replaced(gone, new)


def _is_blank(text: str) -> bool:
    """Whether a text is white space within a line."""
    return not text.strip() and "\n" not in text


def _replaced(gone: str, new: str) -> Iterator[WordChange]:
    """One text in the place of another, of which one or both may be empty or the same."""
    if gone == new:
        if gone:
            yield "=", gone
        return
    if gone:
        yield "-", gone
    if new:
        yield "+", new
