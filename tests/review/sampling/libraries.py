"""Libraries of one campaign, written by hand: a component is its words, and who gets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from assembler import Library
from assembler.library.records import (
    Audience,
    Call,
    Campaign,
    Channel,
    Component,
    Content,
    Document,
    Field,
    Known,
    Placeholder,
    Signal,
    Slot,
    StoredDefault,
    Test as SplitTest,
    Window,
)
from assembler.review.sampling.digests import ReviewDigests, digests_of

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = 24 * 60 * 60 * 1_000_000
_NOW = (AT - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)

Written = Mapping[str, object]
"""The components of a slot by name, each with its words or more; the first is the default, and `empty` is nothing."""


def split(test: str, low: int, high: int) -> SplitTest:
    """So many buckets of a test, in the campaign."""
    return SplitTest(id=test, ranges={"back": (low, high)})


def library_of(
    slots: Mapping[str, Written],
    *,
    layout: Sequence[str] | None = None,
    channels: Sequence[str] = ("page",),
    locales: Sequence[str] = ("en",),
) -> Library:
    """A library of the campaign `back` with these slots, each with a type of its own name.

    Its segments are `s` and `t`, its stage is `u`, and its merge field is `first_name`, in words as `{first_name}`
    with the fallback "friend". `layout` is the text before, between and after the slots. Of a component, `words` are
    shown in the slot; `opens` and `closes` are days from now; all else is what a `Component` has.
    """
    texts: list[bytes] = []

    def fragment(text: str) -> tuple[int, ...]:
        numbers = []
        for number, piece in enumerate(text.split("{first_name}")):
            numbers += [-1] * (number > 0)
            texts.append(piece.encode())
            numbers.append(len(texts) - 1)
        return tuple(numbers)

    components: list[Component] = []
    calls: list[Call] = []
    for slot, written in slots.items():
        fragments = {}
        for name, about in written.items():
            if name != "empty":
                more = dict(about) if isinstance(about, Mapping) else {"words": about}
                fragments[f"{slot}/{name}"] = fragment(f"<p>{more.pop('words', name)}</p>")
                components.append(_component(f"{slot}/{name}", more))
        calls.append(Call(slot=slot, fragments=fragments))
    around = layout or ["<html><body>", *["<hr>"] * (len(slots) - 1), "</body></html>"]
    document = Document(segments=tuple(map(fragment, around)), calls=tuple(calls))
    defaults = {slot: _default(slot, written) for slot, written in slots.items()}
    channel = Channel(
        layout="board",
        slots=tuple(slots),
        documents={locale: {"html": document} for locale in locales},
        defaults={locale: StoredDefault(key=f"back/page/{locale}/0", slots=defaults, parts={}) for locale in locales},
    )
    content = Content(
        name="written",
        locales=tuple(locales),
        link_hosts=(),
        unassigned="treat",
        fields={"first_name": Field(kind="name", max_length=60)},
        signals={name: Signal(kind="boolean") for name in "stu"},
        segments=tuple(Audience(id=name, condition=Known(signal=name)) for name in "st"),
        stages=(Audience(id="u", condition=Known(signal="u")),),
        components=tuple(sorted(components, key=lambda component: component.address)),
        campaigns={
            "back": Campaign(
                slots=tuple(Slot(name=slot, type=slot, default=default) for slot, default in defaults.items()),
                channels=dict.fromkeys(channels, channel),
            )
        },
        placeholders=(Placeholder(field="first_name", encoder="html", fallback=len(texts)),),
    )
    return Library(content, [*texts, b"friend"])


def digests_in(library: Library) -> ReviewDigests:
    """The digests of the first campaign, channel and locale of a library."""
    return next(digests_of(library))


def _default(slot: str, written: Written) -> str | None:
    name = next(iter(written))
    return None if name == "empty" else f"{slot}/{name}"


def _component(address: str, about: dict[str, object]) -> Component:
    opens, closes = (
        _NOW + days * DAY if isinstance(days := about.pop(key, None), int) else None for key in ("opens", "closes")
    )
    return Component(
        address=address,
        type=address.partition("/")[0],
        status="ready",
        locales=("en", "fr"),
        window=Window(start=opens, end=closes),
        **about,  # type: ignore[arg-type]  # as it is written
    )
