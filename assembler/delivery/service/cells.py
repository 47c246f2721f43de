"""Answers about nobody: what a cell of a campaign gets, which a cache may keep for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from urllib.parse import unquote_plus

from assembler.delivery.service.answers import Answer, RequestError, answer
from assembler.delivery.service.asked import Asked
from assembler.delivery.service.conditional import entity_tag, has_already
from assembler.delivery.service.deciding import content_type
from assembler.runtime.library import Library
from assembler.runtime.moment import Moment
from assembler.runtime.variant import Variant


def variant_of_cell(asked: Asked) -> Answer:
    """Answer the part that people of a segment and stage get of whom nothing else is known; without both, the default.

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
    cell = _cell(library, asked.query)
    if cell is None:
        variant = library.default(campaign, channel=channel, locale=locale)
    else:
        variant = library.assemble(campaign, channel=channel, context={"locale": locale, **cell}, at=now)
    body = variant.contents[part]
    most = min(asked.state.settings.max_age, asked.served.unchanged_for(Moment.of(now).instant))
    etag = entity_tag(body)
    headers = (
        (b"cache-control", b"public, max-age=%d" % most),
        (b"etag", etag),
        (b"surrogate-key", " ".join([campaign, *_components(variant)]).encode()),
    )
    if has_already(asked.headers, etag):
        return Answer(304, headers, b"")
    return answer(body, content_type(part), headers)


def _cell(library: Library, query: bytes) -> dict[str, str | None] | None:
    """The segment and stage that a query names, None for none; None where there is no query."""
    if not query:
        return None
    content = library.content
    names = {
        "segment": [segment.id for segment in content.segments],
        "stage": [stage.id for stage in content.stages],
    }
    cell: dict[str, str | None] = dict.fromkeys(names)
    for name, value in _named(query, names):
        if value and value not in names[name]:
            raise RequestError("BAD_REQUEST", names[name], f"The project has no such {name}; blank is none.")
        cell[name] = value or None
    return cell


def _named(query: bytes, known: Collection[str]) -> list[tuple[str, str]]:
    """What a query has for each known name. Raises `RequestError` where it has something else, or one of them twice."""
    pairs = [*map(_pair, query.decode("latin-1").split("&"))]
    if not {name for name, _ in pairs} <= {*known} or len(dict(pairs)) < len(pairs):
        raise RequestError("BAD_REQUEST", known, "A query has one of each that is known, and nothing else.")
    return pairs


def _pair(words: str) -> tuple[str, str]:
    name, _, value = words.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _components(variant: Variant) -> Iterable[str]:
    return dict.fromkeys(choice.component for choice in variant.decision.choices if choice.component is not None)
