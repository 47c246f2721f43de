"""A subject feigns an answer, is all in capitals, or has a row of exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from assembler.authoring.check.locate_text import locate_reading
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding

# What mail programs put before the subject of an answer, or of what they forward, in the languages of Europe.
_ANSWER = re.compile(
    r"\W*(?:re|fwd?|tr|aw|antw|wg|rv|res|enc|sv|vs|vb|vl|odp|rif|ynt|ilt)(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
_MARKS = re.compile(r"(?<![!?！？])(?=[?？]*[!！])[!?！？]{2,}")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_ACRONYM = 4
"""The letters of a word that may be in capitals for another reason."""

_SENTENCE = 4
"""So many words are a sentence, though each of them is short."""

_SHOUTED = frozenset(
    "NOW ENDS END SALE SAVE FREE LAST ONLY OPEN DEAL HERE THIS YOUR YOU OFF BUY NEW DAY DAYS HOT OUR OUT HALF BIG FAST "
    "SOON LEFT ACT GET GO WIN BEST NUR JETZT HEUTE ALLES NEU ICI VITE FIN AHORA HOY SOLO OGGI ORA".split()
)
"""Short words that are no acronyms: with two of them, a subject of fewer words is a sentence too."""

_SHORT = 10
"""The characters of a subject that is too short to be judged, as in SpamAssassin's SUBJ_ALL_CAPS."""


@MAILS.rule(
    "E19",
    "warning",
    __doc__,
    "Write it as you would to one person whom you know: spam filters and readers know these by heart.",
)
def misleading_subject(page: Page) -> Iterator[Finding]:
    for chosen, text in page.subject.readings() if page.subject is not None else ():
        for message, hint in _faults(text, str(page.pages.project.settings.brand.get("name", ""))):
            place = locate_reading(page, chosen, text) or page.templates["subject"].source.at()
            yield Finding(place, message, hint)


def _faults(text: str, brand: str) -> Iterator[tuple[str, str]]:
    answer = _ANSWER.match(text)
    if answer is not None:
        yield f"the subject begins with {answer[0].strip()!r}, as an answer does", "begin with what it is about"
    if _shouts(text, brand):
        yield "the subject is all in capitals", "write it in small letters"
    marks = _MARKS.search(text)
    if marks is not None:
        yield f"the subject has {marks[0]!r}", "one mark at most"


def _shouts(text: str, brand: str) -> bool:
    """Whether a subject of several words has no small letter, beside the brand's name, and more than acronyms.

    Scripts without capitals have none; a merge field is read at its fallback.
    """
    words = _WORD.findall(re.sub(re.escape(brand), " ", text, flags=re.IGNORECASE) if brand else text)
    letters = "".join(words)
    longest = max(map(len, words), default=0)
    is_sentence = len(words) >= _SENTENCE or len(_SHOUTED.intersection(words)) > 1
    several = is_sentence if longest == _ACRONYM else len(words) > 1 and longest > _ACRONYM
    return len(text) >= _SHORT and several and letters == letters.upper() != letters.lower()
