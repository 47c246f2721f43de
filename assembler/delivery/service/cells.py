"""Answers about nobody: what a cell of a campaign gets, which a cache may keep for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote_plus

from assembler.delivery.service.answers import Answer, RequestError, answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.conditional import entity_tag, has_already
from assembler.delivery.service.deciding import CONTENT_TYPES
from assembler.delivery.slot_fragments import slot_fragment
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment
from assembler.runtime.variant import Variant


def variant_of_cell(asked: Asked) -> Answer:
    """Answer the part that people of a segment and stage get of whom nothing else is known; without both, the default.
    Where a slot is named, it is what stands in that alone.

    It holds no value of anybody. A cache may keep it until a component begins or ends, and no longer than `max_age`.
    """
    campaign, channel, locale, part = asked.names
    library = asked.served.library
    now = datetime.now(UTC)
    known = library.default(campaign, channel=channel)
    if locale not in library.locales:
        raise RequestError("UNKNOWN_LOCALE", library.locales)
    if part not in known.contents:
        raise RequestError("UNKNOWN_PART", known.contents)
    slots = library.content.campaigns[campaign].channels[channel].slots
    cell, slot = _cell(library, slots, asked.query)
    if cell is None:
        variant = library.default(campaign, channel=channel, locale=locale)
    else:
        variant = library.assemble(campaign, channel=channel, context={"locale": locale, **cell}, at=now)
    body = slot_fragment(library, variant.decision, part, slot) if slot else variant.contents[part]
    most = min(asked.state.settings.max_age, asked.served.unchanged_for(Moment.of(now).instant))
    etag = entity_tag(body)
    headers = (
        (b"cache-control", b"public, max-age=%d" % most),
        (b"etag", etag),
        (b"surrogate-key", " ".join([campaign, *_components(variant, slot)]).encode()),
    )
    if has_already(asked.headers, etag):
        return Answer(304, headers, b"")
    return answer(body, CONTENT_TYPES[part], headers)


def _cell(library: Library, slots: Sequence[str], query: bytes) -> tuple[dict[str, str | None] | None, str | None]:
    """The segment and stage that a query names, None for none, and the slot; None where it names neither of the two,
    and where it names no slot."""
    audiences = {
        "segment": ["", *(segment.id for segment in library.content.segments)],
        "stage": ["", *(stage.id for stage in library.content.stages)],
    }
    told = _told(audiences | {"slot": [*slots]}, query)
    slot = told.pop("slot", None)
    return {name: told.get(name) or None for name in audiences} if told else None, slot


def _told(names: Mapping[str, list[str]], query: bytes) -> dict[str, str]:
    """What a query says of each name. Raises `RequestError` where that is none of those that there are."""
    told = dict(_named(query, names)) if query else {}
    for name, value in told.items():
        if value not in names[name]:
            there = [*filter(None, names[name])]
            raise RequestError("BAD_REQUEST", there, f"There is no such {name}; a segment or stage may be blank.")
    return told


def _named(query: bytes, known: Collection[str]) -> list[tuple[str, str]]:
    """What a query has for each known name. Raises `RequestError` where it has something else, or one of them twice."""
    pairs = [*map(_pair, query.decode("latin-1").split("&"))]
    if not {name for name, _ in pairs} <= {*known} or len(dict(pairs)) < len(pairs):
        raise RequestError("BAD_REQUEST", known, "A query has one of each that is known, and nothing else.")
    return pairs


def _pair(words: str) -> tuple[str, str]:
    name, _, value = words.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _components(variant: Variant, slot: str | None) -> Iterable[str]:
    """The components of a variant; of a slot alone, where one is named."""
    choices = (choice for choice in variant.decision.choices if slot in (None, choice.slot))
    return dict.fromkeys(choice.component for choice in choices if choice.component is not None)
