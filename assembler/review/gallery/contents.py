"""All that the pages show, as one JSON object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import Any

from assembler.authoring.check.inheritance import inherited
from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.project.component import AuthoredComponent
from assembler.authoring.project.project import LoadedProject
from assembler.review.approvals.status import Approvals
from assembler.review.gallery.changes import FormerVariant, LibraryChanges, changes_by_part
from assembler.review.gallery.decision_data import decisions_by_card, status_letters
from assembler.review.gallery.listed_variants import GalleryVariant
from assembler.review.gallery.variant_texts import SlotContent, TextNumbers, VariantTexts
from assembler.review.round import ReviewRound
from assembler.review.sampling.digests import Card, Digest, Place

SCHEMA = 1


class _SubjectNumbers:
    """The digests of subjects by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[Digest, int] = {}

    def number(self, digest: Digest) -> int:
        return self._numbers.setdefault(digest, len(self._numbers))

    def to_dict(self, status: Approvals) -> dict[str, object]:
        """Return the digests, with the status of each; `alone` are those that a batch does not approve."""
        return {
            "digests": list(self._numbers),
            "status": status_letters(status, self._numbers),
            "alone": [number for digest, number in self._numbers.items() if digest in status.defaults],
        }


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a gallery shows: a review, its variants, and where there is an older library, what changed since."""

    review: ReviewRound
    variants: Sequence[GalleryVariant]
    tool: str
    changes: LibraryChanges | None = None

    @property
    def texts(self) -> Sequence[str]:
        """Every text that variants are joined of, once the object is made."""
        return self._text_numbers.texts

    def to_dict(self) -> dict[str, object]:
        """Return the object, of plain dictionaries, lists, texts and numbers.

        A group is a campaign, channel and locale. In it `values` are pairs of a slot and an address; components stand
        in cards, documents and differences by their number there.
        """
        settings = self._project.settings
        texts, subjects = self._text_numbers, _SubjectNumbers()
        groups, cards = [], []
        for number, (place, variants) in enumerate(self._by_place().items()):
            group = _GalleryGroup(place, variants, VariantTexts(self.review.library, place), self.changes)
            groups.append({**group.to_dict(texts, subjects), "envelope": settings.channels[place[1]].envelope})
            cards += [self._card(number, group, variant) for variant in variants]
        return {
            "schema": SCHEMA,
            "name": settings.name,
            "brand": str(settings.brand.get("name", settings.name)),
            "at": self.review.moment.astimezone(UTC).isoformat(timespec="seconds"),
            "tool": self.tool,
            "roles": list(settings.policy.review.roles),
            "texts": texts.texts,
            "groups": groups,
            "components": self._components(),
            "subjects": subjects.to_dict(self.review.approval_status),
            "cards": cards,
            "causes": [cause.to_dict() for cause in self.changes.causes] if self.changes else None,
        }

    @property
    def _project(self) -> LoadedProject:
        return self.review.project.loaded

    @cached_property
    def _text_numbers(self) -> TextNumbers:
        return TextNumbers()

    @cached_property
    def _decisions(self) -> Mapping[Digest, list[dict[str, object]]]:
        return decisions_by_card(self.review.decisions)

    def _by_place(self) -> Mapping[Place, list[GalleryVariant]]:
        by_place: dict[Place, list[GalleryVariant]] = {}
        for variant in self.variants:
            by_place.setdefault(variant.card.place, []).append(variant)
        return by_place

    def _card(self, number: int, group: _GalleryGroup, listed: GalleryVariant) -> dict[str, object]:
        former = group.former(listed)
        return {
            "group": number,
            "key": listed.card.key,
            "values": group.numbers(listed.card),
            "digest": listed.card.digest,
            "default": listed.card.is_default,
            "why": listed.why,
            "status": listed.status,
            "cells": listed.cells,
            "who": listed.who,
            "decisions": self._decisions.get(listed.card.digest, []),
            **({"causes": former.causes, "before": group.former_numbers(former)} if former else {}),
        }

    def _components(self) -> dict[str, object]:
        """What is known of every component that stands on a card, by its address."""
        by_path: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for diagnostic in self.review.project.check(self.review.moment).diagnostics:
            by_path[diagnostic.path].append(diagnostic)
        on_cards = {address for variant in self.variants for address in variant.card.slots.values() if address}
        about: dict[str, object] = {}
        for address in sorted(on_cards):
            component = self._project.components[address]
            paths = [words.source.path for words in component.words.values()]
            about[address] = self._about(component, [diagnostic for path in paths for diagnostic in by_path[path]])
        return about

    def _about(self, component: AuthoredComponent, findings: Iterable[Diagnostic]) -> dict[str, object]:
        owner, hypothesis, review = (
            inherited(self._project, component, key) for key in ("owner", "hypothesis", "review_by")
        )
        return {
            "owner": owner,
            "hypothesis": hypothesis,
            "review": str(review) if review else None,
            "path": component.original.source.path,
            "findings": [f"{finding.code} {finding.severity}: {finding.message}" for finding in findings],
        }


def joined(contents: Mapping[str, Any], card: Mapping[str, Any], part: str, *, before: bool = False) -> str:
    """Return a part of a variant, joined as the page joins it; with `before`, of what stood there before."""
    group = contents["groups"][card["group"]]
    source, values = (group["before"], card["before"]) if before else (group, card["values"])
    document = source["parts"][part]
    texts = [contents["texts"][document["segments"][0]]]
    for (slot, fragments), segment in zip(document["calls"], document["segments"][1:], strict=True):
        number = fragments.get(values[slot])
        texts += ["" if number is None else contents["texts"][number], contents["texts"][segment]]
    return "".join(texts)


class _GalleryGroup:
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

    def to_dict(self, texts: TextNumbers, subjects: _SubjectNumbers) -> dict[str, object]:
        """Return the group as the pages need it."""
        campaign, channel, locale = self._place
        first = self._variants[0].card
        default = next(variant.card for variant in self._variants if variant.card.is_default)
        return {
            "campaign": campaign,
            "channel": channel,
            "locale": locale,
            "layout": self._texts.layout,
            "slots": self._texts.slots,
            "values": list(self._values),
            "parts": self._texts.parts(self._values, texts),
            "default": self.numbers(default),
            "subjects": {"layout": subjects.number(first.layout_digest), **self._subjects(subjects)},
            "differences": self._differences(self.numbers(default)),
            "before": self._former_dict(texts),
        }

    def _subjects(self, subjects: _SubjectNumbers) -> dict[str, object]:
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


def _numbered(rows: Iterable[Sequence[SlotContent]]) -> dict[SlotContent, int]:
    """The values of some rows by slot and address, nothing first, each with its number."""
    values = sorted({value for row in rows for value in row}, key=lambda value: (value[0], value[1] or ""))
    return {value: number for number, value in enumerate(values)}


def _values(texts: VariantTexts, slots: Mapping[str, str | None]) -> list[SlotContent]:
    return [(number, slots[slot]) for number, slot in enumerate(texts.slots)]
