"""The variants that are listed are exactly those that people get."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from assembler import Library
from assembler.authoring.outcomes.variants import PossibleVariant, enumerate_variants
from tests.authoring.builders import MOMENT, in_memory, project as files


def linked() -> dict[str, str | bytes]:
    """The sample with a component of another type in the same test, with a share of its own."""
    texts = files()
    texts["components/story/linked.md"] = (
        "---\ncampaigns: [back]\nsegments: [salty_tooth]\ntest: {id: tone, share: 10%}\n---\nSalt, **linked**.\n"
    )
    texts["components/story/linked.fr.md"] = "Du sel, **lié**.\n"
    return texts


@pytest.fixture(scope="module", params=[files, linked], ids=["sample", "linked"])
def library(request: pytest.FixtureRequest) -> Library:
    compiled = in_memory(request.param()).compiled
    return Library(compiled.content, compiled.texts)


@pytest.fixture(scope="module")
def listed(library: Library) -> dict[str, PossibleVariant]:
    return {variant.key: variant for variant in enumerate_variants(library, MOMENT)}


def contexts(library: Library) -> Iterator[dict[str, object]]:
    """People of every cell, with and without what components need, and enough ids to fill every range of every test."""
    segments = [*(segment.id for segment in library.content.segments), None]
    stages = [*(stage.id for stage in library.content.stages), None]
    fields: list[dict[str, str]] = [{}, {"first_name": "Maya"}]
    for segment, stage, known, id_ in itertools.product(segments, stages, fields, range(120)):
        yield {"id": str(id_), "segment": segment, "stage": stage, "fields": known}


def test_every_variant_that_people_get_is_listed_and_no_other(
    library: Library, listed: dict[str, PossibleVariant]
) -> None:
    got = set()
    for context, locale in itertools.product(contexts(library), library.locales):
        for campaign in library.campaigns:
            for channel in library.channels(campaign):
                decision = library.decide(campaign, channel=channel, context={**context, "locale": locale}, at=MOMENT)
                got.add(decision.key)
                if decision.arm == "treated":
                    assert listed[decision.key].reason == decision.reason
    assert got == set(listed)


def test_every_cell_is_in_exactly_one_variant(library: Library, listed: dict[str, PossibleVariant]) -> None:
    cells = [
        (variant.plan.campaign, variant.plan.channel, variant.plan.locale, *cell)
        for variant in listed.values()
        for cell in variant.cells
    ]
    expected = {
        (campaign, channel, locale, segment, stage)
        for campaign in library.campaigns
        for channel in library.channels(campaign)
        for locale in library.locales
        for segment in ("sweet_tooth", "salty_tooth", None)
        for stage in ("away", "here", None)
    }
    assert len(cells) == len(set(cells))
    assert set(cells) == expected


def test_a_cell_is_that_of_a_treated_person_outside_every_test_of_whom_all_is_known(
    library: Library, listed: dict[str, PossibleVariant]
) -> None:
    for variant in listed.values():
        for segment, stage in variant.cells:
            context = {
                "locale": variant.plan.locale,
                "segment": segment,
                "stage": stage,
                "fields": {"first_name": "Maya"},
            }
            decision = library.decide(variant.plan.campaign, channel=variant.plan.channel, context=context, at=MOMENT)
            assert decision.key == variant.key


def test_without_a_holdout_the_default_is_listed_only_where_somebody_gets_it() -> None:
    texts = files()
    texts["components/title/everyone.md"] = "---\ncampaigns: [start]\n---\nFor all of you\n"
    texts["components/title/everyone.fr.md"] = "Pour vous tous\n"
    settings = str(texts["assembler.yaml"])
    texts["assembler.yaml"] = "\n".join(line for line in settings.split("\n") if not line.startswith("holdout"))
    library = in_memory(texts).compile(MOMENT)
    listed = [variant for variant in enumerate_variants(library, MOMENT) if variant.plan.campaign == "start"]
    assert not [variant for variant in listed if variant.choices == variant.plan.defaults]
