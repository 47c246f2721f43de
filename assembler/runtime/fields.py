"""Reading merge fields: their texts, or what keeps them from being used.

Usual texts are recognised all at once, by one pattern, whichever of the fields are given; if that fails, each is read
by itself. Patterns are compiled when they are first needed: that takes longer than all else in opening a library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Annotated, Any, Final

import msgspec

from assembler.library.records import Field
from assembler.library.values import CONTROLS, INVISIBLE, LARGEST, is_blank
from assembler.runtime.encode import is_safe_url
from assembler.runtime.reasons import Problem
from assembler.runtime.recognise import ABSENT, Getter, getter, number_of, text_of

_PADDED: Final = 1_000
"""A name may be as long as this with the white space around it, as a column of fixed width adds it."""

_WORDS: Final = "null|none|nan|undefined|unknown|n/a"
_SPACES: Final = r" \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""For use in a character class: space separators (Zs)."""

_blanks = re.compile(f"[{_SPACES}]+").sub
_hidden = re.compile(rf"(?!\s)[{INVISIBLE}]").sub
_isolate = re.compile("[\u2066-\u2069]").findall
_placeholder = re.compile(rf"(?:{_WORDS}|\[.*\]|\{{.*\}}|\*\|.*\|\*|%%.*%%)", re.IGNORECASE | re.DOTALL).fullmatch
_placeholders = re.compile(
    rf"(?>(?>(?:{_WORDS})(?![^\W_])|\[[^\]]*\]|\{{[^}}]*\}}+|\*\|[^|]*\|\*|%[^%]*%+)[\s,;./_-]*+)++", re.IGNORECASE
).fullmatch
_unsafe_in_text = re.compile(rf"[{CONTROLS}]|\{{\{{|\}}\}}|\{{%").search
_unsafe_in_name = re.compile(
    rf"(?![\u2066-\u2069])[{CONTROLS}]|[@<>]|\{{\{{|\}}\}}|\{{%|://|www\.", re.IGNORECASE
).search

_LETTERS: Final = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u012f\u0132-\u017e\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f"
    "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
"""Latin, Greek, Cyrillic, kana, Chinese characters and hangul, without those that are an `i` if case does not count."""

_NO_WORD: Final = (
    "(?!(?:[Nn](?:[Uu][Ll][Ll]|[Oo][Nn][Ee]|[Aa][Nn]|/[Aa])|[Uu][Nn](?:[Dd][Ee][Ff][Ii][Nn][Ee][Dd]|[Kk][Nn][Oo][Ww][Nn]))"
    f"(?![A-Za-z0-9{_LETTERS}]))"
)
"""Does not begin with a word that is a placeholder."""

_START: Final = rf"A-MO-TV-Za-mo-tv-z{_LETTERS}]|{_NO_WORD}[NUnu])"
_IN_NAME: Final = f"[A-Za-z0-9{_LETTERS},'&-]"
_USUAL: Final = {
    "name": rf"(?:[0-9{_START}{_IN_NAME}*+(?: {_IN_NAME}++)*+",
    "text": rf"(?:[0-9£€${_START}[ -z|~\xa1-\xac\xae-\xbf{_LETTERS}’€]*+",
    "url": r"https://(?:{hosts})(?:[/?#][!#-&(-;=?-\[\]^_a-z|~]*+|)",
}
"""Most values, if they are not too long: they begin with what can be seen, and hold nothing that the patterns above
refuse; names are words with a blank between any two."""

_UNKNOWN: Final = "\1\1"
"""Stands for the text of a field that is not known; no value can be the same."""

_CACHED: Final = 1024


class Values(msgspec.Struct, frozen=True, gc=False):
    """The fields of a person: which are known; of each that is declared, in that order, its text, or what stands for
    that if it is not known; these joined by NUL, so that all can be encoded at once; and whether each is what its
    field's kind demands."""

    names: frozenset[str]
    texts: Sequence[str]
    joined: str
    checked: bool = True

    @classmethod
    def of(cls, known: Mapping[str, str], declared: Iterable[str], *, checked: bool) -> Values:
        """Return the values of the declared fields that are known."""
        texts = tuple(known.get(name, _UNKNOWN) for name in declared)
        return cls(frozenset(known), texts, "\0".join(texts), checked)


_NO_PROBLEMS: Final[Mapping[str, Problem]] = {}


class FieldsReader:
    """Reads the declared merge fields out of whatever a caller says about them."""

    def __init__(self, fields: Mapping[str, Field], hosts: Collection[str]) -> None:
        self._fields = fields
        self._hosts = hosts
        self._readers = tuple(FieldReader(name, field, hosts) for name, field in fields.items())
        self._names = frozenset(fields)
        self._nothing = Values.of({}, fields, checked=True)
        self._pick = _picker(tuple(fields))
        self._names_without = lru_cache(_CACHED)(self._other_names)
        lengths = (msgspec.Meta(max_length=field.max_length) for field in fields.values())
        given: list[Any] = [(f"field_{number}", Annotated[str, length]) for number, length in enumerate(lengths)]
        self._given = msgspec.defstruct("Given", given, gc=False, array_like=True)

    @cached_property
    def _are_usual(self) -> Callable[[str], object]:
        patterns = (f"(?:{_usual(field, self._hosts)}|{_UNKNOWN})" for field in self._fields.values())
        return re.compile(r"\0".join(patterns)).fullmatch

    def read(self, given: object) -> tuple[Values, Mapping[str, Problem], bool]:
        """Return the known fields, a problem for each that is given and not known, and whether others may be given."""
        if type(given) is dict:
            try:
                values = self._recognised(given)
            except (KeyError, TypeError, msgspec.ValidationError):
                values = None  # others are given, or not all are texts and none too long
            if values is not None:
                return values, _NO_PROBLEMS, len(given) != len(values.names)
        get = getter(given)
        if get is None:
            return self._nothing, _NO_PROBLEMS, False
        values, problems = self._each(get)
        return values, problems, type(given) is not dict or len(given) != len(values.names) + len(problems)

    def _recognised(self, given: dict[str, Any]) -> Values | None:
        """The values, if all that are given are usual; None where they have to be read one by one."""
        if len(given) < len(self._names):
            texts = tuple([given.get(name, _UNKNOWN) for name in self._fields])
        else:
            texts = self._pick(given)
        # Raises at once for what is no text; msgspec goes through sets before it refuses them.
        if "".startswith(texts):
            return None
        msgspec.convert(texts, self._given)
        joined = "\0".join(texts)
        if not self._are_usual(joined):
            return None
        if _UNKNOWN not in joined:
            return Values(self._names, texts, joined)
        names = self._names_without(tuple([text == _UNKNOWN for text in joined.split("\0")]))
        # A value that is the mark itself is one too few.
        return Values(names, texts, joined) if len(names) == len(given) else None

    def _other_names(self, are_unknown: Iterable[bool]) -> frozenset[str]:
        """The names of the fields but for those that are not known."""
        return frozenset(name for name, is_unknown in zip(self._fields, are_unknown, strict=True) if not is_unknown)

    def _each(self, get: Getter) -> tuple[Values, dict[str, Problem]]:
        known: dict[str, str] = {}
        problems: dict[str, Problem] = {}
        for field in self._readers:
            raw = get(field.name, ABSENT)
            if raw is ABSENT:
                continue
            text, problem = field.read(raw)
            if problem is not None:
                problems[field.name] = problem
            elif text is not None:
                known[field.name] = text
        return Values.of(known, self._fields, checked=True), problems


class FieldReader:
    """Reads one declared merge field out of whatever a caller says about it."""

    def __init__(self, name: str, field: Field, hosts: Collection[str]) -> None:
        self.name = name
        self._field = field
        self._kind = field.kind
        self._max_length = field.max_length
        self._hosts = hosts

    @cached_property
    def _is_usual(self) -> Callable[[str], object]:
        return re.compile(_usual(self._field, self._hosts)).fullmatch

    def read(self, raw: object) -> tuple[str | None, Problem | None]:
        """Return the text that may stand in copy, or None and the reason why the fallback stands there."""
        if type(raw) is str and len(raw) <= self._max_length and self._is_usual(raw):
            return raw, None
        text = self._text_of(raw)
        if text is None:
            return None, _unreadable(raw)
        if len(text) > self._max_length:
            return None, Problem.LENGTH
        if is_blank(text):
            return None, Problem.BLANK
        return (text, None) if self._fits(text) else (None, Problem.KIND)

    def _text_of(self, raw: object) -> str | None:
        """The value as text, or None if it is none; of a name, with a blank for white space in it, and none around."""
        if self._kind != "name":
            return _text_of(raw, self._max_length)
        most = max(self._max_length, _PADDED)
        text = _text_of(raw, most)
        return text if text is None or len(text) > most else _blanks(" ", text.strip())

    def _fits(self, text: str) -> bool:
        if self._kind == "url":
            return is_safe_url(text, self._hosts)
        visible = _hidden("", text).strip()
        if _placeholder(visible):
            return False
        if self._kind == "text":
            return not _unsafe_in_text(text)
        return (
            not (_unsafe_in_name(text) or _placeholders(visible))
            and _is_balanced(text)
            and any(map(str.isalnum, visible))
        )


def _picker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda given: tuple(given[name] for name in names)


def _usual(field: Field, hosts: Collection[str]) -> str:
    if field.kind == "url" and not hosts:
        return "(?!)"
    return _USUAL[field.kind].format(hosts="|".join(map(re.escape, sorted(hosts))))


def _is_balanced(text: str) -> bool:
    """Whether every isolate that begins in the text ends there."""
    depth = 0
    for mark in _isolate(text):
        depth += -1 if mark == "\u2069" else 1
        if depth < 0:
            return False
    return depth == 0


def _text_of(raw: object, most: int) -> str | None:
    """Text as it is, and a finite number as text."""
    text = text_of(raw, most)
    if text is not None:
        return text
    number = number_of(raw)
    return None if number is None or abs(number) > LARGEST else str(number)


def _unreadable(raw: object) -> Problem:
    if raw is None:
        return Problem.MISSING
    return Problem.KIND if number_of(raw) is None else Problem.LENGTH
