"""Text that was saved in one encoding and read in another: `cafÃ©` for café."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ftfy import fix_encoding

_LOST = "\ufffd"
_EDGES = ' \n\t<>"'
_WORD = re.compile(f"[^{_EDGES}]+")


@dataclass(frozen=True, slots=True)
class Misread:
    """A word that was read wrongly, from `start` to `end` of a text, and what it was; None where that is lost."""

    start: int
    end: int
    meant: str | None


@lru_cache(maxsize=4_096)
def misread(text: str) -> tuple[Misread, ...]:
    """The words of a text that were read in another encoding than they were saved in, once or twice."""
    return () if text.isascii() else tuple(sorted(_found(text), key=lambda word: word.start))


def _found(text: str) -> Iterator[Misread]:
    for match in re.finditer(f"{_LOST}+", text):
        yield Misread(match.start(), match.end(), None)
    meant = fix_encoding(text)
    if meant == text:
        return
    written, right = list(_WORD.finditer(text)), _WORD.findall(meant)
    if len(written) == len(right):
        for match, word in zip(written, right, strict=True):
            if match[0] != word and _LOST not in word:
                yield Misread(match.start(), match.end(), word)
    else:
        yield _between(text, meant)


def _between(text: str, meant: str) -> Misread:
    """All that differs, where blanks came or went too: the whole words around it."""
    start = next((at for at, (one, other) in enumerate(zip(text, meant, strict=False)) if one != other), len(meant))
    most = min(len(text), len(meant)) - start
    same = next((at for at in range(most) if text[-1 - at] != meant[-1 - at]), most)
    start = 1 + max(text.rfind(blank, 0, start) for blank in _EDGES)
    end = len(text) - same
    while end < len(text) and text[end] not in _EDGES:
        end, same = end + 1, same - 1
    return Misread(start, end, meant[start : len(meant) - same])
