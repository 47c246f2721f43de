"""The words of components in each locale, and how alike they are."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import partial

import regex
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract_iter

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.compile.markdown import UNSPACED_SCRIPTS
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.library.values import in_nfc

# Scripts that write words without blanks count by the character.
_WORD = regex.compile(rf"[{UNSPACED_SCRIPTS}]|[\p{{L}}\p{{M}}\p{{N}}]+(?:['’][\p{{L}}\p{{M}}\p{{N}}]+)*")
_SURROGATES = range(0xD800, 0xE000)  # which are no characters
_ROUNDING = 1e-9
_MARGIN = 1e-3  # rapidfuzz may lose what is exactly at its cutoff


class _Alphabet:
    """A character for each word."""

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}

    def character(self, word: str) -> str:
        """The character of a word, the same each time."""
        number = len(self._characters) + 1
        return self._characters.setdefault(word, chr(number + len(_SURROGATES) * (number >= _SURROGATES.start)))


class Wording:
    """What the components of a project say, as words: their texts and Markdown, less markup, links and images.

    A word is kept as one character, so that what compares texts compares words. Merge fields stand at their fallbacks.
    """

    def __init__(self, project: LoadedProject, memo: MemoCache, surroundings: Hashable) -> None:
        """The memo knows words by what is the same while everything but the components is."""
        self._project = project
        self._memo = memo
        self._surroundings = surroundings
        self._alphabet = memo.get_or_make("alphabet", _Alphabet)

    def of(self, component: AuthoredComponent | None, locale: str) -> str:
        """The words of a component in a locale, a character each; none where it has nothing to say there."""
        if component is None:
            return ""
        key = (self._alphabet, self._surroundings, component.digest, locale)
        return self._memo.get_or_make(key, partial(self._read, component, locale))

    def locales(self, component: AuthoredComponent) -> Iterator[str]:
        """The locales that the component has a file for."""
        return (locale for locale in self._project.settings.locales if locale in component.words)

    def _read(self, component: AuthoredComponent, locale: str) -> str:
        copies = copies_in_locale(self._project, component, locale)
        texts = (visible_words(copy) for copy in copies if copy.kind in ("text", "markdown"))
        words = (word for text in texts for word in _WORD.findall(in_nfc(text.casefold())))
        return "".join(map(self._alphabet.character, words))


def similarity(first: str, second: str) -> float:
    """The share of words, 0 to 1, that need not be changed, added or taken away to make one text of the other."""
    return Levenshtein.normalized_similarity(first, second)


def alike(texts: Mapping[str, str], least: float) -> Iterator[tuple[str, str, float]]:
    """The pairs of texts (by their names) that are at least so similar, with their similarity.

    Only texts of like length are compared: what one has more than the other counts as changed.
    """
    by_length = sorted(texts, key=lambda name: len(texts[name]))
    shorter: dict[str, str] = {}
    start = 0
    for name in by_length:
        text = texts[name]
        while len(texts[by_length[start]]) < least * len(text) - _ROUNDING and by_length[start] != name:
            del shorter[by_length[start]]
            start += 1
        near = extract_iter(text, shorter, scorer=Levenshtein.normalized_similarity, score_cutoff=least - _MARGIN)
        yield from ((other, name, score) for _, score, other in near if score >= least - _ROUNDING)
        shorter[name] = text


def percent(share: float) -> str:
    """A share of 0 to 1 as people read it; nothing but the whole is 100%."""
    return f"{min(99, round(share * 100)) if share < 1 else 100}%"
