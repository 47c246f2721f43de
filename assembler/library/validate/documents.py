"""Documents and what they are made of: numbers of texts and placeholders, a fragment of all that can stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from assembler.library.records import Document, Field, Fragment, Placeholder, with_fallbacks
from assembler.library.validate.invalid_library import InvalidLibrary, check_known, require


class SlotComponents(NamedTuple):
    """The components that may fill a slot somewhere, and all those of the slot's type."""

    able: frozenset[str]
    of_type: frozenset[str]


class DocumentTexts:
    """The texts and placeholders that documents are made of.

    Raises `InvalidLibrary` where a text is no UTF-8, a field is unknown, or a fallback is no text or an empty link.
    """

    def __init__(
        self, texts: Sequence[bytes], placeholders: Sequence[Placeholder], fields: Mapping[str, Field]
    ) -> None:
        for number, text in enumerate(texts):
            try:
                text.decode()
            except UnicodeDecodeError:
                raise InvalidLibrary(f"texts.{number}", "it is not UTF-8") from None
        self._texts = texts
        self._placeholders = placeholders
        self._blank = frozenset(number for number, text in enumerate(texts) if not text or text.isspace())
        for number, placeholder in enumerate(placeholders):
            check_known([placeholder.field], fields, f"holes.{number}.field")
            fallback = placeholder.fallback
            is_empty_link = placeholder.encoder in ("url", "url_text") and fallback in self._blank
            is_there = self.text(fallback) is not None and not is_empty_link
            problem = f"{fallback} is the number of no text, or of an empty link"
            require(is_there, f"holes.{number}.fallback", problem)

    def text(self, number: int) -> bytes | None:
        """Return the text of a number, or None where there is none."""
        return self._texts[number] if 0 <= number < len(self._texts) else None

    def has_all(self, numbers: Sequence[int]) -> bool:
        """Whether every number is that of a text or a placeholder."""
        return not numbers or (max(numbers) < len(self._texts) and min(numbers) >= -len(self._placeholders))

    def is_visible(self, fragment: Fragment) -> bool:
        """Whether anything of a fragment is not blank."""
        return not self._blank.issuperset(fragment)

    def joined(self, document: Document, chosen: Mapping[str, str | None]) -> bytes:
        """Return what a document is with these components, and every merge field at its fallback."""
        return with_fallbacks(document.numbers(chosen), self._texts, self._placeholders)


def check_document(document: Document, slots: Mapping[str, SlotComponents], texts: DocumentTexts, place: str) -> None:
    """Check a document; `slots` has what may fill each slot, by name.

    Raises `InvalidLibrary` unless it has calls between its segments, with a fragment of all that may fill their slots.
    """
    is_whole = len(document.segments) == len(document.calls) + 1
    require(is_whole, f"{place}.segments", "there is one more than there are calls")
    fragments = chain.from_iterable(call.fragments.values() for call in document.calls)
    named = list(chain.from_iterable(chain(document.segments, fragments)))
    require(texts.has_all(named), place, "it names texts or holes which are not there")
    for number, call in enumerate(document.calls):
        check_known([call.slot], slots, f"{place}.calls.{number}.slot")
        able, of_type = slots[call.slot]
        check_known(call.fragments.keys() - of_type, (), f"{place}.calls.{number}.fragments")
        for address in able - call.fragments.keys():
            raise InvalidLibrary(f"{place}.calls.{number}.fragments", f"{address} may stand there and has no fragment")
