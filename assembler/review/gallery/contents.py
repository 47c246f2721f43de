"""All that the pages show, as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property
from itertools import takewhile
from typing import Any

from assembler.authoring.outcomes.cells import wanted_stages
from assembler.authoring.project.settings import Settings
from assembler.review.gallery.changes import LibraryChanges
from assembler.review.gallery.decision_data import decisions_by_card, subjects_dict
from assembler.review.gallery.gallery_group import GalleryGroup
from assembler.review.gallery.listed_variants import GalleryVariant
from assembler.review.gallery.matrix import audience
from assembler.review.gallery.shown_component import ShownComponent, notes, shown_components
from assembler.review.gallery.variant_texts import TextNumbers, VariantTexts
from assembler.review.round import ReviewRound
from assembler.review.sampling.digests import Digest, Place

SCHEMA = 1


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a gallery shows: a review, its variants, and where there is an older library, what changed since."""

    review: ReviewRound
    variants: Sequence[GalleryVariant]
    tool: str
    changes: LibraryChanges | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the object, of plain dictionaries, lists, texts and numbers.

        A group is a campaign, channel and locale. In it `values` are pairs of a slot and an address; components stand
        in cards, documents and differences by their number there.
        """
        settings = self._settings
        texts, subjects = TextNumbers(), TextNumbers()
        groups: list[dict[str, object]] = []
        cards: list[dict[str, object]] = []
        for number, (place, variants) in enumerate(self._by_place().items()):
            segments, stages = self._audience(place[0])
            group = GalleryGroup(place, variants, VariantTexts(self.review.library, place), self.changes)
            groups.append(
                {
                    **group.to_dict(texts, subjects),
                    "envelope": settings.channels[place[1]].envelope,
                    "matrix": group.matrix(segments, stages, first=len(cards)).to_dict(),
                }
            )
            cards += [self._card(number, group, variant, stages) for variant in variants]
        return {
            "schema": SCHEMA,
            "name": settings.name,
            "brand": str(settings.brand.get("name", settings.name)),
            "at": self.review.moment.astimezone(UTC).isoformat(timespec="seconds"),
            "tool": self.tool,
            "roles": list(settings.policy.review.roles),
            "texts": texts.texts,
            "groups": groups,
            "components": {address: component.to_dict() for address, component in self._components.items()},
            "subjects": subjects_dict(self.review.approval_status, subjects.texts),
            "digests": subjects.texts,
            "cards": cards,
            "causes": [cause.to_dict() for cause in self.changes.causes] if self.changes else None,
        }

    @property
    def _settings(self) -> Settings:
        return self.review.project.settings

    def _audience(self, campaign: str) -> tuple[list[str], list[str]]:
        """The segments and the stages that a campaign is for."""
        content = self.review.library.content
        is_for = content.campaigns[campaign].is_for
        segments = [segment.id for segment in content.segments if is_for(segment.id, None)]
        return segments, wanted_stages(content, campaign)

    @property
    def _day(self) -> date:
        return self.review.moment.astimezone(self._settings.zone).date()

    @cached_property
    def _components(self) -> Mapping[str, ShownComponent]:
        project = self.review.project
        on_cards = {address for variant in self.variants for address in variant.card.slots.values() if address}
        return shown_components(project.background.components, project.check(self.review.moment).diagnostics, on_cards)

    @cached_property
    def _decisions(self) -> Mapping[Digest, list[dict[str, object]]]:
        return decisions_by_card(self.review.decisions)

    def _by_place(self) -> Mapping[Place, list[GalleryVariant]]:
        by_place: dict[Place, list[GalleryVariant]] = {}
        for variant in self.variants:
            by_place.setdefault(variant.card.place, []).append(variant)
        return by_place

    def _card(
        self, number: int, group: GalleryGroup, listed: GalleryVariant, stages: Sequence[str]
    ) -> dict[str, object]:
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
            "title": group.title(listed.card) or listed.card.key,
            "notes": notes([self._components[address] for address in listed.card.slots.values() if address], self._day),
            "audience": audience(listed.cells, stages) or [listed.who],
            **group.differences_of(listed),
            "decisions": self._decisions.get(listed.card.digest, []),
            **({"causes": former.causes, "before": group.former_numbers(former)} if former else {}),
            **group.message_size(listed),
        }


def first_view(contents: Mapping[str, Any]) -> tuple[dict[str, object], dict[str, object]]:
    """Return the contents in two: all that is shown of the first group, and what must be added to that.

    Texts and cards are in the order of groups. Of other groups the first view knows the place alone.
    """
    (first, *others), texts, cards = contents["groups"], contents["texts"], contents["cards"]
    number_of_texts = 1 + max(_text_numbers(first))
    number_of_cards = sum(1 for _ in takewhile(lambda card: card["group"] == 0, cards))
    places = [{name: group[name] for name in ("campaign", "channel", "locale")} for group in others]
    shared = {name: value for name, value in contents.items() if name != "digests"}
    return (
        {**shared, "groups": [first, *places], "texts": texts[:number_of_texts], "cards": cards[:number_of_cards]},
        {
            "groups": [{}, *others],
            "texts": texts[number_of_texts:],
            "cards": cards[number_of_cards:],
            "digests": contents["digests"],
        },
    )


def _text_numbers(group: Mapping[str, Any]) -> Iterator[int]:
    for source in (group, group["before"] or {"parts": {}}):
        for part in source["parts"].values():
            yield from part["segments"]
            for _, fragments in part["calls"]:
                yield from fragments.values()


def pieces(
    contents: Mapping[str, Any], card: Mapping[str, Any], part: str, *, before: bool = False
) -> Iterator[tuple[str | None, str]]:
    """Yield a part of a variant in the pieces that the page joins, each with the slot that it fills, None for text of
    the layout; with `before`, of what stood there before."""
    group = contents["groups"][card["group"]]
    source, values = (group["before"], card["before"]) if before else (group, card["values"])
    document = source["parts"][part]
    yield None, contents["texts"][document["segments"][0]]
    for (slot, fragments), segment in zip(document["calls"], document["segments"][1:], strict=True):
        number = fragments.get(values[slot])
        yield source["slots"][slot], "" if number is None else contents["texts"][number]
        yield None, contents["texts"][segment]


def joined(contents: Mapping[str, Any], card: Mapping[str, Any], part: str, *, before: bool = False) -> str:
    """Return a part of a variant, joined as the page joins it; with `before`, of what stood there before."""
    return "".join(text for _, text in pieces(contents, card, part, before=before))
