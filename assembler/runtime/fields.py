"""Reading merge fields: their texts, or what keeps them from being used.

Usual texts are recognised all at once, by one pattern; if that fails, each is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec

from assembler.library.records import Field
from assembler.runtime.encode import CONTROLS, INVISIBLE, is_blank, is_safe_url
from assembler.runtime.recognise import LARGEST, Getter, getter, number_of, text_of

__all__ = ["FieldProblem", "FieldReader", "FieldsReader", "Values"]

FieldProblem = Literal["missing", "blank", "kind", "length"]

_placeholder = re.compile(
    rf"[{INVISIBLE}]*(?:null|none|nan|undefined|\[.*\]|\{{\{{.*\}}\}}|\*\|.*\|\*|%%.*%%)[{INVISIBLE}]*",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_unsafe_in_text = re.compile(rf"[{CONTROLS}]|\{{\{{|\}}\}}|\{{%").search
_unsafe_in_name = re.compile(rf"[{CONTROLS}@<>]|\{{\{{|\}}\}}|\{{%|://|www\.", re.IGNORECASE).search

_NO_WORD: Final = r"(?!(?:[Nn](?:[Uu][Ll][Ll]|[Oo][Nn][Ee]|[Aa][Nn])|[Uu][Nn][Dd][Ee][Ff][Ii][Nn][Ee][Dd]) *(?:\0|\Z))"
_LETTERS: Final = (
    "\xc0-\u012f\u0132-\u017e\u0391-\u03c9\u0400-\u045f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
"""Latin, Greek, Cyrillic, kana, Chinese characters and hangul, without those that are an `i` if case does not count."""

_START: Final = rf"A-MO-TV-Za-mo-tv-z{_LETTERS}]|{_NO_WORD}[NUnu])"
_USUAL: Final = {
    "name": rf"(?:[0-9{_START}[A-Za-z0-9{_LETTERS} ,'&-]{{{{0,{{rest}}}}}}+",
    "text": rf"(?:[0-9£€${_START}[ -z|~\xa1-\xac\xae-\xbf{_LETTERS}’€]{{{{0,{{rest}}}}}}+",
    "url": r"https://(?:{hosts})(?:[/?#][!#-&(-;=?-\[\]^_a-z|~]{{0,{rest}}}+|)",
}
"""Most values: they begin with what can be seen, and hold nothing that the patterns above refuse."""

_ABSENT: Final = object()
_MOST_KEYS: Final = 1_000
"""Where more is given, only what is declared is looked at."""


class Values(msgspec.Struct, frozen=True, gc=False):
    """The known fields of a person: which, their texts in the order in which fields are declared, and these joined by
    NUL, so that all can be encoded at once; and whether each is what its field's kind demands."""

    names: frozenset[str]
    texts: Sequence[str]
    joined: str
    checked: bool = True

    @classmethod
    def unchecked(cls, known: Mapping[str, str], declared: Iterable[str]) -> Values:
        """Any values of declared fields."""
        texts = tuple(known[name] for name in declared if name in known)
        return cls(frozenset(known), texts, "\0".join(texts), checked=False)


_NO_PROBLEMS: Final[Mapping[str, FieldProblem]] = {}
_NOTHING: Final = Values(frozenset(), (), "")


class FieldsReader:
    """Reads the declared merge fields out of whatever a caller says about them."""

    def __init__(self, fields: Mapping[str, Field], hosts: Collection[str]) -> None:
        self._readers = tuple(FieldReader(name, field, hosts) for name, field in fields.items())
        self._names = frozenset(fields)
        self._given = msgspec.defstruct("Given", [_given(name, field) for name, field in fields.items()], gc=False)
        self._usual = re.compile(r"\0".join(_usual(field, hosts) for field in fields.values())).fullmatch

    def read(self, given: object) -> tuple[Values, Mapping[str, FieldProblem]]:
        """The known fields, and a problem for each that was given and is not known."""
        if type(given) is dict and len(given) <= _MOST_KEYS:
            try:
                texts = msgspec.structs.astuple(msgspec.convert(given, self._given))
                joined = "\0".join(texts)
            except (ValueError, TypeError):
                pass  # not all are given, or not all are texts and none too long
            else:
                if self._usual(joined):
                    return Values(self._names, texts, joined), _NO_PROBLEMS
        get = getter(given)
        return (_NOTHING, _NO_PROBLEMS) if get is None else self._each(get)

    def _each(self, get: Getter) -> tuple[Values, dict[str, FieldProblem]]:
        known: dict[str, str] = {}
        problems: dict[str, FieldProblem] = {}
        for field in self._readers:
            raw = get(field.name, _ABSENT)
            if raw is _ABSENT:
                continue
            text, problem = field.read(raw)
            if problem is not None:
                problems[field.name] = problem
            elif text is not None:
                known[field.name] = text
        texts = tuple(known.values())
        return Values(frozenset(known), texts, "\0".join(texts)), problems


class FieldReader:
    """Reads one declared merge field out of whatever a caller says about it."""

    def __init__(self, name: str, field: Field, hosts: Collection[str]) -> None:
        self.name = name
        self._max_length = field.max_length
        self._is_url = field.kind == "url"
        self._unsafe = _unsafe_in_name if field.kind == "name" else _unsafe_in_text
        self._hosts = hosts
        self._usual = re.compile(_usual(field, hosts)).fullmatch

    def read(self, raw: object) -> tuple[str | None, FieldProblem | None]:
        """The text that may stand in copy, or None and the reason why the fallback stands there."""
        text = raw if type(raw) is str else _text_of(raw)
        if text is None:
            return None, _unreadable(raw)
        if len(text) > self._max_length:
            return None, "length"
        if self._usual(text) or self._fits(text):
            return text, None
        return None, "blank" if is_blank(text) else "kind"

    def _fits(self, text: str) -> bool:
        if self._is_url:
            return is_safe_url(text, self._hosts)
        return not (is_blank(text) or self._unsafe(text) or _placeholder(text))


def _given(name: str, field: Field) -> tuple[str, Any, Any]:
    """The field as given: a text that is not too long, or None if it is not there."""
    return (
        f"field_{name}",
        Annotated[str, msgspec.Meta(max_length=field.max_length)],
        msgspec.field(name=name, default=None),
    )


def _usual(field: Field, hosts: Collection[str]) -> str:
    """The pattern of a field's usual texts, none longer than the field may be."""
    shortest = len("https://") + max(map(len, hosts), default=0) + 1 if field.kind == "url" else 1
    if field.max_length < shortest or (field.kind == "url" and not hosts):
        return "(?!)"
    return _USUAL[field.kind].format(rest=field.max_length - shortest, hosts="|".join(map(re.escape, sorted(hosts))))


def _text_of(raw: object) -> str | None:
    """Text as it is, and a finite number as text."""
    text = text_of(raw)
    if text is not None:
        return text
    number = number_of(raw)
    return None if number is None or abs(number) > LARGEST else str(number)


def _unreadable(raw: object) -> FieldProblem:
    if raw is None:
        return "missing"
    return "kind" if number_of(raw) is None else "length"
