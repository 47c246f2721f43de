"""P07: an offer on a page is not told to search engines, or told otherwise than to people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.locate_text import copies_in_locale
from assembler.authoring.check.pages.document_parts import json_objects
from assembler.authoring.check.pages.elements import Tree
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.rule import Rule
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent

_HINT = (
    'write <script type="application/ld+json"> with "@type": "Offer" and {{ body | tojson }} into the template of offer'
)
_WORD = re.compile(r"\w")


def find(page: Page) -> Iterator[Finding]:
    """Offers without schema.org Offer, JSON-LD that is no JSON, and words and dates in it that the offer lacks."""
    for script in page.frame.tagged("script"):
        if any(_is_offer(each) for each in json_objects(page.html.phrase(script.own_text).first()) or []):
            message = "the layout tells search engines of an offer, which may differ from the one it shows"
            yield Finding(page.place(PlacedElement(script)), message, _HINT)
    for insert in page.html.inserts:
        for component, tree in page.trees(insert):
            yield from _of_component(page, component, tree)


def _of_component(page: Page, component: AuthoredComponent, tree: Tree) -> Iterator[Finding]:
    told = False
    for script in tree.tagged("script"):
        if script.attribute("type").lower() != "application/ld+json":
            continue
        place = page.place(PlacedElement(script, None, component))
        objects = json_objects(script.own_text)
        if objects is None:
            yield Finding(place, "JSON-LD that is no JSON", "write every value with | tojson")
            told = True
        for each in objects or ():
            if _is_offer(each):
                told = True
                yield from _differs(page, component, each, place)
    if component.type == "offer" and not told:
        rendition = page.rendition(component) or page.layout
        yield Finding(rendition.source.at(), "an offer without schema.org Offer", _HINT)


def _is_offer(value: dict[str, object]) -> bool:
    kinds = value.get("@type")
    return "Offer" in (kinds if isinstance(kinds, list) else [kinds])


def _differs(page: Page, component: AuthoredComponent, offer: dict[str, object], place: Place) -> Iterator[Finding]:
    said = sorted(
        (" ".join(each.read().split()) for each in copies_in_locale(page.pages.project, component, page.locale)),
        key=len,
        reverse=True,
    )
    for key in ("name", "description"):
        rest = " ".join(str(offer.get(key) or "").split())
        if key == "name" and not rest:
            yield Finding(place, "an Offer without a name", 'write "name": {{ body | tojson }}')
        for words in said:
            rest = rest.replace(words, " ") if words else rest
        if _WORD.search(rest):
            message = f"the {key} of the Offer is not what {component.type} says"
            yield Finding(place, message, "take it from the component's own fields")
    days = {value.text for value in component.original.of_kind("date")}
    if component.tags.valid_until is not None:
        days.add(component.tags.valid_until.isoformat())
    for key in ("validThrough", "priceValidUntil", "availabilityEnds"):
        day = str(offer.get(key) or "")
        if day and day[:10] not in days:
            yield Finding(
                place,
                f"the {key} of the Offer is not a day of {component.type}",
                "take it from the component's own fields",
            )


RULE = Rule(
    code="P07",
    severity="error",
    summary="An offer on a page has no schema.org Offer, or one that says something else than the offer does.",
    fix="Write the JSON-LD in the template of offer, each value from a field with | tojson.",
    each=(WEB_PAGES.by(find),),
)
