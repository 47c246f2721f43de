"""Sizes: every variant of the starter that somebody can get is light."""

from __future__ import annotations

from assembler import Library
from assembler.authoring.outcomes.variants import enumerate_variants
from tests.conftest import STARTER_MOMENT

LIMITS = {"email": 20_000, "page": 50_000}
_STYLE_LIMIT = 16_384


def test_every_variant_is_light(starter_library: Library) -> None:
    count = 0
    for variant in enumerate_variants(starter_library, STARTER_MOMENT):
        html = starter_library.join(variant.plan, variant.choices)["html"]
        assert len(html) <= LIMITS[variant.plan.channel], variant.key
        count += 1
    assert count > 100


def test_the_style_sheet_of_a_mail_is_one_that_gmail_keeps(starter_library: Library) -> None:
    for variant in enumerate_variants(starter_library, STARTER_MOMENT):
        if variant.plan.channel == "email":
            html = starter_library.join(variant.plan, variant.choices)["html"]
            assert len(html.rpartition(b"<style>")[2].partition(b"</style>")[0]) <= _STYLE_LIMIT
