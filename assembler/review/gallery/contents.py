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
from assembler.review.approvals.standing import Standing
from assembler.review.gallery.causes import Before, Older, difference
from assembler.review.gallery.decided import decisions_by_card, statuses
from assembler.review.gallery.edition import Edition, Texts, Value
from assembler.review.gallery.listing import Listed, Place
from assembler.review.round import ReviewRound
from assembler.review.subjects import Card, Digest

__all__ = ["SCHEMA", "Contents", "joined"]

SCHEMA = 1


class _Subjects:
    """Digests by number, each once, with the status of each."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._numbers: dict[Digest, int] = {}

    def number(self, digest: Digest) -> int:
        return self._numbers.setdefault(digest, len(self._numbers))

    def to_dict(self) -> dict[str, object]:
        return {
            "digests": list(self._numbers),
            "status": statuses(self._standing, self._numbers),
            "alone": [number for digest, number in self._numbers.items() if digest in self._standing.alone],
        }


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a gallery shows: a review, its variants, and where there is an older library, what was before."""

    review: ReviewRound
    variants: Sequence[Listed]
    tool: str
    older: Older | None = None

    @property
    def texts(self) -> Sequence[str]:
        """Every text that variants are joined of."""
        return self._texts.all

    def to_dict(self) -> dict[str, object]:
        """The object, of plain dictionaries, lists, texts and numbers.

        A group is a campaign, channel and locale. In it `values` are pairs of a slot and an address; components stand
        in cards, documents and differences by their number there.
        """
        settings = self._project.settings
        texts, subjects = self._texts, _Subjects(self.review.standing)
        groups, cards = [], []
        for number, (place, variants) in enumerate(self._by_place.items()):
            group = _Group(place, variants, Edition(self.review.library, place), self.older)
            groups.append({**group.to_dict(texts, subjects), "envelope": settings.channels[place[1]].envelope})
            cards += [self._card(number, group, each) for each in variants]
        return {
            "schema": SCHEMA,
            "name": settings.name,
            "brand": str(settings.brand.get("name", settings.name)),
            "at": self.review.moment.astimezone(UTC).isoformat(timespec="seconds"),
            "tool": self.tool,
            "roles": list(settings.policy.review.roles),
            "texts": texts.all,
            "groups": groups,
            "components": self._components(groups),
            "subjects": subjects.to_dict(),
            "cards": cards,
            "causes": [each.to_dict() for each in self.older.causes] if self.older else None,
        }

    @property
    def _project(self) -> LoadedProject:
        return self.review.project.loaded

    @cached_property
    def _texts(self) -> Texts:
        return Texts()

    @cached_property
    def _by_place(self) -> Mapping[Place, list[Listed]]:
        found: dict[Place, list[Listed]] = {}
        for each in self.variants:
            found.setdefault(each.place, []).append(each)
        return found

    @cached_property
    def _decided(self) -> Mapping[Digest, list[dict[str, object]]]:
        return decisions_by_card(self.review.decisions)

    def _card(self, number: int, group: _Group, listed: Listed) -> dict[str, object]:
        before = group.before(listed)
        return {
            "group": number,
            "key": listed.card.key,
            "values": group.numbers(listed.card),
            "digest": listed.card.digest,
            "default": listed.card.default,
            "why": listed.why,
            "status": listed.status,
            "cells": listed.cells,
            "who": listed.who,
            "decisions": self._decided.get(listed.card.digest, []),
            **({"causes": before.causes, "before": group.before_numbers(before)} if before else {}),
        }

    def _components(self, groups: Iterable[Mapping[str, object]]) -> dict[str, object]:
        """What is known of every component that stands on a card."""
        found: dict[str, object] = {}
        by_path: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for each in self.review.project.check(self.review.moment).diagnostics:
            by_path[each.path].append(each)
        shown = {component for variant in self.variants for component in variant.card.slots.values() if component}
        for address in sorted(shown):
            component = self._project.components[address]
            paths = [words.source.path for words in component.words.values()]
            found[address] = self._about(component, [each for path in paths for each in by_path[path]])
        return found

    def _about(self, component: AuthoredComponent, findings: Iterable[Diagnostic]) -> dict[str, object]:
        owner, hypothesis, review = (
            inherited(self._project, component, key) for key in ("owner", "hypothesis", "review_by")
        )
        return {
            "owner": owner,
            "hypothesis": hypothesis,
            "review": str(review) if review else None,
            "path": component.original.source.path,
            "findings": [f"{each.code} {each.severity}: {each.message}" for each in findings],
        }


def joined(contents: Mapping[str, Any], card: Mapping[str, Any], part: str, *, before: bool = False) -> str:
    """A part of a variant, joined as the page joins it; with `before`, of what stood there before."""
    group = contents["groups"][card["group"]]
    source, values = (group["before"], card["before"]) if before else (group, card["values"])
    found = source["parts"][part]
    texts = [contents["texts"][found["segments"][0]]]
    for (slot, fragments), segment in zip(found["calls"], found["segments"][1:], strict=True):
        number = fragments.get(values[slot])
        texts += ["" if number is None else contents["texts"][number], contents["texts"][segment]]
    return "".join(texts)


class _Group:
    """The variants of one campaign, channel and locale."""

    def __init__(self, place: Place, variants: Sequence[Listed], edition: Edition, older: Older | None) -> None:
        self._place = place
        self._variants = variants
        self._edition = edition
        self._values = _numbered(_values(edition, each.card.slots) for each in variants)
        self._older = older
        self._before = older.editions.get(place) if older else None
        self._was = {each.card.key: older.before(each) for each in variants} if older else {}
        slots = [each.slots for each in self._was.values() if each.slots is not None]
        self._old_values = _numbered(_values(self._before, each) for each in slots) if self._before else {}

    def numbers(self, card: Card) -> list[int]:
        """The numbers of what stands in the slots of a card."""
        return [self._values[each] for each in _values(self._edition, card.slots)]

    def before(self, listed: Listed) -> Before | None:
        """What was there before a variant, where that is known."""
        return self._was.get(listed.card.key)

    def before_numbers(self, before: Before) -> list[int] | None:
        """The numbers of what stood in the slots before."""
        if before.slots is None or self._before is None:
            return None
        return [self._old_values[each] for each in _values(self._before, before.slots)]

    def to_dict(self, texts: Texts, subjects: _Subjects) -> dict[str, object]:
        """The group as the pages need it."""
        campaign, channel, locale = self._place
        first = self._variants[0].card
        default = next(each.card for each in self._variants if each.card.default)
        return {
            "campaign": campaign,
            "channel": channel,
            "locale": locale,
            "layout": self._edition.layout,
            "slots": self._edition.slots,
            "values": list(self._values),
            "parts": self._edition.parts(self._values, texts),
            "default": self.numbers(default),
            "subjects": {"layout": subjects.number(first.layout), **self._subjects(subjects)},
            "differences": self._differences(self.numbers(default)),
            "before": self._before_dict(texts),
        }

    def _subjects(self, subjects: _Subjects) -> dict[str, object]:
        """The subjects: of components by value; of pairs as rows of two values and the subject."""
        components: dict[int, int] = {}
        pairs: dict[tuple[int, int], int] = {}
        for each in self._variants:
            values = dict(zip(self._edition.slots, self.numbers(each.card), strict=True))
            for slot, digest in each.card.components.items():
                components[values[slot]] = subjects.number(digest)
            for pair in each.card.pairs:
                one, two = pair.slots
                pairs[values[one], values[two]] = subjects.number(pair.digest)
        return {"components": components, "pairs": [[*both, subject] for both, subject in pairs.items()]}

    def _differences(self, default: Sequence[int]) -> dict[str, object]:
        """What each value says otherwise than the default of its slot, by the numbers of both: `old>new`."""
        values = list(self._values)
        found: dict[str, object] = {}
        for number, value in enumerate(values):
            base = default[value[0]]
            if base != number:
                said = difference(self._edition.says(values[base]), self._edition.says(value))
                found[f"{base}>{number}"] = said
        return found

    def _before_dict(self, texts: Texts) -> dict[str, object] | None:
        if self._before is None:
            return None
        return {
            "slots": self._before.slots,
            "values": list(self._old_values),
            "parts": self._before.parts(self._old_values, texts),
            "differences": self._differences_before(self._before),
            "layout": difference(self._before.layout_says(), self._edition.layout_says()),
        }

    def _differences_before(self, before: Edition) -> dict[str, object]:
        old, new = list(self._old_values), list(self._values)
        found: dict[str, object] = {}
        for listed in self._variants:
            was = self._was[listed.card.key]
            for one in self.before_numbers(was) or ():
                slot = before.slots[old[one][0]]
                for two in self.numbers(listed.card):
                    name = f"{one}>{two}"
                    if self._edition.slots[new[two][0]] == slot and name not in found:
                        found[name] = difference(before.says(old[one]), self._edition.says(new[two]))
        return {name: said for name, said in found.items() if said}


def _numbered(rows: Iterable[Sequence[Value]]) -> dict[Value, int]:
    """The values of some rows by slot and address, nothing first, each with its number."""
    values = sorted({value for row in rows for value in row}, key=lambda each: (each[0], each[1] or ""))
    return {value: number for number, value in enumerate(values)}


def _values(edition: Edition, slots: Mapping[str, str | None]) -> list[Value]:
    return [(number, slots[slot]) for number, slot in enumerate(edition.slots)]
