"""What a caller says about a person, turned into facts: known values, and a problem for each that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from assembler.library.records import Content
from assembler.runtime.encode import is_blank
from assembler.runtime.fields import FieldReader
from assembler.runtime.recognise import LARGEST, Getter, getter, members, nothing, number_of, text_of
from assembler.runtime.rules import Value
from assembler.runtime.signals import Moment, Problem, Reading, SignalReader

__all__ = ["Facts", "Misnamed", "Reader"]

Misnamed = tuple[Literal["segment", "stage"], str | None]
"""A segment or stage that the library does not have, and its name; None where the name must not be repeated."""

_ABSENT: Final = object()
_harmless_name = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What is known about a person at one moment, in terms of what the library declares.

    `signals` and `fields` hold the known ones. `problems` says, for every signal or field that the caller supplied and
    that is not known, why. `segment` and `stage` are `UNSET` where the rules decide.
    """

    person: str | None
    signals: dict[str, Value]
    fields: dict[str, str]
    problems: dict[str, Problem]
    segment: str | msgspec.UnsetType | None
    stage: str | msgspec.UnsetType | None
    misnamed: tuple[Misnamed, ...]


class Reader:
    """Reads contexts for one library: only what it declares is looked at, so the cost of a call is bounded."""

    def __init__(self, content: Content) -> None:
        hosts = frozenset(content.link_hosts)
        self._signals = tuple(SignalReader(name, signal) for name, signal in content.signals.items())
        self._fields = tuple(FieldReader(name, field, hosts) for name, field in content.fields.items())
        self._segments = frozenset(segment.id for segment in content.segments)
        self._stages = frozenset(stage.id for stage in content.stages)
        self._locales = {_tag(locale): locale for locale in reversed(content.locales)}
        self._default_locale = content.locales[0]
        self._longest_tag = max(map(len, self._locales))

    def locale(self, context: object) -> str:
        """The library's locale for the one that a context asks for: subtags fall off from the right, then the default.

        The context may be of any type.
        """
        get = getter(context) or nothing
        wanted = text_of(get("locale", None)) or ""
        if wanted in self._locales:
            return self._locales[wanted]
        tag = _tag(wanted[: self._longest_tag + 1])
        if len(wanted) > self._longest_tag:
            tag = tag.rpartition("-")[0]
        while tag and tag not in self._locales:
            tag = tag.rpartition("-")[0]
        return self._locales.get(tag, self._default_locale)

    def read(self, context: object, moment: Moment) -> Facts:
        """The facts in a context at a moment. What is no mapping holds none."""
        get = getter(context) or nothing
        signals: dict[str, Value] = {}
        fields: dict[str, str] = {}
        problems: dict[str, Problem] = {}
        misnamed: list[Misnamed] = []
        self._read_signals(get, moment, signals, problems)
        self._read_fields(get, fields, problems)
        segment = _vouched("segment", get("segment", msgspec.UNSET), self._segments, misnamed)
        stage = _vouched("stage", get("stage", msgspec.UNSET), self._stages, misnamed)
        person = _person(get("id", None))
        return Facts(person, signals, fields, problems, segment, stage, tuple(misnamed))

    def readings(self, context: object, moment: Moment) -> Iterator[tuple[str, Reading]]:
        """Every declared signal with its value, problem and age, for explanations."""
        get = getter(context) or nothing
        consent = _granted(get)
        get_signal = getter(get("signals", None)) or nothing
        for signal in self._signals:
            yield signal.name, signal.read(get_signal(signal.name, None), moment.at, consent)

    def _read_signals(self, get: Getter, moment: Moment, known: dict[str, Value], problems: dict[str, Problem]) -> None:
        get_signal = getter(get("signals", None))
        if get_signal is None:
            return
        consent = _granted(get)
        for signal in self._signals:
            raw = get_signal(signal.name, _ABSENT)
            if raw is _ABSENT:
                continue
            value, problem, _ = signal.read(raw, moment.at, consent)
            if problem is not None:
                problems[signal.name] = problem
            elif value is not None:
                known[signal.name] = value

    def _read_fields(self, get: Getter, known: dict[str, str], problems: dict[str, Problem]) -> None:
        get_field = getter(get("fields", None))
        if get_field is None:
            return
        for field in self._fields:
            raw = get_field(field.name, _ABSENT)
            if raw is _ABSENT:
                continue
            text, problem = field.read(raw)
            if problem is not None:
                problems[field.name] = problem
            elif text is not None:
                known[field.name] = text


def _tag(locale: str) -> str:
    return locale.lower().replace("_", "-")


def _granted(get: Getter) -> set[str | None]:
    """The purposes that the person consented to."""
    return {text_of(each) for each in members(get("consent", None))}


def _person(value: object) -> str | None:
    """The id to hash: visible text as given, or an integer's decimal text."""
    text = text_of(value)
    if text is None:
        number = number_of(value)
        return str(number) if type(number) is int and abs(number) < LARGEST else None
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return None if is_blank(text) else text


def _vouched(
    key: Literal["segment", "stage"], raw: object, known: frozenset[str], misnamed: list[Misnamed]
) -> str | msgspec.UnsetType | None:
    """What the caller vouches for under `key`: a name, None for none, or `UNSET` where the rules decide."""
    if raw is None or raw is msgspec.UNSET:
        return raw
    name = text_of(raw)
    if name in known:
        return name
    misnamed.append((key, name if name is not None and _harmless_name(name) else None))
    return msgspec.UNSET
