"""What changed since an older library, grouped by its exact cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assembler.authoring.build.selection import EVERYTHING
from assembler.authoring.outcomes.cells import Cell, cells
from assembler.authoring.outcomes.people import slots_by_cell
from assembler.review.gallery.edition import Edition, Value
from assembler.review.gallery.listing import Listed, Place
from assembler.review.gallery.words import Change, changes
from assembler.review.subjects import Digest, Sheet, Slots, sheets
from assembler.runtime.library import Library

__all__ = ["Before", "Cause", "Older", "difference"]

Kind = Literal["changed", "added", "removed", "layout", "choice", "new"]
Difference = dict[str, list[Change]]
"""By part, and `body` and `links`: what is said otherwise there."""


@dataclass(slots=True, kw_only=True)
class Cause:
    """One thing that changed variants. `differences` are what it says otherwise, with the places where it does so.

    `variants` counts the variants in the gallery that it changed, `look` those of them that the plan wants looked at.
    """

    kind: Kind
    title: str
    differences: list[tuple[list[Place], Difference]] = field(default_factory=list)
    variants: int = 0
    look: int = 0

    @property
    def detail(self) -> str:
        """How much changed."""
        if self.kind not in ("changed", "layout"):
            return ""
        parts = {part for _, found in self.differences for part in found}
        if not parts:
            return "only its markup"
        return "only its links" if parts == {"links"} else "its words"

    def to_dict(self) -> dict[str, object]:
        """The cause as the pages need it."""
        differences = [
            {"places": [" · ".join(each) for each in places], "parts": found} for places, found in self.differences
        ]
        about = {"kind": self.kind, "title": self.title, "detail": self.detail, "differences": differences}
        return {**about, "variants": self.variants, "look": self.look}


@dataclass(frozen=True, slots=True)
class Before:
    """What stood in the place of a variant before, None for nothing, and the numbers of the causes of its change."""

    slots: Slots | None
    causes: tuple[int, ...]


class Older:
    """An older library beside a newer one. `at` is the moment that the older one was built for."""

    def __init__(self, older: Library, at: datetime, newer: Library) -> None:
        self._newer = {(sheet.campaign, sheet.channel, sheet.locale): sheet for _, sheet in sheets(newer)}
        self._older = {(sheet.campaign, sheet.channel, sheet.locale): sheet for _, sheet in sheets(older)}
        self.editions = {place: Edition(older, place) for place in self._older if place in self._newer}
        self._editions = {place: Edition(newer, place) for place in self.editions}
        self._names = {each.address for each in older.content.components}
        self._names_now = {each.address for each in newer.content.components}
        self._cells: dict[tuple[Place, Cell], Slots] = {}
        wanted = cells(older.content)
        for plan in EVERYTHING.plans(older):
            place = plan.campaign, plan.channel, plan.locale
            self._cells.update({(place, cell): slots for cell, slots in slots_by_cell(plan, at, wanted).items()})
        self._formers: dict[Place, Mapping[tuple[str, Digest], str]] = {}
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._known: set[tuple[int, Place]] = set()
        self.causes: list[Cause] = []

    def before(self, listed: Listed) -> Before:
        """What a variant of the newer library was before: what its first cell got, else the same components."""
        place, slots = listed.place, listed.card.slots
        if place not in self.editions:
            return self._told(listed, None, [self._cause("new", "New: " + " · ".join(place))])
        was = self._cells.get((place, listed.cells[0])) if listed.cells else None
        if was is None:
            was = self._held(place, slots)
        if was is None:
            return self._told(listed, None, [self._cause("new", "New combinations")])
        return self._told(listed, was, sorted(set(self._caused(place, was, slots))))

    def _told(self, listed: Listed, was: Slots | None, causes: list[int]) -> Before:
        for number in causes:
            self.causes[number].variants += 1
            self.causes[number].look += listed.status == "new"
        return Before(was, tuple(causes))

    def _held(self, place: Place, slots: Slots) -> Slots | None:
        """The same components by the names that they had before; None where they could not stand there."""
        edition, newer = self.editions[place], self._newer[place]
        if sorted(edition.slots) != sorted(slots):
            return None
        found = dict(slots)
        for slot, component in slots.items():
            if component is not None and (edition.slots.index(slot), component) not in edition.able:
                found[slot] = self._former(place).get((slot, newer.component(slot, component)))
                if found[slot] is None:
                    return None
        return found

    def _former(self, place: Place) -> Mapping[tuple[str, Digest], str]:
        """What could stand in each slot before, by its content."""
        if place not in self._formers:
            edition, older = self.editions[place], self._older[place]
            able = ((edition.slots[slot], component) for slot, component in edition.able if component is not None)
            self._formers[place] = {(slot, older.component(slot, each)): each for slot, each in sorted(able)}
        return self._formers[place]

    def _caused(self, place: Place, was: Slots, slots: Slots) -> Iterator[int]:
        older, newer = self._older[place], self._newer[place]
        if older.own != newer.own:
            yield self._layout(place, newer)
        for slot in dict.fromkeys((*slots, *was)):
            old, new = was.get(slot), slots.get(slot)
            same = old is not None and new is not None and older.component(slot, old) == newer.component(slot, new)
            if old != new and not same:
                yield self._chosen(slot, old, new)
            elif new is not None and not same:
                yield self._changed(place, slot, new)

    def _chosen(self, slot: str, old: str | None, new: str | None) -> int:
        if new is not None and new not in self._names:
            return self._cause("added", f"{new} was added")
        if old is not None and old not in self._names_now:
            return self._cause("removed", f"{old} was removed")
        return self._cause("choice", f"{slot}: {new or 'nothing'} in place of {old or 'nothing'}")

    def _changed(self, place: Place, slot: str, component: str) -> int:
        number = self._cause("changed", f"{component} changed")
        if (number, place) not in self._known:
            self._known.add((number, place))
            old, new = self.editions[place], self._editions[place]
            values: tuple[Value, Value] = (old.slots.index(slot), component), (new.slots.index(slot), component)
            self._differs(number, place, difference(old.says(values[0]), new.says(values[1])))
        return number

    def _layout(self, place: Place, sheet: Sheet) -> int:
        number = self._cause("layout", f"the layout {sheet.channel}/{sheet.layout_name} changed")
        if (number, place) not in self._known:
            self._known.add((number, place))
            old, new = self.editions[place], self._editions[place]
            self._differs(number, place, difference(old.layout_says(), new.layout_says()))
        return number

    def _differs(self, number: int, place: Place, found: Difference) -> None:
        if not found:
            return
        for places, known in self.causes[number].differences:
            if known == found:
                places.append(place)
                return
        self.causes[number].differences.append(([place], found))

    def _cause(self, kind: Kind, title: str) -> int:
        if (kind, title) not in self._numbers:
            self._numbers[kind, title] = len(self.causes)
            self.causes.append(Cause(kind=kind, title=title))
        return self._numbers[kind, title]


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """What is said otherwise, in the parts where something is."""
    parts = dict.fromkeys((*before, *after))
    pairs = ((part, before.get(part, ""), after.get(part, "")) for part in parts)
    return {part: changes(old, new) for part, old, new in pairs if old != new}
