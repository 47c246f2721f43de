"""What a caller says about a person, turned into facts: known values, and a problem for each that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from assembler.library.records import Content
from assembler.runtime.encode import is_blank
from assembler.runtime.fields import FieldsReader, Values
from assembler.runtime.recognise import LARGEST, Getter, getter, members, nothing, number_of, text_of
from assembler.runtime.rules import Value
from assembler.runtime.signals import Moment, Problem, Reading, SignalsReader

__all__ = ["Facts", "Misnamed", "Reader"]

Misnamed = tuple[Literal["segment", "stage"], str | None]
"""A segment or stage that the library does not have, and its name; None where the name must not be repeated."""

_harmless_name = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What is known about a person at one moment, in terms of what the library declares.

    `signals` and `values` hold the known signals and fields. `problems` says, for every signal or field that the caller
    supplied and that is not known, why. `segment` and `stage` are `msgspec.UNSET` where the rules decide.
    """

    person: str | None
    signals: dict[str, Value]
    values: Values
    problems: dict[str, Problem]
    segment: str | msgspec.UnsetType | None
    stage: str | msgspec.UnsetType | None
    misnamed: tuple[Misnamed, ...]


class Reader:
    """Reads contexts for one library: only what it declares is looked at, so the cost of a call is bounded."""

    def __init__(self, content: Content) -> None:
        hosts = frozenset(content.link_hosts)
        self._signals = SignalsReader(content.signals)
        self._fields = FieldsReader(content.fields, hosts)
        self._segments = frozenset(segment.id for segment in content.segments)
        self._stages = frozenset(stage.id for stage in content.stages)
        self._exact = frozenset(content.locales)
        self._locales = {_tag(locale): locale for locale in reversed(content.locales)}
        self._default_locale = content.locales[0]
        self._longest_tag = max(map(len, self._locales))

    def locale(self, get: Getter) -> str:
        """The library's locale for the one that a context asks for: subtags fall off from the right, then the default.

        `get` looks up a key of the context.
        """
        given = get("locale", None)
        if type(given) is str and given in self._exact:
            return given
        wanted = text_of(given)
        if wanted is None:
            return self._default_locale
        tag = _tag(wanted[: self._longest_tag + 1])
        if len(wanted) > self._longest_tag:
            tag = tag.rpartition("-")[0]
        while tag and tag not in self._locales:
            tag = tag.rpartition("-")[0]
        return self._locales.get(tag, self._default_locale)

    def read(self, get: Getter, moment: Moment) -> Facts:
        """The facts in a context at a moment; `get` looks up a key of it."""
        values, unusable = self._fields.read(get("fields", None))
        given = get("signals", None)
        get_signal = given.get if type(given) is dict else getter(given)
        signals: dict[str, Value] = {}
        problems: dict[str, Problem] = {}
        if get_signal is not None:
            signals, problems = self._signals.read(get_signal, moment.at, _granted(get))
        if unusable:
            problems.update(unusable)
        segment, stage = get("segment", msgspec.UNSET), get("stage", msgspec.UNSET)
        misnamed: tuple[Misnamed, ...] = ()
        if segment is not msgspec.UNSET:
            segment, misnamed = _vouched("segment", segment, self._segments)
        if stage is not msgspec.UNSET:
            stage, wrong = _vouched("stage", stage, self._stages)
            misnamed += wrong
        return Facts(_person(get("id", None)), signals, values, problems, segment, stage, misnamed)

    def readings(self, get: Getter, moment: Moment) -> Iterator[tuple[str, Reading]]:
        """Every declared signal with its value, problem and age, for explanations."""
        consent = _granted(get)
        get_signal = getter(get("signals", None)) or nothing
        for signal in self._signals.each:
            yield signal.name, signal.read(get_signal(signal.name, None), moment.at, consent)


def _tag(locale: str) -> str:
    return locale.lower().replace("_", "-")


def _granted(get: Getter) -> set[str]:
    """The purposes that the person consented to."""
    granted: set[str] = set()
    given = get("consent", None)
    for each in given if type(given) is list else members(given):
        text = each if type(each) is str else text_of(each)
        if text is not None:
            granted.add(text)
    return granted


def _person(value: object) -> str | None:
    """The id to hash: visible text as given, or an integer's decimal text."""
    text = value if type(value) is str else text_of(value)
    if text is None:
        number = number_of(value)
        return str(number) if type(number) is int and abs(number) < LARGEST else None
    if text.isascii() and text.isprintable() and text.strip():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return None if is_blank(text) else text


def _vouched(
    key: Literal["segment", "stage"], raw: object, known: frozenset[str]
) -> tuple[str | msgspec.UnsetType | None, tuple[Misnamed, ...]]:
    """What the caller vouches for under `key`: a name, None for none, or `msgspec.UNSET` where the rules decide."""
    if raw is None:
        return None, ()
    name = text_of(raw)
    if name in known:
        return name, ()
    return msgspec.UNSET, ((key, name if name is not None and _harmless_name(name) else None),)
