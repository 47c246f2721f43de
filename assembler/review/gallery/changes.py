"""What changed since an older library, grouped by its exact cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.people import slots_by_cell
from assembler.authoring.outcomes.variants import every_plan
from assembler.review.gallery.change_sentences import (
    ChangeSentence,
    added,
    changed,
    gone_place,
    new_combinations,
    new_place,
    other_component,
    removed,
)
from assembler.review.gallery.listed_variants import GalleryVariant
from assembler.review.gallery.phrases import spoken
from assembler.review.gallery.variant_texts import SlotContent, VariantTexts
from assembler.review.gallery.words import WordChange, word_changes
from assembler.review.sampling.digests import Digest, Place, ReviewDigests, Slots, digests_of
from assembler.runtime.library import Library

CauseKind = Literal["changed", "added", "removed", "layout", "choice", "new", "gone"]
ChangesByPart = dict[str, list[WordChange]]
"""By part, and `body` and `links`: what is said otherwise there."""


@dataclass(slots=True, kw_only=True)
class ChangeCause:
    """One thing that changed variants. `differences` are what it says otherwise, with the places where it does so.

    The `title` tells causes apart. `lead` is the sentence about one that is no change of words; else what changed is a
    `component`, or the layout where that is None, and people call it by the `name`. `variants` counts the variants in
    the gallery that the cause changed, `look` those of them that the plan wants looked at.
    """

    kind: CauseKind
    title: str
    lead: ChangeSentence | None = None
    component: str | None = None
    name: str = ""
    differences: list[tuple[list[Place], ChangesByPart]] = field(default_factory=list)
    variants: int = 0
    look: int = 0

    @property
    def sentences(self) -> list[ChangeSentence]:
        """What changed, in words."""
        if self.lead:
            return [self.lead]
        subject = spoken((self.component or "layout").partition("/")[0])
        name = self.name if self.differences else f"“{spoken(self.component or self.name)}”"
        return changed(subject, name, self.differences)

    def to_dict(self) -> dict[str, object]:
        """Return the cause as the pages need it."""
        return {
            "kind": self.kind,
            "title": self.title,
            "component": self.component,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "variants": self.variants,
            "look": self.look,
        }


@dataclass(frozen=True, slots=True)
class FormerVariant:
    """What stood in the place of a variant before, None for nothing, and the numbers of the causes of its change."""

    slots: Slots | None
    causes: tuple[int, ...]


class LibraryChanges:
    """An older library beside a newer one. `at` is the moment that the older one was built for.

    `former_texts` are those of the older library, for every place that is still there; `causes` are told by their
    numbers, and fill as variants are asked about. With a `campaign`, what is gone of others is not told.
    """

    def __init__(self, older: Library, at: datetime, newer: Library, campaign: str | None = None) -> None:
        self._newer = {digests.place: digests for digests in digests_of(newer)}
        self._older = {digests.place: digests for digests in digests_of(older)}
        self.former_texts = {place: VariantTexts(older, place) for place in self._older if place in self._newer}
        self._texts = {place: VariantTexts(newer, place) for place in self.former_texts}
        self._former_components = {component.address for component in older.content.components}
        self._components = {component.address for component in newer.content.components}
        self._former_slots = dict(_slots_by_place_and_cell(older, at))
        self._former_addresses: dict[Place, Mapping[tuple[str, Digest], str]] = {}
        self._numbers: dict[tuple[CauseKind, str], int] = {}
        self._compared: set[tuple[int, Place]] = set()
        self.causes: list[ChangeCause] = []
        for place in sorted(self._older.keys() - self._newer.keys()):
            if campaign in (None, place[0]):
                self._cause("gone", "Gone: " + " · ".join(place), lead=gone_place(place))

    def former(self, listed: GalleryVariant) -> FormerVariant:
        """Return what a variant of the newer library was before: what its first cell got, else the same components.

        The variant is counted at each cause of its change.
        """
        place, slots = listed.card.place, listed.card.slots
        former = self._former_slots_of(listed)
        if place not in self.former_texts:
            causes = [self._cause("new", "New: " + " · ".join(place), lead=new_place(place))]
        elif former is None:
            causes = [self._cause("new", "New combinations", lead=new_combinations())]
        else:
            causes = sorted(set(self._causes(place, former, slots)))
        for number in causes:
            self.causes[number].variants += 1
            self.causes[number].look += listed.status == "new"
        return FormerVariant(former, tuple(causes))

    def _former_slots_of(self, listed: GalleryVariant) -> Slots | None:
        place = listed.card.place
        if place not in self.former_texts:
            return None
        former = self._former_slots.get((place, listed.cells[0])) if listed.cells else None
        return self._same_components(place, listed.card.slots) if former is None else former

    def _same_components(self, place: Place, slots: Slots) -> Slots | None:
        """The same components by the names that they had before; None where they could not stand there."""
        texts, newer = self.former_texts[place], self._newer[place]
        if sorted(texts.slots) != sorted(slots):
            return None
        former = dict(slots)
        for slot, component in slots.items():
            if component is not None and (texts.slots.index(slot), component) not in texts.possible_values:
                former[slot] = self._addresses_before(place).get((slot, newer.component_digest(slot, component)))
                if former[slot] is None:
                    return None
        return former

    def _addresses_before(self, place: Place) -> Mapping[tuple[str, Digest], str]:
        """What could stand in each slot before, by its content."""
        if place not in self._former_addresses:
            texts, older = self.former_texts[place], self._older[place]
            values = sorted(
                (texts.slots[slot], component) for slot, component in texts.possible_values if component is not None
            )
            self._former_addresses[place] = {
                (slot, older.component_digest(slot, component)): component for slot, component in values
            }
        return self._former_addresses[place]

    def _causes(self, place: Place, former: Slots, slots: Slots) -> Iterator[int]:
        older, newer = self._older[place], self._newer[place]
        if older.layout_text_digest != newer.layout_text_digest:
            yield self._layout_changed(place, newer)
        for slot in dict.fromkeys((*slots, *former)):
            old, new = former.get(slot), slots.get(slot)
            if old and new and older.component_digest(slot, old) == newer.component_digest(slot, new):
                continue
            if old != new:
                yield self._other_component(slot, old, new)
            elif new is not None:
                yield self._component_changed(place, slot, new)

    def _other_component(self, slot: str, old: str | None, new: str | None) -> int:
        if new is not None and new not in self._former_components:
            return self._cause("added", f"{new} was added", lead=added(new), component=new)
        if old is not None and old not in self._components:
            return self._cause("removed", f"{old} was removed", lead=removed(old))
        title = f"{slot}: {new or 'nothing'} in place of {old or 'nothing'}"
        return self._cause("choice", title, lead=other_component(slot, old, new), component=new)

    def _component_changed(self, place: Place, slot: str, component: str) -> int:
        number = self._cause("changed", f"{component} changed", component=component, name=self._name(component))
        if self._is_first(number, place):
            old, new = self.former_texts[place], self._texts[place]
            before: SlotContent = old.slots.index(slot), component
            after: SlotContent = new.slots.index(slot), component
            self._note(number, place, changes_by_part(old.words_of(before), new.words_of(after)))
        return number

    def _layout_changed(self, place: Place, digests: ReviewDigests) -> int:
        number = self._cause(
            "layout", f"the layout {digests.channel}/{digests.layout} changed", name=spoken(digests.layout)
        )
        if self._is_first(number, place):
            old, new = self.former_texts[place], self._texts[place]
            self._note(number, place, changes_by_part(old.layout_words(), new.layout_words()))
        return number

    def _is_first(self, number: int, place: Place) -> bool:
        """Whether a cause was not compared in a place before."""
        first = (number, place) not in self._compared
        self._compared.add((number, place))
        return first

    def _note(self, number: int, place: Place, changes: ChangesByPart) -> None:
        """Note what a cause says otherwise in a place, with the other places where it does so."""
        if not changes:
            return
        for places, known in self.causes[number].differences:
            if known == changes:
                places.append(place)
                return
        self.causes[number].differences.append(([place], changes))

    def _name(self, component: str) -> str:
        """What people call a component: the default of its slot is that."""
        is_default = any(component in digests.defaults.values() for digests in self._newer.values())
        return "default" if is_default else spoken(component)

    def _cause(
        self,
        kind: CauseKind,
        title: str,
        *,
        lead: ChangeSentence | None = None,
        component: str | None = None,
        name: str = "",
    ) -> int:
        """The number of a cause."""
        if (kind, title) not in self._numbers:
            self._numbers[kind, title] = len(self.causes)
            self.causes.append(ChangeCause(kind=kind, title=title, lead=lead, component=component, name=name))
        return self._numbers[kind, title]


def _slots_by_place_and_cell(library: Library, at: datetime) -> Iterator[tuple[tuple[Place, Cell], Slots]]:
    wanted = cells(library.content)
    for plan in every_plan(library):
        place = plan.campaign, plan.channel, plan.locale
        for cell, slots in slots_by_cell(plan, at, wanted).items():
            yield (place, cell), slots


def changes_by_part(before: Mapping[str, str], after: Mapping[str, str]) -> ChangesByPart:
    """Return what is said otherwise, in the parts where something is."""
    parts = dict.fromkeys((*before, *after))
    pairs = ((part, before.get(part, ""), after.get(part, "")) for part in parts)
    return {part: word_changes(old, new) for part, old, new in pairs if old != new}
