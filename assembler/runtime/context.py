"""What a caller says about a person, turned into facts: known values, and a problem for each that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, Literal

import msgspec

from assembler.conditions.evaluation import Value
from assembler.library.records import Content
from assembler.library.values import is_blank
from assembler.runtime.fields import FieldsReader, Values
from assembler.runtime.moment import Moment
from assembler.runtime.reasons import Problem
from assembler.runtime.recognise import Getter, getter, is_really, keys_of, nothing, number_of, text_of, whole
from assembler.runtime.signals import Reading, SignalsReader, granted

Noted = Literal["signal", "field", "segment", "stage", "context"]

_ABSENT: Final = object()
_KEYS: Final = frozenset({"id", "locale", "consent", "signals", "fields", "segment", "stage"})
_EXPECTED: Final = len(_KEYS)
_LONGEST_ID: Final = 512
MOST_KEYS: Final = 1_000
"""Where more is given, only what is declared is looked at."""

_MOST_UNKNOWN: Final = 16
"""So many names that nobody declared are noted."""

_SEPARATORS: Final = str.maketrans("_.@", "---")
_LONGEST_NAME: Final = 40
_identifier = re.compile("[A-Za-z_][A-Za-z0-9_]*").fullmatch
"""Any other name may be somebody's address."""

Vouched = str | msgspec.UnsetType | None
"""A segment or stage that the caller vouches for: its name, None for none, `msgspec.UNSET` where conditions decide."""


class Note(msgspec.Struct, frozen=True):
    """Something about the context that a reader of the decision should know. `kind` is what `name` names; a name that
    must not be repeated is None."""

    kind: Noted
    name: str | None
    problem: Problem

    def to_dict(self) -> dict[str, str | None]:
        return {self.kind: self.name, "problem": self.problem}


_UNSAID: Final[tuple[Vouched, Vouched, tuple[Note, ...]]] = (msgspec.UNSET, msgspec.UNSET, ())
"""The caller vouches for nothing."""


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What is known about a person at one moment, in terms of what the library declares.

    `signals` and `values` hold the known signals and fields. `problems` says, for every signal or field that the caller
    supplied and that is not known, why. `segment` and `stage` are `msgspec.UNSET` where conditions decide. `notes` are
    about everything else.
    """

    person: str | None
    signals: dict[str, Value]
    values: Values
    problems: dict[str, Problem]
    segment: Vouched
    stage: Vouched
    notes: tuple[Note, ...]


class ContextReader:
    """Reads contexts for one library: only what it declares is looked at, so the cost of a call is bounded."""

    def __init__(self, content: Content) -> None:
        hosts = frozenset(content.link_hosts)
        self._signals = SignalsReader(content.signals)
        self._fields = FieldsReader(content.fields, hosts)
        self._declared: dict[Noted, frozenset[str]] = {
            "context": _KEYS,
            "signal": frozenset(content.signals),
            "field": frozenset(content.fields),
        }
        self._audiences: dict[Noted, dict[str, str]] = {
            "segment": {segment.id: segment.id for segment in content.segments},
            "stage": {stage.id: stage.id for stage in content.stages},
        }
        names = chain(*self._declared.values(), *self._audiences.values())
        self._longest_name = max(_LONGEST_NAME, *map(len, names))
        self._exact = frozenset(content.locales)
        self._locales = content.spellings | {_tag(locale): locale for locale in reversed(content.locales)}
        self._default_locale = content.locales[0]
        self._longest_tag = max(map(len, self._locales))

    def locale(self, given: object) -> str:
        """Return the library's locale for one that is asked for: subtags fall off from the right, then the default."""
        if type(given) is str and len(given) <= self._longest_tag and given in self._exact:
            return given
        wanted = text_of(given, self._longest_tag)
        if wanted is None:
            return self._default_locale
        tag = _tag(wanted)
        if len(wanted) > self._longest_tag:
            tag = tag.rpartition("-")[0]
        while tag and tag not in self._locales:
            tag = tag.rpartition("-")[0]
        return self._locales.get(tag, self._default_locale)

    def read(self, context: object, get: Getter, locale: object, moment: Moment) -> Facts:
        """Return the facts in a context at a moment; `get` looks up a key of it, and gave its `locale`, or None."""
        signals, fields, consent = get("signals", _ABSENT), get("fields", _ABSENT), get("consent", _ABSENT)
        id_, segment, stage = get("id", _ABSENT), get("segment", _ABSENT), get("stage", _ABSENT)
        values, unusable, has_other_fields = self._fields.read(fields)
        known, problems, has_other_signals = self._signals.read(signals, consent, moment.since)
        if unusable:
            problems.update(unusable)
        own_segment, own_stage, notes = _UNSAID
        if segment is not _ABSENT:
            own_segment, notes = self._vouched("segment", segment)
        if stage is not _ABSENT:
            own_stage, stage_notes = self._vouched("stage", stage)
            notes += stage_notes
        expected = _EXPECTED - (signals is _ABSENT) - (fields is _ABSENT) - (consent is _ABSENT) - (id_ is _ABSENT)
        expected -= (segment is _ABSENT) + (stage is _ABSENT) + (locale is None)
        has_other_keys = type(context) is not dict or len(context) != expected
        if has_other_keys or has_other_fields or has_other_signals or (type(locale) is not str and locale is not None):
            notes += self._unusual(context, signals, fields, locale)
        return Facts(_person(id_), known, values, problems, own_segment, own_stage, notes)

    def readings(self, get: Getter, moment: Moment) -> Iterator[tuple[str, Reading]]:
        """Yield every declared signal with its value, problem and age, for explanations."""
        consent = granted(get("consent", None))
        get_signal = getter(get("signals", None)) or nothing
        for reader in self._signals.readers:
            yield reader.name, reader.read(get_signal(reader.name, None), moment.since, consent)

    def _vouched(self, kind: Literal["segment", "stage"], raw: object) -> tuple[Vouched, tuple[Note, ...]]:
        if raw is None:
            return None, ()
        name = text_of(raw, self._longest_name)
        own = None if name is None else self._audiences[kind].get(name)
        return (own, ()) if own is not None else (msgspec.UNSET, (Note(kind, _harmless(name), Problem.UNKNOWN_NAME),))

    def _unusual(self, context: object, signals: object, fields: object, locale: object) -> tuple[Note, ...]:
        """What is said of a locale that is no text, and of names that nobody declared."""
        is_text = locale is None or is_really(locale, str)
        notes = () if is_text else (Note("context", "locale", Problem.TYPE),)
        given: tuple[tuple[Noted, object], ...] = (("context", context), ("signal", signals), ("field", fields))
        unknown = [(kind, name) for kind, keys in given for name in self._undeclared(kind, keys_of(keys, MOST_KEYS))]
        return (*notes, *(Note(kind, name, Problem.UNKNOWN_NAME) for kind, name in unknown[:_MOST_UNKNOWN]))

    def _undeclared(self, kind: Noted, keys: Iterable[object]) -> list[str | None]:
        """The names among the keys that nobody declared, in order; None, at the end, for those not to be repeated."""
        names = {text_of(key, self._longest_name) for key in keys} - self._declared[kind]
        harmless = {_harmless(name) for name in names}
        return sorted(harmless, key=lambda name: (name is None, name or ""))


def _tag(locale: str) -> str:
    """A locale in small letters with `-`, also before what POSIX adds: `en_US.UTF-8`."""
    return locale.lower().translate(_SEPARATORS)


def _person(value: object) -> str | None:
    """The id to hash: visible text as given, or an integer's decimal text; None if there is none, or too long a one."""
    if value is _ABSENT:
        return None
    text = value if type(value) is str else text_of(value, _LONGEST_ID)
    if text is None:
        text = _decimal(value)
    if len(text) > _LONGEST_ID:
        return None
    if text.isascii() and text.isprintable() and text.strip():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return None if is_blank(text) else text


def _decimal(value: object) -> str:
    """An integer's decimal text; blank for anything else."""
    number = number_of(value)
    integer = None if number is None else whole(number)
    return "" if integer is None else str(integer)


def _harmless(name: str | None) -> str | None:
    return name if name is not None and len(name) <= _LONGEST_NAME and _identifier(name) else None
