"""Changes of library files: their content is taken apart as JSON, changed, and written with a right digest."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, Literal

import msgspec

from assembler.authoring import Project
from tests.authoring.builders import project as files
from tests.conftest import ROOT, STARTER_MOMENT
from tests.library.sealed import sealed
from tests.runtime.sample import COMPONENTS, archive, component, tone

Base = Literal["starter", "compiled", "handmade"]
Kind = Literal["set", "delete", "rename", "swap", "raw", "nest", "text", "length"]
Key = str | int


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change: at a path of the content, or of the text of a number.

    `set` puts `value` there, `delete` takes away what is there, `rename` gives its key the name `value`, `swap` changes
    it for what is at the path `value`; `raw` puts `value` there as it is, which need not be JSON; `nest` puts as many
    negations around it; `text` makes `value` (bytes in hexadecimal digits) the text, `length` says another length.
    """

    kind: Kind
    path: tuple[Key, ...]
    value: Any = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A library and what is changed in it."""

    base: Base
    changes: tuple[Change, ...]


class Stale(Exception):
    """A path of a change is not there."""


@cache
def base(name: Base) -> tuple[bytes, tuple[bytes, ...]]:
    """The content, as JSON, and the texts of a library that is in order."""
    if name == "handmade":
        tested = [component(f"headline/test_{tag}", test=tone(low, low + 2000)) for low, tag in ((0, "a"), (2000, "b"))]
        content, texts = archive([*COMPONENTS, *tested])
    else:
        project = Project.load(ROOT) if name == "starter" else Project.from_files(files())
        compiled = project.compile(STARTER_MOMENT)
        content, texts = compiled.content, list(compiled.texts)
    return msgspec.json.encode(content), tuple(texts)


# --- what is changed -------------------------------------------------------------------------------------------------

_KINDS: tuple[Kind, ...] = (*("set",) * 10, "delete", "rename", "swap", "swap", "raw", "nest", "text", "text", "length")
_MARK = "\ue000raw\ue000"
_NUMBERS = (0, 1, -1, 2, 9_999, 10_000, 10_001, 2**31, 2**63, -(2**63), 10**30, -(10**30), 0.5, -0.0, 1e308, 5e-324)
_WORDS = (
    "", " ", "x", "en", "EN", "html", "email", "headline", "a/b", "/", "\0", "\n", "=?", "\u202e", "\u200b", "\ue000",
    "{{ x }}", "../x", "9" * 30, "a" * 3_000, "compare", "ready", "\u0130", "e\u0301", "null", "__class__",
)  # fmt: skip
_RAW = (
    "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 5_000, '"\\ud800"', '"\\udc00x"', '"\\u0000"',
    "[" * 50_000, "tru", "01", "'x'", "{}{}", '{"a":1,"a":2}', "\ufeff1", "/**/1", "",
)  # fmt: skip
_TEXTS = (
    b"", b" ", b"\n\t ", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\0", b"<", b"</body>",
    "\u200b".encode(), b"\xef\xbb\xbf", b"a" * 70_000,
)  # fmt: skip
_RULES: tuple[Callable[[Any], Any], ...] = (
    lambda rule: {"type": "not", "rule": rule},
    lambda rule: {"type": "and", "rules": [rule, rule]},
    lambda rule: {"type": "or", "rules": [rule]},
    lambda rule: {"type": "and", "rules": []},
    lambda rule: {"type": "known", "signal": rule.get("signal", "x")},
)
_DEPTHS = (2, 100, 127, 128, 129, 900, 30_000)


class Changer:
    """Chooses changes of one library. Every shape of path is as likely, however often it occurs."""

    def __init__(self, name: Base) -> None:
        content, texts = base(name)
        self._content: Any = msgspec.json.decode(content)
        self._texts = texts
        self._by_shape: dict[tuple[Key, ...], list[tuple[Key, ...]]] = {}
        for path in _paths(self._content):
            self._by_shape.setdefault(_shape(path), []).append(path)
        self._shapes = sorted(self._by_shape, key=str)

    def change(self, chance: random.Random) -> Change:
        """Some change."""
        kind = chance.choice(_KINDS)
        if kind == "text" or kind == "length":
            return self._of_a_text(kind, chance)
        path = chance.choice(self._by_shape[chance.choice(self._shapes)])
        if kind == "swap":
            others = self._by_shape[_shape(path) if chance.random() < 0.8 else chance.choice(self._shapes)]
            return Change(kind="swap", path=path, value=chance.choice(others))
        if kind == "rename":
            return Change(kind="rename", path=path, value=chance.choice((*_WORDS, *self._names(chance))))
        if kind == "nest":
            rules = sorted(path for shape, paths in self._by_shape.items() if shape[-1] == "rule" for path in paths)
            return Change(kind="nest", path=chance.choice(rules), value=chance.choice(_DEPTHS))
        if kind == "raw":
            return Change(kind="raw", path=path, value=chance.choice(_RAW))
        if kind == "delete":
            return Change(kind="delete", path=path)
        return Change(kind="set", path=path, value=self._other(_at(self._content, path), chance))

    def _of_a_text(self, kind: Literal["text", "length"], chance: random.Random) -> Change:
        number = chance.randrange(len(self._texts))
        text = self._texts[number]
        if kind == "length":
            other = chance.choice((-1, 0, len(text) + 1, len(text) - 1, 2**40, -(2**40)))
            return Change(kind="length", path=(number,), value=other)
        place = chance.randrange(len(text) + 1)
        texts = (*_TEXTS, text[:place], text[place:], text[:place] + b"\x80" + text[place:], chance.choice(self._texts))
        return Change(kind="text", path=(number,), value=chance.choice(texts).hex())

    def _other(self, value: Any, chance: random.Random) -> Any:
        """Another value: mostly of the same type."""
        if chance.random() < 0.15:
            return chance.choice((None, True, False, 0, -1, 1.5, "", "x", [], {}, [None], {"": None}, [[]]))
        match value:
            case bool():
                return not value
            case int() | float():
                near = (value + 1, value - 1, -value, value * 10_000, value + chance.randrange(1000))
                return chance.choice((*near, *_NUMBERS))
            case str():
                cut = chance.randrange(len(value) + 1)
                edits = (value[:cut], value[cut:], value.upper(), value + "x", value[::-1])
                return chance.choice((*edits, *_WORDS, *self._names(chance)))
            case list():
                return _other_list(value, chance)
            case dict() if "type" in value and ("signal" in value or "rule" in value or "rules" in value):
                return chance.choice(_RULES)(value)
            case dict() if value:
                keys = chance.sample(list(value), len(value))
                return {key: value[other] for key, other in zip(value, keys, strict=True)}
        return chance.choice((0, "", {}, [], "en", 10**30))

    def _names(self, chance: random.Random) -> tuple[str, ...]:
        """Names that stand somewhere in the library."""
        content = self._content
        address = chance.choice(content["components"])["address"]
        kinds = ("fields", "signals", "campaigns")
        return (address, address.partition("/")[0], *(chance.choice([*content[kind]]) for kind in kinds))


def _other_list(value: list[Any], chance: random.Random) -> list[Any]:
    cut = chance.randrange(len(value) + 1)
    shuffled = chance.sample(value, len(value))
    longer = [*value[:cut], chance.choice([*value, 0, "x", None, -1, 10**30]), *value[cut:]]
    return chance.choice(([], value[:cut], value[cut:], value * 2, shuffled, longer, [value]))


def _paths(value: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """The path of everything below a value."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in entries:
        yield (*path, key)
        yield from _paths(below, (*path, key))


_MAPS = frozenset(
    {"campaigns", "channels", "documents", "defaults", "fields", "signals", "fragments", "ranges", "parts"}
)


def _shape(path: tuple[Key, ...]) -> tuple[Key, ...]:
    """A path without the numbers and the names that a project gives."""
    shape: list[Key] = []
    for place, key in enumerate(path):
        above = path[place - 1] if place else ""
        named = (
            above in _MAPS
            or (place > 1 and path[place - 2] == "documents")
            or (above == "slots" and "defaults" in path)
        )
        shape.append("*" if named or isinstance(key, int) else key)
    return tuple(shape)


def _at(value: Any, path: Sequence[Key]) -> Any:
    for key in path:
        value = value[key]
    return value


# --- a file with changes ---------------------------------------------------------------------------------------------


def written(case: Case) -> bytes:
    """The file with the changes, and a right digest. Raises `Stale` where a path is not there, or not any more."""
    encoded, texts_ = base(case.base)
    content, texts = msgspec.json.decode(encoded), list(texts_)
    lengths: dict[int, Any] = {}
    raw: list[str] = []
    for change in case.changes:
        if change.kind == "text":
            texts[int(change.path[0])] = bytes.fromhex(change.value)
        elif change.kind == "length":
            lengths[int(change.path[0])] = change.value
        else:
            _apply(content, change, raw)
    said = [lengths.get(number, len(text)) for number, text in enumerate(texts)]
    index = msgspec.json.encode({"content": content, "texts": said})
    for number, piece in enumerate(raw):
        index = index.replace(f'"{_MARK}{number}"'.encode(), piece.encode("utf-8", "surrogatepass"))
    return sealed(index, b"".join(texts))


def _apply(content: Any, change: Change, raw: list[str]) -> None:
    *above, last = change.path
    try:
        here = _at(content, above)
        match change.kind:
            case "delete":
                del here[last]
            case "rename":
                if isinstance(here, dict):
                    entries = [(change.value if key == last else key, value) for key, value in here.items()]
                    here.clear()
                    here.update(entries)
            case "swap":
                *others, other = change.value
                there = _at(content, others)
                here[last], there[other] = there[other], here[last]
            case "raw":
                here[last] = _raw(raw, change.value)
            case "nest":
                inner = msgspec.json.encode(here[last]).decode()
                here[last] = _raw(raw, '{"type":"not","rule":' * change.value + inner + "}" * change.value)
            case _:
                here[last] = deepcopy(change.value)
    except (LookupError, TypeError):
        raise Stale(str(change.path)) from None


def _raw(raw: list[str], piece: str) -> str:
    """What stands in the place of a piece until the rest is JSON."""
    raw.append(piece)
    return f"{_MARK}{len(raw) - 1}"
