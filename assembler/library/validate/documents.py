"""Documents and what they are made of: numbers of texts and placeholders, a fragment of all that can stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from assembler.library.documents import numbers, with_fallbacks
from assembler.library.records import Document, Field, Fragment, Placeholder
from assembler.library.validate.fault import Fault, check_known

__all__ = ["Pieces", "Standing", "check_document"]


class Standing(NamedTuple):
    """The components that may fill a slot somewhere, and all those of the slot's type."""

    able: frozenset[str]
    of_type: frozenset[str]


class Pieces:
    """The texts and placeholders that documents are made of. All texts are UTF-8."""

    def __init__(
        self, texts: Sequence[bytes], placeholders: Sequence[Placeholder], fields: Mapping[str, Field]
    ) -> None:
        for number, text in enumerate(texts):
            try:
                text.decode()
            except UnicodeDecodeError:
                raise Fault(f"texts.{number}", "it is not UTF-8") from None
        self._texts = texts
        self._placeholders = placeholders
        self._blank = frozenset(number for number, text in enumerate(texts) if not text or text.isspace())
        for number, placeholder in enumerate(placeholders):
            check_known([placeholder.field], fields, f"holes.{number}.field")
            if not self.has_text(placeholder.fallback) or (
                placeholder.encoder in ("url", "url_text") and placeholder.fallback in self._blank
            ):
                raise Fault(
                    f"holes.{number}.fallback", f"{placeholder.fallback} is the number of no text, or of an empty link"
                )

    def has_text(self, number: int) -> bool:
        """Whether a text has this number."""
        return 0 <= number < len(self._texts)

    def has(self, given: Sequence[int]) -> bool:
        """Whether every number is that of a text or a placeholder."""
        return not given or (max(given) < len(self._texts) and min(given) >= -len(self._placeholders))

    def shows(self, fragment: Fragment) -> bool:
        """Whether anything of a fragment is not blank."""
        return not self._blank.issuperset(fragment)

    def text(self, number: int) -> bytes:
        """A text."""
        return self._texts[number]

    def joined(self, document: Document, chosen: Mapping[str, str | None]) -> bytes:
        """What a document is with these components, and every merge field at its fallback."""
        return with_fallbacks(numbers(document, chosen), self._texts, self._placeholders)


def check_document(document: Document, slots: Mapping[str, Standing], pieces: Pieces, place: str) -> None:
    """A document has calls between its segments, each with a fragment of all that may fill its slot."""
    if len(document.segments) != len(document.calls) + 1:
        raise Fault(f"{place}.segments", "there is one more than there are calls")
    fragments = chain.from_iterable(call.fragments.values() for call in document.calls)
    if not pieces.has(list(chain.from_iterable(chain(document.segments, fragments)))):
        raise Fault(place, "it names texts or holes which are not there")
    for number, call in enumerate(document.calls):
        check_known([call.slot], slots, f"{place}.calls.{number}.slot")
        able, of_type = slots[call.slot]
        check_known(call.fragments.keys() - of_type, (), f"{place}.calls.{number}.fragments")
        for address in able - call.fragments.keys():
            raise Fault(f"{place}.calls.{number}.fragments", f"{address} may stand there and has no fragment")
