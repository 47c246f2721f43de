"""The texts of a library's documents, from which a browser joins any variant.

A page holds every text once, however many variants have it: 10,000 variants are hardly more than ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from assembler.library.records import Call, Content, Document, Fragment, with_fallbacks
from assembler.review.gallery.words import html_words, json_words
from assembler.review.sampling.digests import Place
from assembler.runtime.library import Library

SlotContent = tuple[int, str | None]
"""A slot, which is counted in the order of filling, and the component that can stand in it; None for nothing."""


class TextNumbers:
    """Texts by number, each once: those of documents, or digests."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """Every text, by its number."""
        return list(self._numbers)


class VariantTexts:
    """The documents of one campaign, channel and locale of a library, merge fields at their fallbacks."""

    def __init__(self, library: Library, place: Place) -> None:
        campaign, channel, locale = place
        self._content: Content = library.content
        self._texts = library.texts
        contents = self._content.campaigns[campaign].channels[channel]
        self.layout = contents.layout
        plan = library.plan(campaign, channel=channel, locale=locale)
        self.slots = tuple(slot.name for slot in plan.slots)
        self.documents: Mapping[str, Document] = contents.documents[locale]
        self._renditions: dict[SlotContent, Mapping[str, list[str]]] = {}
        self._words: dict[SlotContent, Mapping[str, str]] = {}

    @cached_property
    def possible_values(self) -> frozenset[SlotContent]:
        """Everything that a slot can hold."""
        calls = (call for document in self.documents.values() for call in document.calls)
        filled = ((self.slots.index(call.slot), component) for call in calls for component in call.fragments)
        return frozenset((*filled, *((slot, None) for slot in range(len(self.slots)))))

    def parts(self, values: Iterable[SlotContent], texts: TextNumbers) -> dict[str, object]:
        """Return the documents by part: the numbers of their texts, and for each call its slot and by the number of a
        value the number of what it puts there."""
        numbered = [(number, slot, component) for number, (slot, component) in enumerate(values) if component]
        return {
            part: {
                "segments": [texts.number(self._text(segment)) for segment in document.segments],
                "calls": [
                    [
                        self.slots.index(call.slot),
                        {
                            number: texts.number(self._text(call.fragments[component]))
                            for number, slot, component in numbered
                            if self.slots[slot] == call.slot and component in call.fragments
                        },
                    ]
                    for call in document.calls
                ],
            }
            for part, document in self.documents.items()
        }

    @cached_property
    def reading_order(self) -> tuple[str, ...]:
        """The slots in the order in which they are read; those that are nowhere to be seen are left out."""
        calls = [(part, call) for part, document in self.documents.items() for call in document.calls]
        # A call in an attribute, such as the address of a button around a picture, is not where a slot is read.
        read = (call.slot for part, call in calls if part != "html" or self._is_markup(call))
        return tuple(dict.fromkeys((*read, *(call.slot for _, call in calls))))

    def _is_markup(self, call: Call) -> bool:
        return any("<" in self._text(fragment) for fragment in call.fragments.values())

    def renditions(self, value: SlotContent) -> Mapping[str, list[str]]:
        """Return by part what a component puts into each call of its slot; nothing where it puts nothing there."""
        if value not in self._renditions:
            slot, component = value
            self._renditions[value] = {
                part: [
                    self._text(call.fragments.get(component or "", ()))
                    for call in document.calls
                    if call.slot == self.slots[slot]
                ]
                for part, document in self.documents.items()
            }
        return self._renditions[value]

    def joined(self, part: str, values: Iterable[SlotContent]) -> str:
        """Return a part with values in their slots."""
        components = {self.slots[slot]: component or "" for slot, component in values}
        document = self.documents[part]
        texts = [self._text(document.segments[0])]
        for call, segment in zip(document.calls, document.segments[1:], strict=True):
            texts += [self._text(call.fragments.get(components[call.slot], ())), self._text(segment)]
        return "".join(texts)

    def words_of(self, value: SlotContent) -> Mapping[str, str]:
        """Return what a component says in its slot: its words in every part, and its links."""
        if value not in self._words:
            self._words[value] = self._read_words(value)
        return self._words[value]

    def _read_words(self, value: SlotContent) -> dict[str, str]:
        words: dict[str, str] = {}
        for part, texts in self.renditions(value).items():
            if texts:
                words.update(_words_of(part, max(texts, key=len)))
        if words.get("body") in (words.get("subject"), words.get("preheader")):
            words.pop("body", None)  # a preheader that is also hidden in the document
        return words

    def layout_words(self) -> dict[str, str]:
        """Return what the layout itself says, by part."""
        words: dict[str, str] = {}
        for part, document in self.documents.items():
            words.update(_words_of(part, " ".join(map(self._text, document.segments))))
        return words

    def _text(self, fragment: Fragment) -> str:
        """A fragment as text, with fallbacks in the places of merge fields."""
        return with_fallbacks(fragment, self._texts, self._content.placeholders).decode()


def _words_of(part: str, text: str) -> dict[str, str]:
    if part == "json":
        return {"body": json_words(text)}
    if part != "html":
        return {part: text.strip()}
    words = html_words(text)
    return {"body": words.body, "links": words.links, "pictures": words.pictures}
