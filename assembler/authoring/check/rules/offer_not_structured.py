"""An offer on a page has no schema.org Offer, or one that says something else than the offer does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.check.pages.document_parts import json_objects
from assembler.authoring.check.pages.elements import Tree
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent

_SCRIPT = 'write <script type="application/ld+json"> with "@type": "Offer" and {{ body | tojson }}'
_HINT = f"{_SCRIPT} into the template of offer"
_TAKEN = "take it from the component's own fields"
_WORD = re.compile(r"\w")

_Object = dict[str, object]
"""An object of JSON-LD."""


@WEB_PAGES.rule(
    "P07", "error", __doc__, "Write the JSON-LD in the template of offer, each value from a field with | tojson."
)
def offer_not_structured(page: Page) -> Iterator[Finding]:
    for script in page.frame.tagged("script"):
        if any(map(_is_offer, json_objects(page.html.phrase(script.own_text).first()) or ())):
            message = "the layout tells search engines of an offer, which may differ from the one it shows"
            yield Finding(page.place(PlacedElement(script)), message, _HINT)
    for _, component, tree in page.placed_trees():
        yield from _of_component(page, component, tree)


def _of_component(page: Page, component: AuthoredComponent, tree: Tree) -> Iterator[Finding]:
    told = False
    for script in filter(lambda script: script.is_json_ld, tree.tagged("script")):
        place = page.place(PlacedElement(script, None, component))
        objects = json_objects(script.own_text)
        if objects is None:
            yield Finding(place, "JSON-LD that is no JSON", "write every value with | tojson")
            told = True
        for offer in filter(_is_offer, objects or ()):
            told = True
            yield from _other_words(page, component, offer, place)
            yield from _other_days(component, offer, place)
    if component.type == "offer" and not told:
        yield Finding(page.rendition_start(component), "an offer without schema.org Offer", _HINT)


def _is_offer(value: _Object) -> bool:
    kinds = value.get("@type")
    return "Offer" in (kinds if isinstance(kinds, list) else [kinds])


def _other_words(page: Page, component: AuthoredComponent, offer: _Object, place: Place) -> Iterator[Finding]:
    copies = copies_in_locale(page.pages.project, component, page.locale)
    own = sorted((" ".join(visible_words(copy).split()) for copy in copies), key=len, reverse=True)
    if not _words(offer, "name"):
        yield Finding(place, "an Offer without a name", 'write "name": {{ body | tojson }}')
    for key in ("name", "description"):
        rest = _words(offer, key)
        for words in filter(None, own):
            rest = rest.replace(words, " ")
        if _WORD.search(rest):
            yield Finding(place, f"the {key} of the Offer is not what {component.type} says", _TAKEN)


def _other_days(component: AuthoredComponent, offer: _Object, place: Place) -> Iterator[Finding]:
    days = {value.text for value in component.original.of_kind("date")}
    if component.tags.valid_until is not None:
        days.add(component.tags.valid_until.isoformat())
    for key in ("validThrough", "priceValidUntil", "availabilityEnds"):
        day = str(offer.get(key) or "")
        if day and day[:10] not in days:
            yield Finding(place, f"the {key} of the Offer is not a day of {component.type}", _TAKEN)


def _words(offer: _Object, key: str) -> str:
    return " ".join(str(offer.get(key) or "").split())
