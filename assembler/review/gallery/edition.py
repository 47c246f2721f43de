"""A library as the pages need it: the texts of its documents, from which a browser joins any variant.

A page holds every text once, however many variants have it: 10,000 variants are hardly more than ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from assembler.library.documents import with_fallbacks
from assembler.library.records import Content, Document, Fragment
from assembler.review.gallery.listing import Place
from assembler.review.gallery.words import Said, said
from assembler.runtime.library import Library

__all__ = ["Edition", "Texts", "Value"]

Value = tuple[int, str | None]
"""What can stand in a slot, which is counted in the order of filling; None for nothing."""


class Texts:
    """Texts by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def all(self) -> list[str]:
        """Every text, by its number."""
        return list(self._numbers)


class Edition:
    """One campaign, channel and locale of a library, merge fields at their fallbacks."""

    def __init__(self, library: Library, place: Place) -> None:
        campaign, channel, locale = place
        self._content: Content = library.content
        self._texts = library.texts
        found = self._content.campaigns[campaign].channels[channel]
        self.layout = found.layout
        self.slots = tuple(
            row.context.slot.name for row in library.plan(campaign, channel=channel, locale=locale).slots
        )
        self.documents: Mapping[str, Document] = found.documents[locale]

    @cached_property
    def able(self) -> frozenset[Value]:
        """Everything that a slot can hold."""
        calls = (call for document in self.documents.values() for call in document.calls)
        filled = ((self.slots.index(call.slot), component) for call in calls for component in call.fragments)
        return frozenset((*filled, *((slot, None) for slot in range(len(self.slots)))))

    def parts(self, values: Iterable[Value], texts: Texts) -> dict[str, object]:
        """The documents by part: the numbers of their texts, and for each call its slot and what values put there."""
        numbered = [(number, slot, component) for number, (slot, component) in enumerate(values) if component]
        return {
            part: {
                "segments": [texts.number(self.text(segment)) for segment in document.segments],
                "calls": [
                    [
                        self.slots.index(call.slot),
                        {
                            number: texts.number(self.text(call.fragments[component]))
                            for number, slot, component in numbered
                            if self.slots[slot] == call.slot and component in call.fragments
                        },
                    ]
                    for call in document.calls
                ],
            }
            for part, document in self.documents.items()
        }

    def text(self, fragment: Fragment) -> str:
        """A fragment as text, with fallbacks in the places of merge fields."""
        return with_fallbacks(fragment, self._texts, self._content.placeholders).decode()

    def says(self, value: Value) -> dict[str, str]:
        """What a component says in its slot: its words in every part, and its links."""
        slot, component = value
        found: dict[str, str] = {}
        for part, document in self.documents.items():
            calls = [call for call in document.calls if call.slot == self.slots[slot]]
            texts = [
                self.text(call.fragments[component]) for call in calls if component and component in call.fragments
            ]
            if calls:
                found.update(_said(part, max(texts, key=len, default="")))
        if found.get("body") in (found.get("subject"), found.get("preheader")):
            found.pop("body", None)  # a preheader that is also hidden in the document
        return found

    def layout_says(self) -> dict[str, str]:
        """What the layout itself says."""
        found: dict[str, str] = {}
        for part, document in self.documents.items():
            found.update(_said(part, " ".join(self.text(segment) for segment in document.segments)))
        return found


def _said(part: str, text: str) -> dict[str, str]:
    if part != "html":
        return {part: text.strip()}
    found: Said = said(text)
    return {"body": found.words, "links": found.links}
