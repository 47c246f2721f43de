"""The pieces of a document, with the fragments of chosen components in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.library.records import Document

__all__ = ["numbers"]


def numbers(document: Document, chosen: Mapping[str, str | None]) -> Iterator[int]:
    """The numbers of a document's texts and holes; `chosen` has the component of each slot, None for an empty one."""
    yield from document.segments[0]
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        component = chosen[call.slot]
        if component is not None:
            yield from call.fragments[component]
        yield from segment
