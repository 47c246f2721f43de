"""A preheader is not first, hidden and padded, has not 40 to 110 characters, or repeats the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from assembler.authoring.check.copy import count_graphemes
from assembler.authoring.check.locate_text import locate_reading
from assembler.authoring.check.pages.css import length
from assembler.authoring.check.pages.document_parts import Phrase
from assembler.authoring.check.pages.elements import Element, Mark, mark
from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.scope import MAILS
from assembler.authoring.diagnostics import Finding, Place
from assembler.library.values import INVISIBLE, in_nfc

_SHORTEST, _LONGEST, _FILLER = 40, 110, 100
_HIDDEN = '<div class="preheader">, with `display: none; max-height: 0; overflow: hidden; mso-hide: all;` in inline.css'
# Declarations that hide an element: by the most pixels that it may have, and by a word.
_SIZES_OF_NOTHING = {"max-height": 0, "max-width": 0, "height": 0, "width": 0, "font-size": 1, "line-height": 1}
_WORDS_OF_NOTHING = {
    "display": "none",
    "opacity": "0",
    "visibility": "hidden",
    "overflow": "hidden",
    "mso-hide": "all",
    "color": "transparent",
}
_VISIBLE = re.compile(f"[^{INVISIBLE}]")
_WORD = regex.compile(r"[\p{L}\p{N}]+")


@MAILS.rule(
    "E13",
    "error",
    __doc__,
    "Begin body with a hidden element for it and much zero-width filler; let it go on where the subject ends.",
)
def poor_preheader(page: Page) -> Iterator[Finding]:
    preheader = _first(page.body)
    if preheader is None or not _ways(preheader):
        hint = f"begin body with {_HIDDEN}"
        place = page.place_in_layout(preheader or page.body)
        yield Finding(place, "body does not begin with a hidden preheader", hint)
        return
    place = page.place_in_layout(preheader)
    if _ways(preheader) < 3:
        yield Finding(place, "the preheader is hidden in fewer than three ways", f"write {_HIDDEN}")
    marked = _marked(preheader)
    last = _VISIBLE.search(marked[::-1])
    filler = last.start() if last is not None else len(marked)
    if filler < _FILLER:
        hint = f"end it with {_FILLER} characters or more of &#847;&zwnj;&nbsp; over and over"
        yield Finding(place, "the preheader is not padded, so that the body leaks into the preview", hint)
    yield from _words(page, page.html.phrase(marked[: len(marked) - filler]), place)


def _first(body: Element) -> Element | None:
    """The first thing in body that is no comment, if it is an element and no slot."""
    for child in body.children:
        if isinstance(child, Element):
            return child
        if isinstance(child, Mark) or (isinstance(child, str) and child.strip()):
            return None
    return None


def _ways(element: Element) -> int:
    """Return in how many ways an element is hidden."""
    style = {name: value.lower().replace(" ", "") for name, value in element.style.items()}
    sizes = ((length(style.get(name)), most) for name, most in _SIZES_OF_NOTHING.items())
    small = sum(size is not None and size <= most for size, most in sizes)
    return small + sum(style.get(name) == value for name, value in _WORDS_OF_NOTHING.items())


def _marked(element: Element) -> str:
    """The text of an element, with a mark where a slot stands."""
    text = ""
    for child in element.children:
        match child:
            case str():
                text += child
            case Mark():
                text += mark(child.number)
            case Element():
                text += _marked(child)
    return text


def _words(page: Page, phrase: Phrase, place: Place) -> Iterator[Finding]:
    subjects = [(own, said, _plain(said)) for own, said in page.subject.readings()] if page.subject else []
    slots = {insert.slot for insert in (*phrase.inserts, *(page.subject.inserts if page.subject else ()))}
    for address, text in phrase.readings():
        count = count_graphemes(text)
        at = locate_reading(page, address, text) or place
        if not _SHORTEST <= count <= _LONGEST:
            message = f"the preheader has {count} characters; {_SHORTEST} to {_LONGEST} are wanted"
            hint = "add what the subject leaves open" if count < _SHORTEST else f"take away {count - _LONGEST}"
            yield Finding(at, message, hint)
        repeated = _repeated(subjects, address if len(slots) == 1 else None, _plain(text))
        if repeated:
            message = f"the preheader repeats the subject {repeated!r}"
            yield Finding(at, message, "say something that the subject does not")


def _repeated(subjects: Sequence[tuple[str | None, str, str]], address: str | None, preheader: str) -> str | None:
    """The subject that a preheader says again; `address`: only that of the variants with this component."""
    for own, subject, said in subjects:
        if address in (None, own) and said and preheader and (said in preheader or preheader in said):
            return subject
    return None


def _plain(text: str) -> str:
    """The words alone, between blanks, so that only whole words are found in each other."""
    return f" {' '.join(_WORD.findall(in_nfc(text.casefold())))} " if text.strip() else ""
