"""What a library holds: frozen records, written by authoring and read by the runtime.

Moments are whole microseconds since 1970-01-01T00:00:00Z; a window starts at its start and ends before its end. Shares
are counted in buckets of a ten-thousandth. Texts are numbered: a `Fragment` is a row of numbers, where `n >= 0` is the
text `texts[n]` (UTF-8) and `n < 0` is the placeholder `placeholders[-1 - n]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

BUCKETS: Final = 10_000
"""So many buckets is everybody: each is a hundredth of a per cent. A holdout and a test take some of them."""

Fragment = tuple[int, ...]
Literals = str | bool | int | float
Encoder = Literal["html", "url", "url_text", "url_part", "plain", "subject", "json"]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The root of every record: immutable, compared by value."""


class Compare(Record, frozen=True, tag="compare"):
    """`signal operator value`; with `days`, the whole UTC days since the signal's date are compared."""

    signal: str
    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    value: Literals
    days: bool = False


class OneOf(Record, frozen=True, tag="among"):
    """`signal in values`; `days` as in `Compare`."""

    signal: str
    values: tuple[Literals, ...]
    days: bool = False


class Known(Record, frozen=True, tag="known"):
    """`known(signal)`: the only condition that is never unknown."""

    signal: str


class Not(Record, frozen=True, tag="not"):
    """The negation of a condition; of unknown, unknown."""

    condition: Condition = msgspec.field(name="rule")


class And(Record, frozen=True, tag="and"):
    """True when every condition is true, false when one is false, else unknown."""

    conditions: tuple[Condition, ...] = msgspec.field(name="rules")


class Or(Record, frozen=True, tag="or"):
    """True when one condition is true, false when every one is false, else unknown."""

    conditions: tuple[Condition, ...] = msgspec.field(name="rules")


Condition = Compare | OneOf | Known | Not | And | Or


class Audience(Record, frozen=True):
    """A segment or a stage: its condition decides who belongs to it."""

    id: str
    condition: Condition = msgspec.field(name="rule")


class Signal(Record, frozen=True):
    """How a signal's value is read. `max_age` is in microseconds; `low` and `high` are inclusive."""

    kind: Literal["integer", "number", "boolean", "text", "choice", "date"]
    low: float | int | None = None
    high: float | int | None = None
    values: tuple[str, ...] = ()
    max_age: int | None = None
    consent: str | None = None


class Field(Record, frozen=True):
    """A merge field. `max_length` counts characters."""

    kind: Literal["name", "text", "url"]
    max_length: int


class Holdout(Record, frozen=True):
    """People whose bucket under `salt` is below `share` get the default, until the moment `until`."""

    share: int
    salt: str
    until: int | None = None

    def has_ended(self, moment: int) -> bool:
        """Whether nobody is held out any more at a moment."""
        return self.until is not None and moment >= self.until


class Window(Record, frozen=True):
    """When a component may be used. `first` and `last` are the dates as written, for explanations."""

    start: int | None = None
    end: int | None = None
    first: str | None = None
    last: str | None = None

    @property
    def edges(self) -> tuple[int, ...]:
        """The moments at which it opens and closes, as far as it does."""
        return tuple(edge for edge in (self.start, self.end) if edge is not None)

    def has_begun(self, moment: int) -> bool:
        """Whether it is open at a moment, or has been."""
        return self.start is None or moment >= self.start

    def has_ended(self, moment: int) -> bool:
        """Whether it is closed at a moment for good."""
        return self.end is not None and moment >= self.end

    def is_open(self, moment: int) -> bool:
        """Whether the component may be used at a moment."""
        return self.has_begun(moment) and not self.has_ended(moment)


class Test(Record, frozen=True):
    """The buckets `[low, high)` that a component takes of its test, by campaign."""

    id: str
    ranges: dict[str, tuple[int, int]]

    def range_in(self, campaign: str) -> tuple[int, int]:
        """The buckets that the component takes in a campaign; none, `(0, 0)`, where it has no share there."""
        return self.ranges.get(campaign, (0, 0))


class Component(Record, frozen=True):
    """A component as the decision sees it. None means no restriction; `locales` lists the project's locales it has."""

    address: str
    type: str
    status: Literal["draft", "ready", "retired"]
    locales: tuple[str, ...]
    campaigns: tuple[str, ...] | None = None
    segments: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    window: Window = Window()
    needs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    test: Test | None = None

    @property
    def rank(self) -> tuple[int, bool, int]:
        """What decides between candidates for the same people, the least first: the closer audience, then a test that
        includes the person, then more needs."""
        return 2 * (self.segments is None) + (self.stages is None), self.test is None, -len(self.needs)

    def is_open_to(self, campaign: str) -> bool:
        """Whether the component may be used in a campaign."""
        return self.campaigns is None or campaign in self.campaigns

    def is_shown_in(self, channel: str) -> bool:
        """Whether the component may be used in a channel."""
        return self.channels is None or channel in self.channels


class Slot(Record, frozen=True):
    """A slot of a campaign; a `default` of None is the empty slot."""

    name: str
    type: str
    default: str | None
    constant: bool = False


class Placeholder(Record, frozen=True):
    """A place in a document for a merge field's value. `fallback` is the number of the text, already encoded."""

    field: str
    encoder: Encoder
    fallback: int


def with_fallbacks(numbers: Iterable[int], texts: Sequence[bytes], placeholders: Sequence[Placeholder]) -> bytes:
    """Return what the numbers of texts and placeholders stand for, with every merge field at its fallback, in UTF-8."""
    return b"".join(texts[number if number >= 0 else placeholders[-1 - number].fallback] for number in numbers)


class Call(Record, frozen=True):
    """A place in a document where a slot's component stands, with the fragment of every component it can hold."""

    slot: str
    fragments: dict[str, Fragment]


class Document(Record, frozen=True):
    """One part of a channel: segments[0], calls[0], segments[1], ... , segments[-1]."""

    segments: tuple[Fragment, ...]
    calls: tuple[Call, ...] = ()

    def numbers(self, chosen: Mapping[str, str | None]) -> Iterator[int]:
        """Yield the numbers of its texts and placeholders with the components chosen by slot, None for an empty one.

        Raises `KeyError` where a slot that is called is not among them, or a component cannot stand there.
        """
        yield from self.segments[0]
        for call, segment in zip(self.calls, self.segments[1:], strict=True):
            component = chosen[call.slot]
            if component is not None:
                yield from call.fragments[component]
            yield from segment


class StoredDefault(Record, frozen=True):
    """The default variant, whole: the number of each part's text, merge fields at their fallbacks."""

    key: str
    slots: dict[str, str | None]
    parts: dict[str, int]


class Channel(Record, frozen=True):
    """A campaign in one channel: the slots its layout calls, in campaign order; documents by locale and part."""

    layout: str
    slots: tuple[str, ...]
    documents: dict[str, dict[str, Document]]
    defaults: dict[str, StoredDefault]


class Campaign(Record, frozen=True):
    """One campaign. `needs` names the signals and fields that its components need.

    `segments` and `stages` are those that it is for, None for all; who gets what does not depend on them.
    """

    slots: tuple[Slot, ...]
    channels: dict[str, Channel]
    needs: tuple[str, ...] = ()
    holdout: Holdout | None = None
    segments: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None

    def is_for(self, segment: str | None, stage: str | None) -> bool:
        """Whether the campaign is for people of a segment and stage; it always is for those in none."""
        named = ((self.segments, segment), (self.stages, stage))
        return all(names is None or name is None or name in names for names, name in named)


class Content(Record, frozen=True):
    """All of a library but its texts. `locales[0]` is the default; segments by priority, stages in funnel order.

    `spellings` are what else may be written for a locale, in small letters with `-`, and the locale that each means.
    """

    name: str
    locales: tuple[str, ...]
    link_hosts: tuple[str, ...]
    unassigned: Literal["treat", "default"]
    fields: dict[str, Field]
    signals: dict[str, Signal]
    segments: tuple[Audience, ...]
    stages: tuple[Audience, ...]
    components: tuple[Component, ...]
    campaigns: dict[str, Campaign]
    placeholders: tuple[Placeholder, ...] = msgspec.field(name="holes")
    holdout: Holdout | None = None
    spellings: dict[str, str] = {}
