"""What a variant must be, worked out the slow way: from the library's records, one placeholder at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler import Library
from assembler.library.records import Document
from assembler.runtime.encode import encode
from assembler.runtime.fields import FieldReader


def read(library: Library, fields: Mapping[str, object]) -> dict[str, str]:
    """The fields of a context that may be used."""
    hosts = frozenset(library.content.link_hosts)
    texts = {
        name: FieldReader(name, field, hosts).read(fields[name])[0]
        for name, field in library.content.fields.items()
        if name in fields
    }
    return {name: text for name, text in texts.items() if text is not None}


def rendered(
    library: Library,
    campaign: str,
    channel: str,
    locale: str,
    slots: Mapping[str, str | None],
    values: Mapping[str, str],
) -> dict[str, bytes]:
    """The parts with these components and values."""
    documents = library.content.campaigns[campaign].channels[channel].documents[locale]
    return {
        part: b"".join(_piece(library, number, values) for number in _numbers(document, slots))
        for part, document in documents.items()
    }


def _numbers(document: Document, slots: Mapping[str, str | None]) -> Iterator[int]:
    yield from document.segments[0]
    for number, call in enumerate(document.calls):
        component = slots[call.slot]
        if component is not None:
            yield from call.fragments[component]
        yield from document.segments[number + 1]


def _piece(library: Library, number: int, values: Mapping[str, str]) -> bytes:
    if number >= 0:
        return library.texts[number]
    placeholder = library.content.placeholders[-1 - number]
    safe = None
    if placeholder.field in values:
        safe = encode(placeholder.encoder, values[placeholder.field], frozenset(library.content.link_hosts))
    return library.texts[placeholder.fallback] if safe is None else safe.encode()
