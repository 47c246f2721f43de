"""The filters and tests of templates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from jinja2 import TemplateError, Undefined
from jinja2.tests import TESTS as TESTS_OF_JINJA
from markupsafe import Markup

from assembler.authoring.compile.plain_text import plain
from assembler.authoring.compile.template_records import TemplateRecord
from assembler.authoring.compile.tokens import TOKEN


class FilterRefused(TemplateError):
    """A filter that would harm what it is given."""


def _guarded(value: object, name: str) -> None:
    if TOKEN.search(str(value)):
        raise FilterRefused(f"the filter {name} on text that holds a merge field; only plain is possible there")


def _whole(change: Callable[[str], str], name: str) -> Callable[[object], object]:
    def apply(value: object) -> object:
        if isinstance(value, Undefined):
            return value
        _guarded(value, name)
        return change(plain(value))

    return apply


def _joined(values: Iterable[object], separator: str = "") -> str:
    texts = [str(value) for value in values]
    _guarded(" ".join(texts), "join")
    return separator.join(texts)


def _default(value: object, otherwise: object = "", boolean: bool = False) -> object:
    absent = value is None or isinstance(value, Undefined) or (boolean and not value)
    return otherwise if absent else value


def _plainly(value: object) -> object:
    """Return a value as JSON holds it: without markup, and without the fields that a record does not set."""
    if isinstance(value, Undefined):
        return None
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_plainly(item) for item in value]
    if isinstance(value, TemplateRecord | Mapping):
        return {name: _plainly(field) for name, field in value.items() if not isinstance(field, Undefined)}
    return value


def _json(value: object) -> Markup:
    text = json.dumps(_plainly(value), ensure_ascii=False)
    _guarded(text, "tojson")
    for character in "<>&'\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _is_odd(value: object) -> bool:
    return isinstance(value, int) and value % 2 == 1


def _is_even(value: object) -> bool:
    return isinstance(value, int) and value % 2 == 0


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "plain": plain,
    "upper": _whole(str.upper, "upper"),
    "lower": _whole(str.lower, "lower"),
    "join": _joined,
    "default": _default,
    "tojson": _json,
}
"""The filters that templates may use."""

_OF_JINJA: Final[Mapping[str, Any]] = TESTS_OF_JINJA
_TAKEN_OVER: Final = ("defined", "undefined", "none", "string", "number", "eq", "equalto", "ne", "in", "true", "false")

TESTS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: _OF_JINJA[name] for name in _TAKEN_OVER},
    "odd": _is_odd,
    "even": _is_even,
}
"""The tests that templates may use: those of Jinja, but such as would take a text for a number."""
