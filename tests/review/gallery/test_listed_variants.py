"""The variants of a gallery, and who gets each in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from assembler import Library
from assembler.authoring.outcomes.variants import enumerate_variants
from assembler.library.records import Holdout
from assembler.review.gallery.listed_variants import GalleryVariant, list_variants
from assembler.review.sampling.planner import make_plan
from tests.review.sampling.libraries import AT, library_of, split


def listed(library: Library, *, others: bool = True) -> list[GalleryVariant]:
    return list(list_variants(library, AT, make_plan(library, AT), others=others))


def who(library: Library, *addresses: str | None) -> str:
    """Who gets the variant of these components."""
    (variant,) = (entry for entry in listed(library) if tuple(entry.card.slots.values()) == addresses)
    return variant.who


TITLES = {"plain": "a", "b": {"test": split("one", 0, 100)}, "c": {"test": split("one", 100, 200)}}
STORIES = {"plain": "a", "b": {"test": split("two", 0, 100)}, "c": {"test": split("two", 100, 200)}}
OFFERS = {"plain": "a", "b": {"test": split("three", 0, 100)}, "c": {"test": split("three", 100, 200)}}


def test_the_cards_of_the_plan_come_first_and_every_variant_is_there_once() -> None:
    library = library_of({"title": TITLES, "story": STORIES, "offer": OFFERS})
    variants = listed(library)
    planned = [planned.card for planned in make_plan(library, AT).cards]
    assert [variant.card for variant in variants[: len(planned)]] == planned
    assert len({variant.card.key for variant in variants}) == len(variants) == 27
    others = variants[len(planned) :]
    assert {(variant.why, variant.status, variant.cells) for variant in others} == {("other", "other", ())}
    assert {variant.who for variant in others} == {"people in a test, or about whom something is not known"}
    assert listed(library, others=False) == variants[: len(planned)]


@pytest.mark.parametrize(
    ("slots", "exhaustive"),
    [
        ({"title": TITLES, "story": STORIES}, True),
        ({"title": TITLES, "story": STORIES, "offer": OFFERS}, False),
        ({"title": {"plain": "a", "sweet": {"segments": ("s",)}}}, True),
    ],
)
def test_variants_are_looked_for_only_where_the_plan_has_not_all(
    monkeypatch: pytest.MonkeyPatch, slots: Mapping[str, Mapping[str, Any]], exhaustive: bool
) -> None:
    library = library_of(slots)
    plan = make_plan(library, AT)
    assert [group.exhaustive for group in plan.groups] == [exhaustive]
    keys = {variant.key for variant in enumerate_variants(library, AT)}
    assert ({planned.card.key for planned in plan.cards} == keys) == exhaustive
    assert {variant.card.key for variant in list_variants(library, AT, plan)} == keys
    if exhaustive:
        monkeypatch.setattr("assembler.review.gallery.listed_variants.PlanVariants", None)
        assert len(list_variants(library, AT, plan)) == len(keys)


def test_who_gets_what_a_cell_gets_is_its_cell() -> None:
    variants = listed(library_of({"title": {"plain": "a", "sweet": {"segments": ("s",)}}}))
    assert [(variant.cells, variant.who) for variant in variants] == [
        ((("t", "u"), ("t", None), (None, "u"), (None, None)), ""),
        ((("s", "u"), ("s", None)), ""),
    ]


def test_only_cells_that_the_campaign_is_for_are_told() -> None:
    library = library_of({"title": {"plain": "a", "sweet": {"segments": ("s",)}}})
    (name,) = library.campaigns
    campaign = replace(library.content.campaigns[name], segments=("t",), stages=())
    meant = Library(replace(library.content, campaigns={name: campaign}), library.texts)
    assert [(variant.cells, variant.who) for variant in listed(meant)] == [
        ((("t", None), (None, None)), ""),
        ((), "people for whom the campaign is not"),
    ]


def test_who_is_in_a_test_or_lacks_something() -> None:
    library = library_of(
        {"title": TITLES, "story": {"plain": "a", "long": {"needs": ("first_name",), "segments": ("s",)}}}
    )
    assert who(library, "title/b", "story/long") == "s at u, in the test one"
    assert who(library, "title/plain", "story/plain") == ""


def test_who_comes_later() -> None:
    titles = {"plain": "a", "later": {"opens": 9, "stages": ("u",)}, "test": {"opens": 9, "test": split("one", 0, 9)}}
    library = library_of({"title": titles})
    assert who(library, "title/later") == "s at u, from 1 Dec 2026"
    assert who(library, "title/test") == "s, in the test one, from 1 Dec 2026"


def test_what_only_held_out_people_get() -> None:
    library = library_of({"title": {"plain": "a", "any": {}}})
    content = replace(library.content, holdout=Holdout(share=500, salt="x"))
    assert who(Library(content, library.texts), "title/plain") == "held-out people"
