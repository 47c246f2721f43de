"""What machines read, JSON-LD in mails and pages, says what people read: it comes from the same components."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from assembler.authoring import Project
from assembler.authoring.outcomes.variants import PossibleVariant, enumerate_variants
from tests.conftest import STARTER_MOMENT


def variants(library: Library, channel: str) -> Iterator[tuple[PossibleVariant, str]]:
    for variant in enumerate_variants(library, STARTER_MOMENT):
        if variant.plan.channel == channel:
            yield variant, library.join(variant.plan, variant.choices)["html"].decode()


def structured(html: str, kind: str) -> list[dict[str, Any]]:
    objects = [json.loads(node.text()) for node in LexborHTMLParser(html).css('script[type="application/ld+json"]')]
    flat = [item for one in objects for item in (one if isinstance(one, list) else [one])]
    return [node for node in flat if node["@type"] == kind]


def offer_of(starter: Project, variant: PossibleVariant) -> dict[str, Any] | None:
    """The offer's words as a reader of this variant's language has them."""
    address = next((choice.component for choice in variant.choices if choice.slot == "offer"), None)
    if address is None:
        return None
    words = starter.loaded.components[address].in_locale((variant.plan.locale, "en"))
    assert words is not None
    return {str(value.path[0]): value.text for value in words.of_kind("text", "markdown", "date")}


def test_the_deal_that_gmail_shows_is_the_offer(starter: Project, starter_library: Library) -> None:
    """https://developers.google.com/workspace/gmail/promotab/reference: DiscountOffer."""
    dated = 0
    for variant, html in variants(starter_library, "email"):
        offer, deals = offer_of(starter, variant), structured(html, "DiscountOffer")
        assert offer is not None and len(deals) == 1
        assert deals[0]["description"] == offer["body"]
        assert deals[0].get("discountCode") == offer.get("code")
        until = offer.get("until")
        assert deals[0].get("availabilityEnds") == (f"{until}T23:59:59Z" if until else None)
        dated += until is not None
        assert until is None or str(until) in LexborHTMLParser(html).text()
    assert dated


def test_the_card_that_gmail_shows_has_the_mails_picture_and_action(starter_library: Library) -> None:
    """https://developers.google.com/workspace/gmail/promotab/reference: PromotionCard, in the head."""
    for variant, html in variants(starter_library, "email"):
        tree, cards = LexborHTMLParser(html), structured(html, "PromotionCard")
        if variant.plan.campaign == "welcome":
            assert cards == [], "a letter is no promotion"
            continue
        (card,) = cards
        assert tree.css('head script[type="application/ld+json"]')
        assert card["image"] in [image.attributes["src"] for image in tree.css("img")]
        assert card["url"] == tree.css(".button a")[0].attributes["href"]
        assert card["headline"] == tree.css("h1")[0].text()


def test_the_offer_that_search_engines_read_is_the_offer(starter: Project, starter_library: Library) -> None:
    empty = 0
    for variant, html in variants(starter_library, "page"):
        offer, described = offer_of(starter, variant), structured(html, "Offer")
        if offer is None:
            assert described == []
            empty += 1
            continue
        assert len(described) == 1 and described[0]["name"] == offer["body"]
        assert offer["terms"] in described[0]["description"]
        assert described[0].get("identifier") == offer.get("code")
        assert described[0].get("validThrough") == (str(offer["until"]) if "until" in offer else None)
    assert empty


def test_the_day_an_offer_ends_is_the_day_it_stops_being_sent(starter: Project) -> None:
    dated = [component for component in starter.loaded.components.values() if component.original.fills("until")]
    assert dated
    assert all(component.original.values["until",].value == component.tags.valid_until for component in dated)
