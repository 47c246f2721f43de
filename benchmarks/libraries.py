"""Libraries of any size, made of records without a project: what takes minutes to compile takes seconds here.

Each slot has a type of its own. `LibrarySize.tested` puts every component into a test, so that people of one segment
get different variants; otherwise components are for a segment each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assembler import Library
from assembler.library.key import variant_key
from assembler.library.records import (
    And,
    Audience,
    Call,
    Campaign,
    Channel,
    Compare,
    Component,
    Content,
    Document,
    Field,
    Fragment,
    Placeholder,
    Signal,
    Slot,
    StoredDefault,
    Test,
)

__all__ = ["LibrarySize", "segments_of"]

_WORDS = "words that a person reads, and the table that they stand in; "
_BUCKETS = 10_000


def segments_of(count: int, most: int) -> tuple[Audience, ...]:
    """So many segments, which cut the numbers from 0 to `most` of the signal `spend` into bands."""
    width = most / count
    return tuple(
        Audience(
            id=f"band_{number}",
            condition=And(
                conditions=(
                    Compare(signal="spend", operator=">=", value=number * width),
                    Compare(signal="spend", operator="<", value=(number + 1) * width),
                )
            ),
        )
        for number in range(count)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LibrarySize:
    """How large a library is to be. `text` is the characters of a component; `fields` all stand in the first slot."""

    slots: int = 7
    components: int = 10
    segments: int = 8
    fields: int = 12
    text: int = 2000
    length: int = 12
    tested: bool = False

    @property
    def variants(self) -> int:
        """How many can be addressed: every combination of components."""
        return int(self.components**self.slots)

    def context(self, number: int) -> dict[str, Any]:
        """A person; other numbers are in other segments and other buckets."""
        fields = {f"field_{field}": f"{number:0{self.length}}"[: self.length] for field in range(self.fields)}
        signals = {"spend": number % self.segments + 0.5}
        return {"id": f"c-{number}", "signals": signals, "fields": fields}

    def library(self) -> Library:
        """The library: one campaign `c`, one channel `email`, one part `html`."""
        types = [f"slot_{number}" for number in range(self.slots)]
        texts: list[bytes] = [b"<html>", b"</html>", b"friend", b" "]
        placeholders = tuple(
            Placeholder(field=f"field_{number}", encoder="html", fallback=2) for number in range(self.fields)
        )
        blanks: Fragment = tuple(piece for field in range(self.fields) for piece in (3, -1 - field))
        calls = []
        for type_ in types:
            fragments: dict[str, Fragment] = {}
            for number in range(self.components):
                texts.append(f"<p>{type_} {number}: {_WORDS * (self.text // len(_WORDS) + 1)}"[: self.text].encode())
                fragments[_address(type_, number)] = (len(texts) - 1, *(blanks if type_ == types[0] else ()))
            calls.append(Call(slot=type_, fragments=fragments))
        document = Document(segments=((0,), *((3,) for _ in types[1:]), (1,)), calls=tuple(calls))
        defaults = {type_: _address(type_, 0) for type_ in types}
        texts.append(_default(document, defaults, placeholders, texts))
        stored = StoredDefault(
            key=variant_key("c", "email", "en", defaults), slots=dict(defaults), parts={"html": len(texts) - 1}
        )
        channel = Channel(
            layout="plain", slots=tuple(types), documents={"en": {"html": document}}, defaults={"en": stored}
        )
        slots = tuple(Slot(name=type_, type=type_, default=_address(type_, 0)) for type_ in types)
        content = Content(
            name="made",
            locales=("en",),
            link_hosts=(),
            unassigned="treat",
            fields={f"field_{number}": Field(kind="text", max_length=10_000) for number in range(self.fields)},
            signals={"spend": Signal(kind="number", low=0, high=self.segments)},
            segments=segments_of(self.segments, self.segments),
            stages=(),
            components=tuple(self._component(type_, number) for type_ in types for number in range(self.components)),
            campaigns={"c": Campaign(slots=slots, channels={"email": channel})},
            placeholders=placeholders,
        )
        return Library(content, texts)

    def _component(self, type_: str, number: int) -> Component:
        segments = (f"band_{(number - 1) % self.segments}",) if number and not self.tested else None
        test = None
        if number and self.tested:
            low, high = (_BUCKETS * edge // self.components for edge in (number, number + 1))
            test = Test(id=type_, ranges={"c": (low, high)})
        return Component(
            address=_address(type_, number),
            type=type_,
            status="ready",
            locales=("en",),
            segments=segments,
            test=test,
        )


def _address(type_: str, number: int) -> str:
    return f"{type_}/component_{number}"


def _default(
    document: Document, defaults: dict[str, str], placeholders: tuple[Placeholder, ...], texts: list[bytes]
) -> bytes:
    numbers = list(document.segments[0])
    for call, segment in zip(document.calls, document.segments[1:], strict=True):
        numbers += (*call.fragments[defaults[call.slot]], *segment)
    return b"".join(texts[number if number >= 0 else placeholders[-1 - number].fallback] for number in numbers)
