"""Flags as OpenFeature has them, and the answers of its Remote Evaluation Protocol (OFREP 0.3.0).

A campaign in a channel is these flags: `campaign.channel`, the key of the variant; `campaign.channel.slot`, the address
of the component in the slot, blank for an empty one; `campaign.channel:slots`, all of these; `campaign.channel:parts`,
the texts of the variant. Functions here are pure: a library and a question come in, an answer comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from assembler.errors import listed, nearest
from assembler.library.records import Content
from assembler.runtime.decision import Decision
from assembler.runtime.library import Library
from assembler.runtime.reasons import Fit, Reason, SlotReason
from assembler.runtime.recognise import Getter, getter, is_mapping, is_really, nothing

Answer = tuple[int, dict[str, object]]
"""A status of HTTP, and what the body holds as JSON."""

_ABSENT: Final = object()
_NAMED_ALIKE: Final = ("locale", "consent", "signals", "fields", "segment", "stage")
"""The attributes that are what a library's context has under that key."""

_EMPTY: Final = "empty"
"""The variant of a slot's flag where the slot is empty: its value, the blank text, names nothing."""

_REASONS: Final[Mapping[str, str]] = {Reason.HOLDOUT: "SPLIT", SlotReason.CONSTANT: "STATIC"}
"""The reasons that OpenFeature has no word for, and what they are to it; clients drop a value whose reason is new."""


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """What a key asks for: a campaign in a channel; one of its slots, or None; and else which view of the variant."""

    campaign: str
    channel: str
    slot: str | None
    view: str


class FlagMetadata(dict[str, str]):
    """The metadata of a flag, and for what runs in this process the decision and the id of the person behind them."""

    __slots__ = ("decision", "person_id")

    def __init__(self, facts: Mapping[str, str], decision: Decision, person_id: object) -> None:
        super().__init__(facts)
        self.decision = decision
        self.person_id = person_id


class FlagEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one flag: what OpenFeature calls resolution details. No fact is null."""

    key: str
    value: str | dict[str, str]
    variant: str
    reason: str
    metadata: dict[str, str]


class FlagContext(Mapping[str, Any]):
    """An evaluation context as a library reads contexts: the targeting key is the id, and an attribute that is named
    like a signal or a field is that, unless `signals` or `fields` has one of its name.

    It is read when the library asks, so that whatever an attribute does is met by the library's default.
    """

    def __init__(self, content: Content, attributes: Mapping[str, object], targeting_key: object) -> None:
        self._names: dict[str, Mapping[str, object]] = {"signals": content.signals, "fields": content.fields}
        self._attributes = attributes
        self._id = targeting_key

    def __getitem__(self, key: str) -> Any:
        value = self.get(key, _ABSENT)
        if value is _ABSENT:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return (key for key in ("id", *_NAMED_ALIKE) if self.get(key, _ABSENT) is not _ABSENT)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, key: str, default: Any = None) -> Any:
        """Return what the context has under a key of a library's context."""
        if key == "id":
            return default if self._id is None else self._id
        if key not in _NAMED_ALIKE:
            return default
        get = getter(self._attributes) or nothing
        names = self._names.get(key, ())
        flat = _given(names, get)
        return flat | _given(names, getter(get(key, None)) or nothing) if flat else get(key, default)


def _given(names: Iterable[str], get: Getter) -> dict[str, object]:
    """The values that are given for names."""
    return {name: value for name in names if (value := get(name, _ABSENT)) is not _ABSENT}


def context_of(content: Content, attributes: object, targeting_key: object) -> object:
    """Return an evaluation context as a library reads contexts; attributes that are no mapping are no context."""
    return FlagContext(content, attributes, targeting_key) if is_mapping(attributes) else attributes


def flag_keys(library: Library) -> tuple[str, ...]:
    """Return the keys of all flags of a library."""
    keys: list[str] = []
    for campaign, channel in _pairs(library):
        slots = library.content.campaigns[campaign].channels[channel].slots
        keys += [f"{campaign}.{channel}{rest}" for rest in (*_VIEWS, *(f".{slot}" for slot in slots))]
    return tuple(keys)


def evaluation(library: Library, key: str, context: object) -> FlagEvaluation | None:
    """Return the answer for one flag and a context as the library reads it; None where there is no such flag."""
    flag = _flag(library, key)
    if flag is None:
        return None
    if flag.slot is None:
        value, decision = _VIEWS[flag.view](library, flag, context)
        return _evaluation(key, value, decision.key, decision, context, decision.reason)
    decision = _decided(library, flag, context)
    choice = decision.slots[flag.slot]
    address = choice.component or ""
    return _evaluation(key, address, address or _EMPTY, decision, context, choice.reason, choice.fit)


def unknown_flag(library: Library, key: str) -> str:
    """Return the sentence for a key that is no flag's, with the nearest one; the key is not repeated."""
    near = nearest(key, flag_keys(library)) if is_really(key, str) else None
    pairs = (f"{campaign}.{channel}" for campaign, channel in _pairs(library))
    return f"there is no such flag; {f'did you mean {near}?' if near else f'there is {listed(pairs)}'}"


def evaluate(library: Library, key: str, payload: object) -> Answer:
    """Answer `POST /ofrep/v1/evaluate/flags/{key}`; `payload` is the body as JSON has it, None where it is no JSON."""
    refused = _refused(payload)
    if refused:
        return 400, {"key": key, **refused}
    answer = evaluation(library, key, _context(library, payload))
    if answer is None:
        return 404, {"key": key, "errorCode": "FLAG_NOT_FOUND", "errorDetails": unknown_flag(library, key)}
    return 200, msgspec.structs.asdict(answer)


def evaluate_all(library: Library, payload: object) -> Answer:
    """Answer `POST /ofrep/v1/evaluate/flags`: every campaign in each of its channels, in the library's order.

    The same library and the same person have the same answer, so that its bytes make a good ETag.
    """
    refused = _refused(payload)
    if refused:
        return 400, refused
    context = _context(library, payload)
    person = library.person(context)
    decisions = (library.decide(campaign, channel=channel, context=person) for campaign, channel in _pairs(library))
    answers = (
        _evaluation(
            f"{decision.campaign}.{decision.channel}", decision.key, decision.key, decision, context, decision.reason
        )
        for decision in decisions
    )
    flags = [msgspec.structs.asdict(answer) for answer in answers]
    return 200, {"flags": flags, "metadata": {"library": library.digest}}


def _refused(payload: object) -> dict[str, object]:
    """What is wrong with a body; nothing, if it may be answered."""
    if not is_mapping(payload):
        return {"errorCode": "PARSE_ERROR", "errorDetails": 'the body must be a JSON object, such as {"context": {}}'}
    context = payload.get("context")
    if context is None or is_mapping(context):
        return {}
    return {"errorCode": "INVALID_CONTEXT", "errorDetails": "context must be a JSON object"}


def _context(library: Library, payload: object) -> object:
    """The context in a body that is not refused."""
    attributes = payload.get("context") if is_mapping(payload) else None
    targeting_key = attributes.get("targetingKey") if is_mapping(attributes) else None
    return context_of(library.content, attributes, targeting_key)


def _pairs(library: Library) -> Iterator[tuple[str, str]]:
    """Every campaign with each of its channels."""
    return ((campaign, channel) for campaign in library.campaigns for channel in library.channels(campaign))


def _flag(library: Library, key: str) -> Flag | None:
    """The flag of a key; None where there is none."""
    if not is_really(key, str):
        return None
    name = key.partition(":")[0]
    campaign, _, rest = name.partition(".")
    channel, dot, slot = rest.partition(".")
    view = key.removeprefix(name)
    own = library.content.campaigns.get(campaign)
    if own is None or channel not in own.channels or view not in _VIEWS:
        return None
    if dot and (view or slot not in own.channels[channel].slots):
        return None
    return Flag(campaign=campaign, channel=channel, slot=slot if dot else None, view=view)


def _decided(library: Library, flag: Flag, context: object) -> Decision:
    return library.decide(flag.campaign, channel=flag.channel, context=context)


def _key(library: Library, flag: Flag, context: object) -> tuple[str, Decision]:
    decision = _decided(library, flag, context)
    return decision.key, decision


def _slots(library: Library, flag: Flag, context: object) -> tuple[dict[str, str], Decision]:
    decision = _decided(library, flag, context)
    return {choice.slot: choice.component or "" for choice in decision.choices}, decision


def _parts(library: Library, flag: Flag, context: object) -> tuple[dict[str, str], Decision]:
    variant = library.assemble(flag.campaign, channel=flag.channel, context=context)
    return dict(variant.parts), variant.decision


_VIEWS: Final[Mapping[str, Callable[[Library, Flag, object], tuple[str | dict[str, str], Decision]]]] = {
    "": _key,
    ":slots": _slots,
    ":parts": _parts,
}
"""What the value of a flag is, by what stands in its key after the channel."""


def _evaluation(
    key: str,
    value: str | dict[str, str],
    variant: str,
    decision: Decision,
    context: object,
    reason: Reason | SlotReason,
    fit: Fit | None = None,
) -> FlagEvaluation:
    """The answer for a flag. Where the stored default answers, that is the reason of every flag; its code stands among
    the metadata only, since clients replace a value that has an error code."""
    why = reason if decision.error_code is None else decision.reason
    facts = {
        "library": decision.library,
        "arm": decision.arm,
        "locale": decision.locale,
        "segment": decision.segment,
        "stage": decision.stage,
        "withheld": decision.withheld,
        "fit": fit,
        "assembler_reason": why,
        "error_code": decision.error_code,
    }
    told = {name: str(fact) for name, fact in facts.items() if fact is not None}
    person_id = context.get("id") if isinstance(context, FlagContext) else None
    return FlagEvaluation(
        key=key,
        value=value,
        variant=variant,
        reason=_REASONS.get(why, str(why)),
        metadata=FlagMetadata(told, decision, person_id),
    )
