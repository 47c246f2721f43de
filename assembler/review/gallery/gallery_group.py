"""The variants of one campaign, channel and locale, as the pages need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from assembler.authoring.check.message_size import message_size
from assembler.authoring.outcomes.cells import Cell
from assembler.library.parts import PARTS
from assembler.review.gallery.changes import FormerVariant, LibraryChanges, changes_by_part
from assembler.review.gallery.listed_variants import GalleryVariant
from assembler.review.gallery.matrix import Matrix, make_matrix
from assembler.review.gallery.phrases import enumerated, spoken
from assembler.review.gallery.variant_texts import SlotContent, TextNumbers, VariantTexts
from assembler.review.gallery.words import json_words
from assembler.review.sampling.digests import Card, Place, Slots


class GalleryGroup:
    """The variants of one campaign, channel and locale."""

    def __init__(
        self, place: Place, variants: Sequence[GalleryVariant], texts: VariantTexts, changes: LibraryChanges | None
    ) -> None:
        self._place = place
        self._variants = variants
        self._texts = texts
        self._values = _numbered(_values(texts, variant.card.slots) for variant in variants)
        self._former_texts = changes.former_texts.get(place) if changes else None
        self._former = {variant.card.key: changes.former(variant) for variant in variants} if changes else {}
        slots = [former.slots for former in self._former.values() if former.slots is not None]
        self._former_values = (
            _numbered(_values(self._former_texts, former) for former in slots) if self._former_texts else {}
        )

    @cached_property
    def _default(self) -> Card:
        return next(variant.card for variant in self._variants if variant.card.is_default)

    def numbers(self, card: Card) -> list[int]:
        """Return the numbers of what stands in the slots of a card."""
        return [self._values[value] for value in _values(self._texts, card.slots)]

    def former(self, listed: GalleryVariant) -> FormerVariant | None:
        """Return what was there before a variant, where that is known."""
        return self._former.get(listed.card.key)

    def former_numbers(self, former: FormerVariant) -> list[int] | None:
        """Return the numbers of what stood in the slots before."""
        if former.slots is None or self._former_texts is None:
            return None
        return [self._former_values[value] for value in _values(self._former_texts, former.slots)]

    def matrix(self, segments: Sequence[str], stages: Sequence[str], *, first: int) -> Matrix:
        """Return who gets which variant; the number of the group's first variant is given."""
        by_cell: dict[Cell, int] = {}
        for number, variant in enumerate(self._variants, start=first):
            for cell in variant.cells:
                by_cell.setdefault(cell, number)
        default = next(number for number, variant in enumerate(self._variants, start=first) if variant.card.is_default)
        return make_matrix(segments, stages, by_cell, default)

    def title(self, card: Card) -> str:
        """Return what people know a variant by: its subject, else the title of its page, else how it begins."""
        filled = _values(self._texts, card.slots)
        if "html" in self._texts.documents and "subject" not in self._texts.documents:
            head = self._texts.joined("html", filled).partition("</title>")[0]
            title = LexborHTMLParser(head).css_first("title")
            return title.text().strip() if title is not None else ""
        part = "subject" if "subject" in self._texts.documents else next(iter(self._texts.documents))
        text = self._texts.joined(part, filled)
        lines = map(str.strip, (json_words(text) if part == "json" else text).split("\n"))
        return next((line for line in lines if any(map(str.isalnum, line))), "")

    def differences_of(self, listed: GalleryVariant) -> dict[str, object]:
        """Return how a variant differs from the default in words, and the slots in which it looks or reads otherwise:
        than the default, and where that is known than before."""
        default = _values(self._texts, self._default.slots)
        changed = self._changed(listed.card, self._texts, default)
        about: dict[str, object] = {"differs": _differs(changed, self._default.slots, listed.card.slots)}
        former = self._former.get(listed.card.key)
        if former is not None and former.slots is not None and self._former_texts is not None:
            values = _values(self._former_texts, former.slots)
            about["changed_since"] = self._changed(listed.card, self._former_texts, values)
        return {**about, "changed": changed}

    def _changed(self, card: Card, texts: VariantTexts, values: Iterable[SlotContent]) -> list[str]:
        there = {texts.slots[value[0]]: texts.renditions(value) for value in values}
        here = {value[0]: self._texts.renditions(value) for value in _values(self._texts, card.slots)}
        return [slot for slot in self._texts.reading_order if here[self._texts.slots.index(slot)] != there.get(slot)]

    def message_size(self, listed: GalleryVariant) -> dict[str, str]:
        """Return what it takes to send a variant that is text alone."""
        if {PARTS[part].syntax for part in self._texts.documents} & {"html", "json"}:
            return {}
        filled = _values(self._texts, listed.card.slots)
        parts = [self._texts.joined(part, filled).strip() for part in self._texts.documents]
        return {"size": str(message_size("\n".join(parts)))}

    def to_dict(self, texts: TextNumbers, subjects: TextNumbers) -> dict[str, object]:
        """Return the group as the pages need it."""
        campaign, channel, locale = self._place
        default = self._default
        return {
            "campaign": campaign,
            "channel": channel,
            "locale": locale,
            "layout": self._texts.layout,
            "slots": self._texts.slots,
            "values": list(self._values),
            "parts": self._texts.parts(self._values, texts),
            "default": self.numbers(default),
            "subjects": {"layout": subjects.number(default.layout_digest), **self._subjects(subjects)},
            "differences": self._differences(self.numbers(default)),
            "before": self._former_dict(texts),
        }

    def _subjects(self, subjects: TextNumbers) -> dict[str, object]:
        """The subjects: of components by value; of pairs as rows of two values and the subject."""
        components: dict[int, int] = {}
        pairs: dict[tuple[int, int], int] = {}
        for variant in self._variants:
            values = dict(zip(self._texts.slots, self.numbers(variant.card), strict=True))
            for slot, digest in variant.card.component_digests.items():
                components[values[slot]] = subjects.number(digest)
            for pair in variant.card.pairs:
                one, two = pair.slots
                pairs[values[one], values[two]] = subjects.number(pair.digest)
        return {"components": components, "pairs": [[*both, subject] for both, subject in pairs.items()]}

    def _differences(self, default: Sequence[int]) -> dict[str, object]:
        """What each value says otherwise than the default of its slot, by the numbers of both: `old>new`."""
        values = list(self._values)
        differences: dict[str, object] = {}
        for number, value in enumerate(values):
            base = default[value[0]]
            if base != number:
                changes = changes_by_part(self._texts.words_of(values[base]), self._texts.words_of(value))
                differences[f"{base}>{number}"] = changes
        return differences

    def _former_dict(self, texts: TextNumbers) -> dict[str, object] | None:
        if self._former_texts is None:
            return None
        return {
            "slots": self._former_texts.slots,
            "values": list(self._former_values),
            "parts": self._former_texts.parts(self._former_values, texts),
            "differences": self._former_differences(self._former_texts),
            "layout": changes_by_part(self._former_texts.layout_words(), self._texts.layout_words()),
        }

    def _former_differences(self, former_texts: VariantTexts) -> dict[str, object]:
        """What each value says otherwise than what stood in its slot before, by the numbers of both: `old>new`."""
        old, new = list(self._former_values), list(self._values)
        differences: dict[str, object] = {}
        for variant in self._variants:
            former = self.former_numbers(self._former[variant.card.key])
            for one in former or ():
                slot = former_texts.slots[old[one][0]]
                for two in self.numbers(variant.card):
                    name = f"{one}>{two}"
                    if self._texts.slots[new[two][0]] == slot and name not in differences:
                        differences[name] = changes_by_part(
                            former_texts.words_of(old[one]), self._texts.words_of(new[two])
                        )
        return {name: changes for name, changes in differences.items() if changes}


def _differs(changed: Iterable[str], default: Slots, slots: Slots) -> str:
    """What is otherwise than in the default, such as "other headline and offer; no proof"."""
    kinds: dict[str, list[str]] = {"other": [], "added:": [], "no": []}
    for slot in changed:
        kinds["no" if slots[slot] is None else "added:" if default[slot] is None else "other"].append(spoken(slot))
    return "; ".join(f"{kind} {enumerated(names)}" for kind, names in kinds.items() if names) or "like the default"


def _numbered(rows: Iterable[Sequence[SlotContent]]) -> dict[SlotContent, int]:
    """The values of some rows by slot and address, nothing first, each with its number."""
    values = sorted({value for row in rows for value in row}, key=lambda value: (value[0], value[1] or ""))
    return {value: number for number, value in enumerate(values)}


def _values(texts: VariantTexts, slots: Mapping[str, str | None]) -> list[SlotContent]:
    return [(number, slots[slot]) for number, slot in enumerate(texts.slots)]
