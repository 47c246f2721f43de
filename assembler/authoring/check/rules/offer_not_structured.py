"""An offer on a page has no schema.org Offer, or one that says something else than the offer does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.authoring.check.copy import copies_in_locale, visible_words
from assembler.authoring.check.pages.document_parts import Insert, Phrase
from assembler.authoring.check.pages.elements import Tree
from assembler.authoring.check.pages.offers import Told, offers_in_json, offers_in_markup
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.scope import WEB_PAGES
from assembler.authoring.diagnostics import Finding, Place
from assembler.authoring.project.component import AuthoredComponent

_SCRIPT = 'write <script type="application/ld+json"> with "@type": "Offer" and {{ body | tojson }}'
_HINT = f"{_SCRIPT} into the template of offer"
_ELSEWHERE = "the layout tells search engines of an offer, which may differ from the one it shows"
_TAKEN = "take it from the component's own fields"
_WORD = re.compile(r"\w")
_DAYS = ("validThrough", "priceValidUntil", "availabilityEnds")


@WEB_PAGES.rule(
    "P07", "error", __doc__, "Write the JSON-LD in the template of offer, each value from a field with | tojson."
)
def offer_not_structured(page: Page) -> Iterator[Finding]:
    """Find offers that nothing, or something else, is told of: in whatever a component writes, or the layout around
    what it says."""
    told: set[str] = set()
    yield from _of_layout(page, told)
    for insert, component, tree in page.placed_trees():
        yield from _of_component(page, insert, component, tree, told)
    for _, component, _ in page.placed_trees():
        if component.type == "offer" and component.address not in told:
            yield Finding(page.rendition_start(component), "an offer without schema.org Offer", _HINT)


def _of_layout(page: Page, told: set[str]) -> Iterator[Finding]:
    """The findings of what the layout tells of offers; where it asks a slot for the words, that is the component's."""
    slots = page.pages.project.campaigns[page.campaign].slots
    for script in filter(lambda script: script.is_json_ld, page.frame.tagged("script")):
        phrase = page.html.phrase(script.own_text)
        if not offers_in_json(phrase.first()):
            continue
        place = page.place(PlacedElement(script))
        asked = {insert.slot for insert in phrase.inserts if slots[insert.slot].type == "offer"}
        if len(asked) == 1:
            yield from _of_versions(page, phrase, asked.pop(), place, told)
        else:
            yield Finding(place, _ELSEWHERE, _HINT)


def _of_versions(page: Page, phrase: Phrase, slot: str, place: Place, told: set[str]) -> Iterator[Finding]:
    """The findings of what a script of the layout tells of the offer in a slot, whichever it is."""
    for address, text in phrase.versions(slot):
        component = page.pages.project.components.get(address or "")
        for offer in offers_in_json(text) or ():
            if component is None:
                yield Finding(place, f"{_ELSEWHERE}: where there is none", _HINT)
            else:
                told.add(component.address)
                yield from _differences(page, component, offer, place)


def _of_component(
    page: Page, insert: Insert, component: AuthoredComponent, tree: Tree, told: set[str]
) -> Iterator[Finding]:
    for script in filter(lambda script: script.is_json_ld, tree.tagged("script")):
        place = page.place(PlacedElement(script, None, component))
        offers = offers_in_json(script.own_text)
        if offers is None:
            told.add(component.address)
            yield Finding(place, "JSON-LD that is no JSON", "write every value with | tojson")
        for offer in offers or ():
            told.add(component.address)
            yield from _differences(page, component, offer, place)
    for offer in offers_in_markup(tree.root, page.stands_in.get(insert.number)):
        told.add(component.address)
        yield from _differences(page, component, offer, page.rendition_start(component))


def _differences(page: Page, component: AuthoredComponent, offer: Told, place: Place) -> Iterator[Finding]:
    yield from _other_words(page, component, offer, place)
    yield from _other_days(component, offer, place)


def _other_words(page: Page, component: AuthoredComponent, offer: Told, place: Place) -> Iterator[Finding]:
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


def _other_days(component: AuthoredComponent, offer: Told, place: Place) -> Iterator[Finding]:
    days = {value.text for value in component.original.of_kind("date")}
    if component.tags.valid_until is not None:
        days.add(component.tags.valid_until.isoformat())
    for key in _DAYS:
        day = offer.get(key, "")
        if day and day[:10] not in days:
            yield Finding(place, f"the {key} of the Offer is not a day of {component.type}", _TAKEN)


def _words(offer: Told, key: str) -> str:
    return " ".join(offer.get(key, "").split())
