"""The texts and placeholders of a document, with the fragments of chosen components in their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assembler.library.records import Document, Placeholder


def numbers(document: Document, chosen: Mapping[str, str | None]) -> Iterator[int]:
    """Yield the numbers of a document's texts and placeholders.

    `chosen` has the component of each slot, None for an empty one. Raises `KeyError` where a slot that is called is not
    among them, or a component cannot stand there.
    """
    yield from document.segments[0]
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        component = chosen[call.slot]
        if component is not None:
            yield from call.fragments[component]
        yield from segment


def with_fallbacks(numbers: Iterable[int], texts: Sequence[bytes], placeholders: Sequence[Placeholder]) -> bytes:
    """Return what the numbers of texts and placeholders stand for, with every merge field at its fallback, in UTF-8."""
    return b"".join(texts[number if number >= 0 else placeholders[-1 - number].fallback] for number in numbers)
