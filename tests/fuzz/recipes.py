"""Recipes of Python objects in JSON, so that what was found can be kept in a file, cut down, and made again.

Whatever JSON has stands for itself. A mapping with the key `!` is another kind of object: see `_MAKERS`.
"""

from __future__ import annotations

import enum
import uuid
from collections import OrderedDict, UserDict, defaultdict, namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

Recipe = Any
"""JSON."""


class _Error(Exception):
    """What hostile objects raise."""


def _raise(*_: object, **__: object) -> Any:
    raise _Error


class RaisingMeta(type):
    """The class of a class that raises when it is compared or hashed."""

    __hash__ = _raise
    __eq__ = _raise


class LyingMeta(type):
    """The class of a class that says that it is any other."""

    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return hash(str)


class Raising:
    """Raises whatever is asked of it."""

    __hash__ = __str__ = __repr__ = __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __float__ = _raise
    __int__ = __index__ = __lt__ = __le__ = __gt__ = __ge__ = __call__ = __add__ = __sub__ = __format__ = _raise
    __eq__ = __ne__ = __getattr__ = _raise
    __class__ = property(_raise)


class Oddly(metaclass=RaisingMeta):
    """Its class raises."""


class Lying(metaclass=LyingMeta):
    """Its class lies, and so does it."""

    def _yes(self, *_: object) -> bool:
        return True

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _yes

    def __hash__(self) -> int:
        return hash("marketing")

    def __len__(self) -> int:
        return 1


class Claiming:
    """Claims to be a dictionary."""

    __class__ = dict  # type: ignore[assignment]


class Text(str):
    """Text of a class of its own."""

    __slots__ = ()


class RaisingText(str):
    """Text whose methods raise."""

    __slots__ = ()
    __hash__ = __eq__ = __ne__ = __str__ = __repr__ = __len__ = __iter__ = __getitem__ = __contains__ = _raise
    __format__ = __add__ = strip = lower = encode = replace = isascii = isprintable = _raise


class RaisingInteger(int):
    """An integer whose methods raise."""

    __hash__ = __eq__ = __ne__ = __str__ = __repr__ = __bool__ = __index__ = __int__ = __lt__ = __le__ = _raise
    __gt__ = __ge__ = __abs__ = __neg__ = __pos__ = bit_length = is_integer = _raise


class RaisingFloat(float):
    """A float whose methods raise."""

    __hash__ = __eq__ = __ne__ = __str__ = __repr__ = __bool__ = __int__ = __float__ = __lt__ = __le__ = _raise
    __gt__ = __ge__ = __abs__ = __neg__ = __pos__ = is_integer = _raise


class RaisingDict(dict[Any, Any]):
    """A dictionary whose methods raise."""

    __getitem__ = __iter__ = __contains__ = __len__ = __bool__ = __eq__ = get = items = keys = values = _raise


class RaisingList(list[Any]):
    """A list whose methods raise."""

    __getitem__ = __iter__ = __contains__ = __len__ = __bool__ = __eq__ = _raise


class RaisingSet(set[Any]):
    """A set whose methods raise."""

    __iter__ = __contains__ = __len__ = __bool__ = __eq__ = _raise


class RaisingMapping(Mapping[str, Any]):
    """A mapping that is no dictionary, and raises."""

    __getitem__ = __iter__ = __len__ = _raise


class AskedMapping(Mapping[str, Any]):
    """A mapping that answers what it is asked, and nothing else."""

    def __init__(self, items: dict[Any, Any]) -> None:
        self._items = items

    def __getitem__(self, key: str) -> Any:
        return self._items[key]

    __iter__ = __len__ = _raise


class RaisingDatetime(datetime):
    """A datetime whose methods raise."""

    utcoffset = __sub__ = __eq__ = __hash__ = toordinal = date = time = replace = astimezone = _raise
    year = property(_raise)
    tzinfo = property(_raise)


class Zone(tzinfo):
    """A time zone that answers what it is told to, or raises."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def utcoffset(self, at: datetime | None) -> Any:
        return _raise() if self._answer == "raise" else self._answer

    dst = tzname = _raise


class Word(enum.StrEnum):
    """Text that is a member of something."""

    MENS = "mens"
    MARKETING = "marketing"
    MAYA = "Maya"


Pair = namedtuple("Pair", "value observed_at")


@dataclass
class Record:
    """An object with the attributes of an observation."""

    value: object = 9
    observed_at: object = "2026-11-20T08:00:00Z"


_OBJECTS: Mapping[str, Callable[[], object]] = {
    "raising": Raising, "oddly": Oddly, "lying": Lying, "claiming": Claiming, "object": object, "record": Record,
    "pair": lambda: Pair(9, "2026-11-20T08:00:00Z"), "namespace": lambda: SimpleNamespace(value=9),
    "class": lambda: str, "hostile class": lambda: Oddly, "function": lambda: len, "ellipsis": lambda: ...,
    "not implemented": lambda: NotImplemented, "unset": lambda: msgspec.UNSET, "bytes": lambda: b"Maya",
    "bytearray": lambda: bytearray(b"Maya"), "memoryview": lambda: memoryview(b"Maya"),
    "decimal": lambda: Decimal("9.0"), "decimal nan": lambda: Decimal("sNaN"), "fraction": lambda: Fraction(9),
    "complex": lambda: 9 + 0j, "uuid": lambda: uuid.UUID(int=7), "timedelta": timedelta,
    "time": lambda: time(12, tzinfo=UTC), "range": lambda: range(9), "iterator": lambda: iter("Maya"),
    "generator": lambda: (name for name in ("marketing",)), "module": lambda: enum, "error": lambda: _Error("Maya"),
    "word": lambda: Word.MAYA, "choice": lambda: Word.MENS, "purpose": lambda: Word.MARKETING,
    "raising mapping": RaisingMapping,
}  # fmt: skip
_TEXTS: Mapping[str, Callable[[str], str]] = {"own": Text, "raising": RaisingText}
_MAPPINGS: Mapping[str, Callable[[dict[Any, Any]], object]] = {
    "dict": dict,
    "ordered": OrderedDict,
    "default": lambda items: defaultdict(list, items),
    "proxy": MappingProxyType,
    "user": UserDict,
    "raising": RaisingDict,
    "asked": AskedMapping,
}
_MEMBERS: Mapping[str, Callable[[list[Any]], object]] = {
    "tuple": tuple,
    "set": lambda items: set(filter(_can_be_a_member, items)),
    "frozenset": lambda items: frozenset(filter(_can_be_a_member, items)),
    "raising list": RaisingList,
    "raising set": lambda items: RaisingSet(filter(_can_be_a_member, items)),
    "values": lambda items: dict(enumerate(items)).values(),
    "iterator": iter,
}


def build(recipe: Recipe) -> Any:
    """The object that a recipe makes. `{"!": "root"}` is that object itself."""
    loose: list[dict[Any, Any]] = []
    value = _build(recipe, loose)
    for holder in loose:
        holder["root"] = value
    return value


def _build(recipe: Recipe, loose: list[dict[Any, Any]]) -> Any:
    if isinstance(recipe, list):
        return [_build(part, loose) for part in recipe]
    if not isinstance(recipe, dict):
        return recipe
    if "!" not in recipe:
        return {key: _build(part, loose) for key, part in recipe.items()}
    return _MAKERS[recipe["!"]](recipe, loose)


def _can_be_a_member(value: object) -> bool:
    try:
        hash(value)
    except (TypeError, _Error):
        return False
    return True


def _mapping(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    pairs = ((_build(key, loose), _build(part, loose)) for key, part in recipe["items"])
    return _MAPPINGS[recipe["of"]]({key: value for key, value in pairs if _can_be_a_member(key)})


def _members(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    return _MEMBERS[recipe["of"]]([_build(part, loose) for part in recipe["items"]])


def _many(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    """A mapping with so many keys more."""
    with_ = _build(recipe["with"], loose)
    return {**{f"k{number}": number for number in range(recipe["keys"])}, **(with_ if isinstance(with_, dict) else {})}


def _deep(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    value = _build(recipe["of"], loose)
    for _ in range(recipe["times"]):
        value = {recipe["key"]: value, "observed_at": "2026-11-20T08:00:00Z"} if recipe["key"] else [value]
    return value


def _root(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    loose.append({})
    return loose[-1]


def _zone(name: str | None) -> tzinfo | None:
    if name is None or name in ("raise", "nonsense", "none"):
        return None if name is None else Zone({"raise": "raise", "nonsense": "+01:00", "none": None}[name])
    return timezone(timedelta(minutes=int(name))) if name.lstrip("-").isdigit() else ZoneInfo(name)


def _datetime(recipe: Recipe, loose: list[dict[Any, Any]]) -> object:
    at = datetime.fromisoformat(recipe["is"]).replace(tzinfo=_zone(recipe.get("zone")), fold=recipe.get("fold", 0))
    if not recipe.get("raising"):
        return at
    return RaisingDatetime.combine(at.date(), at.time(), at.tzinfo)


_MAKERS: Mapping[str, Callable[[Recipe, list[dict[Any, Any]]], Any]] = {
    "object": lambda recipe, _: _OBJECTS[recipe["of"]](),
    "text": lambda recipe, _: _TEXTS[recipe["of"]](recipe["is"]),
    "long": lambda recipe, _: recipe["is"] * recipe["times"],
    "integer": lambda recipe, _: (RaisingInteger if recipe.get("raising") else int)(recipe["sign"] << recipe["bits"]),
    "float": lambda recipe, _: (RaisingFloat if recipe.get("raising") else float)(recipe["is"]),
    "date": lambda recipe, _: date.fromisoformat(recipe["is"]), "datetime": _datetime, "mapping": _mapping,
    "members": _members, "many": _many, "deep": _deep, "root": _root,
}  # fmt: skip


def kinds(of: str) -> tuple[str, ...]:
    """What objects, texts, mappings or members can be of."""
    tables: Mapping[str, Mapping[str, object]] = {
        "object": _OBJECTS,
        "text": _TEXTS,
        "mapping": _MAPPINGS,
        "members": _MEMBERS,
    }
    return tuple(tables[of])
