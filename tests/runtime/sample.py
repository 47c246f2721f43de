"""A small library made by hand: two campaigns, channels and locales; slots and components of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, TypedDict, Unpack

import msgspec

from assembler import Library
from assembler.library import records
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
    Encoder,
    Field,
    Fragment,
    Holdout,
    Known,
    OneOf,
    Placeholder,
    Signal,
    Slot,
    StoredDefault,
    Window,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = 86_400_000_000
"""In microseconds."""


def instant(at: datetime) -> int:
    """Microseconds since the epoch."""
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def midnight(year: int, month: int, day: int) -> int:
    """The first instant of a UTC day."""
    return instant(datetime(year, month, day, tzinfo=UTC))


SIGNALS = {
    "months": Signal(kind="integer", low=0, high=600, max_age=35 * DAY, consent="marketing"),
    "spend": Signal(kind="number", low=0, high=100_000, max_age=35 * DAY, consent="marketing"),
    "newcomer": Signal(kind="boolean"),
    "city": Signal(kind="text"),
    "looking_for": Signal(kind="choice", values=("boots", "jackets"), max_age=DAY // 2),
    "last_visit": Signal(kind="date"),
}
FIELDS = {
    "first_name": Field(kind="name", max_length=60),
    "greeting": Field(kind="text", max_length=200),
    "account_url": Field(kind="url", max_length=2000),
}
SEGMENTS = (
    Audience(
        id="lapsed",
        condition=And(
            conditions=(
                Compare(signal="months", operator=">=", value=7),
                Compare(signal="spend", operator=">=", value=500),
            )
        ),
    ),
    Audience(id="seeker", condition=OneOf(signal="looking_for", values=("boots", "jackets"))),
    Audience(id="visitor", condition=Compare(signal="last_visit", operator="<=", value=30, days=True)),
)
STAGES = (
    Audience(id="exploring", condition=Known(signal="looking_for")),
    Audience(id="win_back", condition=Compare(signal="months", operator=">=", value=7)),
)


class Tags(TypedDict, total=False):
    """How a component may differ from one that is ready, in both locales, for everyone."""

    status: Literal["draft", "ready", "retired"]
    locales: tuple[str, ...]
    campaigns: tuple[str, ...] | None
    segments: tuple[str, ...] | None
    stages: tuple[str, ...] | None
    channels: tuple[str, ...] | None
    window: Window
    needs: tuple[str, ...]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    test: records.Test | None


def component(address: str, **tags: Unpack[Tags]) -> Component:
    """A component that is ready, in both locales, for everyone, but for its tags."""
    return Component(address=address, type=address.partition("/")[0], **_plain() | tags)


def _plain() -> Tags:
    return {"status": "ready", "locales": ("en", "fr")}


def tone(low: int, high: int) -> records.Test:
    """Buckets of the test `tone` in come_back."""
    return records.Test(id="tone", ranges={"come_back": (low, high)})


DEFAULTS = tuple(
    component(address)
    for address in ("body/come_back", "headline/come_back", "headline/echo", "headline/welcome", "proof/returns")
)
TARGETED = (
    component("body/spring", segments=("lapsed",), requires=("offer/spring",)),
    component("body/calm", segments=("lapsed",), stages=("win_back",), excludes=("offer/bold",)),
    component("headline/all"),
    component("headline/english", segments=("visitor",), locales=("en",)),
    component("headline/lapsed", segments=("lapsed",)),
    component("headline/lapsed_win_back", segments=("lapsed",), stages=("win_back",)),
    component("headline/new", segments=("visitor",), window=Window(start=midnight(2026, 12, 1), first="2026-12-01")),
    component("headline/old", segments=("visitor",), window=Window(end=midnight(2026, 11, 15), last="2026-11-14")),
    component("headline/paper", segments=("visitor",), channels=("page",)),
    component("headline/seeker", segments=("seeker",)),
    component("headline/seeker_named", segments=("seeker",), needs=("first_name",)),
    component("headline/sketch", segments=("seeker",), status="draft"),
    component("headline/welcome_seeker", segments=("seeker",), campaigns=("welcome",)),
    component("headline/win_back", stages=("win_back",), campaigns=("come_back",)),
    component("offer/bold", segments=("lapsed",), test=tone(0, 5000)),
    component("offer/spring", segments=("lapsed",)),
    component("proof/warranty", segments=("lapsed",)),
)
COMPONENTS = tuple(sorted((*DEFAULTS, *TARGETED), key=lambda component: component.address))
COME_BACK = (
    Slot(name="offer", type="offer", default=None),
    Slot(name="headline", type="headline", default="headline/come_back"),
    Slot(name="echo", type="headline", default="headline/echo"),
    Slot(name="body", type="body", default="body/come_back"),
    Slot(name="proof", type="proof", default="proof/returns", constant=True),
)
WELCOME = (Slot(name="headline", type="headline", default="headline/welcome"),)
CHANNELS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "come_back": {"email": ("offer", "headline", "echo", "body", "proof"), "page": ("headline", "body", "proof")},
    "welcome": {"email": ("headline",), "page": ("headline",)},
}
PARTS: Mapping[str, Mapping[str, tuple[Encoder, ...]]] = {
    "email": {
        "subject": ("subject",),
        "preheader": ("plain",),
        "html": ("html", "url"),
        "text": ("plain",),
    },
    "page": {"html": ("html", "url", "url_part", "json")},
}
FIELD_OF: Mapping[Encoder, tuple[str, str]] = {
    "html": ("first_name", "friend"),
    "subject": ("first_name", "friend"),
    "plain": ("first_name", "friend"),
    "json": ("greeting", "hello"),
    "url_part": ("greeting", "hello"),
    "url": ("account_url", "https://www.harbourandpine.example/account"),
}
PERSON = {
    "id": "c-42",
    "locale": "fr-CA",
    "consent": ["marketing"],
    "signals": {
        "months": {"value": 9, "observed_at": "2026-11-20T08:00:00Z"},
        "spend": 640.5,
        "city": "",
        "last_visit": "2026-11-01",
    },
    "fields": {"first_name": "Ma ya", "greeting": "", "account_url": "https://www.harbourandpine.example/1"},
    "stage": "typo",
}
"""Somebody of whom enough is said for most of the runtime to have work."""

NONE_HELD_OUT = Holdout(share=0, salt="2026q4")


class Maker:
    """Makes content and texts from components; texts and placeholders are numbered as they come."""

    def __init__(self, components: Sequence[Component]) -> None:
        self.components = components
        self.texts: list[bytes] = []
        self.placeholders: list[Placeholder] = []

    def text(self, words: str) -> int:
        self.texts.append(words.encode())
        return len(self.texts) - 1

    def placeholder(self, encoder: Encoder) -> int:
        field, fallback = FIELD_OF[encoder]
        self.placeholders.append(Placeholder(field=field, encoder=encoder, fallback=self.text(fallback)))
        return -len(self.placeholders)

    def rendition(self, address: str, encoders: Sequence[Encoder]) -> Fragment:
        """The component's address, and for a headline a placeholder of each encoder, each in square brackets."""
        if not address.startswith("headline/"):
            return (self.text(f"({address})"),)
        placeholders = [
            piece for encoder in encoders for piece in (self.text("["), self.placeholder(encoder), self.text("]"))
        ]
        return (self.text(f"({address} "), *placeholders, self.text(")"))

    def document(self, slots: Sequence[Slot], locale: str, encoders: Sequence[Encoder]) -> Document:
        return Document(
            segments=((self.text(f"{locale}:"), self.text("<")), *((self.text(f"|{slot.name}>"),) for slot in slots)),
            calls=tuple(
                Call(
                    slot=slot.name,
                    fragments={
                        component.address: self.rendition(component.address, encoders)
                        for component in self.components
                        if component.type == slot.type
                    },
                )
                for slot in slots
            ),
        )

    def at_fallbacks(self, document: Document, slots: Mapping[str, str | None]) -> int:
        """The number of a document's text with these components and no values."""

        def numbers() -> Iterator[int]:
            yield from document.segments[0]
            for number, call in enumerate(document.calls):
                chosen = slots[call.slot]
                if chosen is not None:
                    yield from call.fragments[chosen]
                yield from document.segments[number + 1]

        words = [self.texts[number if number >= 0 else self.placeholders[-1 - number].fallback] for number in numbers()]
        return self.text(b"".join(words).decode())

    def channel(self, campaign: str, channel: str, slots: Sequence[Slot]) -> Channel:
        here = [slot for slot in slots if slot.name in CHANNELS[campaign][channel]]
        defaults = {slot.name: slot.default for slot in here}
        documents = {
            locale: {part: self.document(here, locale, encoders) for part, encoders in PARTS[channel].items()}
            for locale in ("en", "fr")
        }
        return Channel(
            layout="plain",
            slots=tuple(defaults),
            documents=documents,
            defaults={
                locale: StoredDefault(
                    key=variant_key(campaign, channel, locale, defaults),
                    slots=defaults,
                    parts={part: self.at_fallbacks(document, defaults) for part, document in parts.items()},
                )
                for locale, parts in documents.items()
            },
        )

    def campaign(self, campaign: str, slots: Sequence[Slot]) -> Campaign:
        needs = sorted({need for component in self.components for need in component.needs})
        return Campaign(
            slots=tuple(slots),
            channels={channel: self.channel(campaign, channel, slots) for channel in CHANNELS[campaign]},
            needs=tuple(needs),
        )

    def content(self) -> Content:
        return Content(
            name="sample",
            locales=("en", "fr"),
            link_hosts=("www.harbourandpine.example", "shop.example:8443"),
            unassigned="treat",
            fields=FIELDS,
            signals=SIGNALS,
            segments=SEGMENTS,
            stages=STAGES,
            components=tuple(self.components),
            campaigns={
                "come_back": self.campaign("come_back", COME_BACK),
                "welcome": self.campaign("welcome", WELCOME),
            },
            placeholders=tuple(self.placeholders),
        )


class Changes(TypedDict, total=False):
    """How content may differ from the sample's."""

    unassigned: Literal["treat", "default"]
    signals: dict[str, Signal]
    fields: dict[str, Field]
    segments: tuple[Audience, ...]
    stages: tuple[Audience, ...]
    holdout: Holdout | None
    locales: tuple[str, ...]


def archive(components: Sequence[Component] = COMPONENTS, **changes: Unpack[Changes]) -> tuple[Content, list[bytes]]:
    """The sample's content and texts, with other components or other content."""
    maker = Maker(components)
    return msgspec.structs.replace(maker.content(), **changes), maker.texts


def library(components: Sequence[Component] = COMPONENTS, **changes: Unpack[Changes]) -> Library:
    """The sample as a library whose clock stands at `AT`."""
    return Library(*archive(components, **changes), clock=lambda: AT)


def with_control(sample: Library, holdout: Holdout) -> Library:
    """The library with a holdout of its own for come_back."""
    campaigns = dict(sample.content.campaigns)
    campaigns["come_back"] = msgspec.structs.replace(campaigns["come_back"], holdout=holdout)
    return Library(msgspec.structs.replace(sample.content, campaigns=campaigns), sample.texts, clock=lambda: AT)
