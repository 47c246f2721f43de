"""What a page tells search engines of an offer (schema.org): in JSON-LD, microdata or RDFa."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from assembler.authoring.check.pages.elements import Element

Told = Mapping[str, str]
"""What is told of one offer, by the names of schema.org; an offer of something is called as that is."""

_KINDS = frozenset({"Offer", "AggregateOffer"})
_NAMING = ("name", "description")


def offers_in_json(text: str) -> list[Told] | None:
    """The offers that a text of JSON-LD tells of; None where it is no JSON."""
    try:
        return list(_offers(json.loads(text), {}))
    except (ValueError, RecursionError):
        return None


def _offers(value: object, around: Told) -> Iterator[Told]:
    if isinstance(value, list):
        for below in value:
            yield from _offers(below, around)
    elif isinstance(value, dict):
        told = {str(key): str(text) for key, text in value.items() if isinstance(text, str | int | float)}
        kinds = value.get("@type")
        if _is_offer(kinds if isinstance(kinds, list) else [kinds]):
            yield {**around, **told}
        yield from _offers(list(value.values()), _naming(told))


def _naming(told: Told) -> Told:
    """How something is called, and so what is offered of it."""
    return {key: told[key] for key in _NAMING if key in told}


def offers_in_markup(root: Element, around: Element | None) -> Iterator[Told]:
    """The offers that the attributes in a piece of a page tell of, or those of what the piece stands in."""
    nearest = next(filter(_kinds, (around, *around.ancestors())), None) if around is not None else None
    if nearest is not None and _is_offer(_kinds(nearest)):
        properties = _properties(root)
        yield from [properties] if properties else ()
    for item in root.below():
        if _is_offer(_kinds(item)):
            holder = next(filter(_kinds, item.ancestors()), None)
            yield {**(_naming(_properties(holder)) if holder is not None else {}), **_properties(item)}


def _kinds(element: Element) -> list[str]:
    """The kinds of item that an element is; none where it is no item."""
    return [*element.attribute("itemtype").split(), *element.attribute("typeof").split()]


def _is_offer(kinds: list[object] | list[str]) -> bool:
    """Return whether some kind is an offer: by its name, after a prefix, or as a whole address."""
    return not _KINDS.isdisjoint(str(kind).replace(":", "/").rpartition("/")[2] for kind in kinds)


def _properties(item: Element) -> dict[str, str]:
    """What an item says of itself, less what items within it say of themselves."""
    properties: dict[str, str] = {}
    open_ = [child for child in item.children if isinstance(child, Element)]
    while open_:
        element = open_.pop()
        names = [*element.attribute("itemprop").split(), *element.attribute("property").split()]
        said = element.attribute("content") or element.attribute("datetime") or element.words()
        properties |= {name.rpartition(":")[2]: said for name in names}
        if not _kinds(element):
            open_ += [child for child in element.children if isinstance(child, Element)]
    return properties
