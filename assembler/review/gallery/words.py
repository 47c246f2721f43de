"""What copy says, and what is said otherwise, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex
from rapidfuzz.distance import LCSseq
from selectolax.lexbor import LexborHTMLParser

__all__ = ["Change", "Said", "changes", "said"]

Change = tuple[Literal["=", "-", "+"], str]
"""Text that stays, that is gone, or that is new."""

# Words as Unicode has them (UAX 29), and what stands between them: also for scripts without spaces.
_WORD = regex.compile(r"(?V1)(?w)\b")
_LEAST_SHARED = 0.5
_BLOCKS = "p, div, td, th, tr, li, h1, h2, h3, h4, h5, h6, br, blockquote, figcaption"


@dataclass(frozen=True, slots=True)
class Said:
    """What a rendition in HTML says: its words, with the alternative texts of images, and its links."""

    words: str
    links: str


def said(html: str) -> Said:
    """What is said in a piece of HTML, with a line break between blocks; a link is `words -> address`."""
    tree = LexborHTMLParser(html)
    for node in tree.css("style, script, title"):
        node.decompose()
    links = [f"{_line(node.text())} → {node.attributes.get('href') or ''}" for node in tree.css("a[href]")]
    for node in tree.css("img[alt]"):
        node.insert_before(f" [{node.attributes.get('alt') or ''}] " if node.attributes.get("alt") else " ")
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    text = tree.body.text() if tree.body is not None else ""
    lines = (_line(line) for line in text.split("\n"))
    return Said(words="\n".join(line for line in lines if line), links="\n".join(links))


def _line(text: str) -> str:
    """A text without runs of white space, and without what e-mail puts in only to take up room."""
    return " ".join(text.replace("\u200c", " ").replace("\u034f", " ").replace("\u00ad", "").split())


def changes(before: str, after: str) -> list[Change]:
    """One text to the other with the fewest words changed (their longest common subsequence).

    Texts that share less than half of their words are another text, not a changed one: one is gone, the other new.
    """
    old, new = _WORD.split(before), _WORD.split(after)
    steps = LCSseq.opcodes(old, new)
    stays = sum(_length(new[step.dest_start : step.dest_end]) for step in steps if step.tag == "equal")
    if stays < _LEAST_SHARED * max(_length(old), _length(new)):
        return list(_flushed(before, after))
    found: list[Change] = []
    for step in steps:
        gone = "".join(old[step.src_start : step.src_end])
        there = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            found.append(("=", there))
            continue
        if gone:
            found.append(("-", gone))
        if there:
            found.append(("+", there))
    return list(_tidy(found))


def _length(words: Sequence[str]) -> int:
    """How many characters there are, but white space."""
    return sum(len(word.strip()) for word in words)


def _tidy(found: Sequence[Change]) -> Iterator[Change]:
    """White space alone between two changes is part of both, so that whole phrases are read."""
    gone, new = "", ""
    for number, (kind, text) in enumerate(found):
        if kind == "-":
            gone += text
        elif kind == "+":
            new += text
        elif not text.strip() and "\n" not in text and (gone or new) and number + 1 < len(found):
            gone, new = gone + text, new + text
        else:
            yield from _flushed(gone, new)
            gone, new = "", ""
            if text:
                yield "=", text
    yield from _flushed(gone, new)


def _flushed(gone: str, new: str) -> Iterator[Change]:
    if gone == new:
        if gone:
            yield "=", gone
        return
    if gone:
        yield "-", gone
    if new:
        yield "+", new
