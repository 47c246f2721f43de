"""What a caller says about somebody -> a `Person`: known values, and a problem for each that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import chain
from typing import Final, Literal

from assembler.library.records import Content
from assembler.library.values import is_blank
from assembler.runtime.assignment import TREATED, arm, groups
from assembler.runtime.audiences import AudienceIndex
from assembler.runtime.encode_values import encoded_values
from assembler.runtime.fields import FieldsReader
from assembler.runtime.moment import Moment
from assembler.runtime.person import UNOBSERVED, Note, Noted, Person
from assembler.runtime.reasons import Problem
from assembler.runtime.recognise import ABSENT, Getter, is_really, keys_of, number_of, text_of, whole
from assembler.runtime.signals import Reading, SignalsReader

_KEYS: Final = frozenset({"id", "locale", "consent", "signals", "fields", "segment", "stage"})
LONGEST_ID: Final = 512
MOST_KEYS: Final = 1_000
"""Where more is given, only what is declared is looked at."""

_MOST_UNKNOWN: Final = 16
"""So many names that nobody declared are noted."""

_SEPARATORS: Final = str.maketrans("_.@", "---")
_LONGEST_NAME: Final = 40
_identifier = re.compile("[A-Za-z_][A-Za-z0-9_]*").fullmatch
"""Any other name may be somebody's address."""

_UNTOLD: Final = (False, False)
"""The caller vouches for neither segment nor stage."""

_UNNOTED: Final[tuple[Note, ...]] = ()


class ContextReader:
    """Reads contexts for one library: only what it declares is looked at, so the cost of a call is bounded."""

    def __init__(self, content: Content, library: str) -> None:
        """`library` is the digest of the library."""
        self._library = library
        hosts = frozenset(content.link_hosts)
        audiences = AudienceIndex(content.signals, content.segments, content.stages)
        self._signals = SignalsReader(content.signals, audiences)
        self._fields = FieldsReader(content.fields, hosts)
        self._declared: dict[Noted, Set[str]] = {
            "context": _KEYS,
            "signal": content.signals.keys(),
            "field": content.fields.keys(),
        }
        self._names: dict[Noted, dict[str, str]] = {
            "segment": {segment.id: segment.id for segment in content.segments},
            "stage": {stage.id: stage.id for stage in content.stages},
        }
        names = chain(*self._declared.values(), *self._names.values())
        self._longest_name = max(_LONGEST_NAME, *map(len, names))
        self._exact = frozenset(content.locales)
        self._locales = content.spellings | {_tag(locale): locale for locale in reversed(content.locales)}
        self._holdout = groups(content.holdout, None)
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

    def read(
        self, context: object, get: Getter, locale: object, served: str, moment: Moment, is_whole: bool = False
    ) -> Person:
        """Return the person in a context at a moment; `get` looks up a key of it, and gave its `locale`, or None, for
        which the locale `served` is.

        Somebody `is_whole` who can be asked all later: their values are encoded, and it is kept what explanations speak
        of.
        """
        signals, fields = get("signals", ABSENT), get("fields", ABSENT)
        consent, id_ = get("consent", ABSENT), get("id", ABSENT)
        values, unusable, more_fields = self._fields.read(fields)
        known, problems, (own_segment, own_stage), more_signals = self._signals.read(signals, consent, moment)
        if unusable:
            problems.update(unusable)
        told, notes = _UNTOLD, _UNNOTED
        size = len(context) if type(context) is dict else -1
        expected = (signals is not ABSENT) + (fields is not ABSENT) + (consent is not ABSENT) + (id_ is not ABSENT)
        expected += type(locale) is str
        if size != expected:
            own_segment, own_stage, told, notes, count = self._told(get, own_segment, own_stage)
            expected += count
        if size != expected or more_fields or more_signals:
            notes += self._unusual(context, signals, fields, locale)
        person = id_of(id_)
        over_all = arm(person, moment, self._holdout) if person is None or self._holdout else TREATED
        encoded, observations = None, UNOBSERVED
        if is_whole:
            encoded, observations = encoded_values(values), self._signals.observations(signals, consent)
        return Person(
            self._library, served, moment, person, over_all, known, values, problems, own_segment, own_stage, told,
            notes, None, encoded, observations,
        )  # fmt: skip

    def readings(self, person: Person) -> Iterator[tuple[str, Reading]]:
        """Yield every declared signal with its value, problem and age, for explanations."""
        consent = person.observations.consent
        for reader in self._signals.readers:
            raw = person.observations.signals.get(reader.name)
            yield reader.name, reader.read(raw, person.at.since, consent)

    @property
    def known_names(self) -> dict[str, tuple[str, ...]]:
        """The names that a context may hold, by what they name."""
        return {kind: tuple(names) for kind, names in (self._declared | self._names).items()}

    def _told(
        self, get: Getter, segment: str | None, stage: str | None
    ) -> tuple[str | None, str | None, tuple[bool, bool], tuple[Note, ...], int]:
        """The segment and stage, which are those of the conditions where the caller does not vouch for others; for
        which the caller does; notes on names that there are none of; and how many of the two are given."""
        given = get("segment", ABSENT), get("stage", ABSENT)
        segment, is_segment_told, notes = self._vouched("segment", given[0], segment)
        stage, is_stage_told, stage_notes = self._vouched("stage", given[1], stage)
        count = (given[0] is not ABSENT) + (given[1] is not ABSENT)
        return segment, stage, (is_segment_told, is_stage_told), notes + stage_notes, count

    def _vouched(
        self, kind: Literal["segment", "stage"], raw: object, by_condition: str | None
    ) -> tuple[str | None, bool, tuple[Note, ...]]:
        """The segment or stage that the caller vouches for, None for none, else that of the conditions; whether the
        caller does; and a note on a name that there is none of."""
        if raw is ABSENT:
            return by_condition, False, ()
        if raw is None:
            return None, True, ()
        name = text_of(raw, self._longest_name)
        own = None if name is None else self._names[kind].get(name)
        if own is not None:
            return own, True, ()
        return by_condition, False, (Note(kind, _harmless(name), Problem.UNKNOWN_NAME),)

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


def id_of(value: object) -> str | None:
    """Return the id that a value is, to be hashed: visible text as given, or an integer's decimal text. None if there
    is none, or too long a one."""
    if value is ABSENT:
        return None
    text = value if type(value) is str else text_of(value, LONGEST_ID)
    if text is None:
        text = _decimal(value)
    if len(text) > LONGEST_ID:
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
