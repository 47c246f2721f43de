"""YAML values -> models, with a finding for everything that does not fit, and as much kept as can be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assembler.authoring.diagnostics import Findings
from assembler.authoring.load.quoting import quoted
from assembler.authoring.load.strict_yaml import Value
from assembler.authoring.project.authored import Authored
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import asset_meant, choice_meant, day_meant, share_meant, truth_meant
from assembler.errors import nearest

__all__ = ["too_long", "validated"]

Model = TypeVar("Model", bound=Authored)


def validated(
    model: type[Model],
    value: Value,
    source: Source,
    findings: Findings,
    *,
    known: tuple[str, ...] = (),
    otherwise: dict[str, Value] | None = None,
) -> Model | None:
    """The model of a value, attached to its places; what does not fit is reported as R02 and left out.

    `known` are keys that exist beside the model's own, for suggestions; `otherwise` holds values that stand in for
    required keys, so that one bad key does not hide the rest. None where too little is left.
    """
    if not isinstance(value, dict):
        findings.add("R02", source.value(), f"expected keys and values, got {_named(value)}", "write `key: value`")
        value = {}
    kept: Any = value
    for attempt in range(12):
        try:
            found = model.model_validate(kept)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if attempt == 0 or detail["type"] != "missing":
                    _report(model, detail, kept, source, findings, known)
            paths = [_path(detail, kept) for detail in error.errors()]
            gone = {path if _exists(kept, path) else path[:-1] for path in paths if path}
            kept = {**(otherwise or {}), **_without(kept, gone)}
            source = _renumbered(source, gone)
        else:
            found.attach(source)
            return found
    return None


def _path(detail: ErrorDetails, value: Any) -> KeyPath:
    """The keys that lead to the fault: pydantic's location less the names of union members."""
    path: list[str | int] = []
    for key in detail["loc"]:
        if _holds(value, key):
            value = value[key]
        elif detail["type"] != "missing" or key != detail["loc"][-1]:
            continue
        path.append(key)
    return tuple(path)


def _without(value: Any, gone: set[KeyPath]) -> Any:
    """A copy without the values at some paths."""

    def copied(each: Any, path: KeyPath) -> Any:
        if isinstance(each, dict):
            return {key: copied(below, (*path, key)) for key, below in each.items() if (*path, key) not in gone}
        if isinstance(each, tuple):
            kept = ((index, below) for index, below in enumerate(each) if (*path, index) not in gone)
            return tuple(copied(below, (*path, index)) for index, below in kept)
        return each

    return copied(value, ())


def _renumbered(source: Source, gone: set[KeyPath]) -> Source:
    """The file with the places of what remains in a list under its new numbers."""
    if not any(isinstance(path[-1], int) for path in gone if path):
        return source

    lost: dict[KeyPath, list[int]] = {}
    for *above, key in sorted((path for path in gone if path and isinstance(path[-1], int)), key=lambda path: path[-1]):
        lost.setdefault(tuple(above), []).append(int(key))

    def moved(path: KeyPath) -> KeyPath:
        before = (
            bisect_left(lost.get(path[:depth], ()), key) for depth, key in enumerate(path) if isinstance(key, int)
        )
        return tuple(key - next(before) if isinstance(key, int) else key for key in path)

    def kept(marks: Mapping[KeyPath, tuple[int, int]]) -> dict[KeyPath, tuple[int, int]]:
        remaining = (path for path in marks if not any(path[:depth] in gone for depth in range(1, len(path) + 1)))
        return {moved(path): marks[path] for path in remaining}

    return replace(source, keys=kept(source.keys), values=kept(source.values), comments=kept(source.comments))


def _exists(value: Any, path: KeyPath) -> bool:
    for key in path:
        if not _holds(value, key):
            return False
        value = value[key]
    return True


def _holds(value: Any, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, tuple) and isinstance(key, int) and key < len(value)


def _report(
    model: type[BaseModel], detail: ErrorDetails, value: Any, source: Source, findings: Findings, known: tuple[str, ...]
) -> None:
    path = _path(detail, value)
    kind = detail["type"]
    if kind == "extra_forbidden":
        inner = _model_at(model, path[:-1])
        keys = [*_keys(inner), *(known if len(path) == 1 else ())] if inner else []
        close = nearest(str(path[-1]), keys)
        hint = f"did you mean {close}?" if close else "known keys: " + ", ".join(sorted(keys)) if keys else None
        name = str(path[-1]).lower()
        meant = next((each for each, names in _OTHER_NAMES.items() if each in keys and name in names.split()), None)
        if meant:
            hint = f"did you mean {meant}?"
        elif known and len(path) == 1 and name in _ELSEWHERE and not close:
            hint = _ELSEWHERE[name]
        before = source.strays.get(path)
        if before:
            whole = source.rest(*before)
            written = share_meant(whole).removeprefix("write ") if whole.endswith("%") else quoted(whole)
            hint = f"a comma ends the value before it: write {before[-1]}: {written}"
        findings.add("R02", source.key(*path), f"unknown key {str(path[-1])[:60]!r}", hint)
    elif kind == "missing":
        findings.add(
            "R02",
            source.key(*path[:-1]) if len(path) > 1 else source.at(),
            f"missing key {path[-1]!r}",
            f"add `{path[-1]}: ...`",
        )
    else:
        message, hint = _of_records(model, detail, path) or _expected(detail)
        if hint is None and kind in ("model_type", "model_attributes_type"):
            hint = _with_keys(_model_at(model, path), detail["input"])
        if kind == "tuple_type" and path[-1] in _FOR_SOME and str(detail["input"]).lower() in _EVERYONE:
            hint = f"leave {path[-1]} out: without it, everyone gets it"
        place = source.key(*path) if _is_of_key(detail) else source.value(*path)
        findings.add("R02", place, message, hint or _in_quotes(kind, source, path))


def _is_of_key(detail: ErrorDetails) -> bool:
    """Whether the fault is the last key's own."""
    return detail["loc"][-1:] == ("[key]",)


def _with_keys(model: type[BaseModel] | None, given: object) -> str | None:
    """How to write a value as keys and values."""
    keys = _keys(model) if model else []
    if "file" in keys and isinstance(given, str):
        return f"write {{file: {asset_meant(given, ()) or given}, alt: what it shows}}"
    return f"its keys: {', '.join(keys)}" if keys else None


def _in_quotes(kind: str, source: Source, path: KeyPath) -> str | None:
    """How to write as text what YAML reads as something else."""
    written = source.rest(*path)
    return f"write {path[-1]}: {quoted(written)}" if kind == "string_type" and written else None


def _of_records(model: type[BaseModel], detail: ErrorDetails, path: KeyPath) -> tuple[str, str] | None:
    """Message and hint for something else in the place of a list of records, or of one of them."""
    is_list, given = detail["type"] == "tuple_type", detail["input"]
    record = _model_at(model, (*path, 0)) if is_list else _model_at(model, path) if isinstance(path[-1], int) else None
    if record is None or detail["type"] not in ("tuple_type", "model_type", "model_attributes_type"):
        return None
    key = next(iter(_keys(record)), "key")
    words = str(given) if isinstance(given, str) and given and "\n" not in given and key not in given else "..."
    expected = "a list of records" if is_list else "keys and values"
    return f"expected {expected}, got {_named(given)}", f"begin each with a dash and a key: `- {key}: {words}`"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """The model that stands at a path below `model`, where it is one."""
    here: Any = model
    for key in path:
        here = _below(here, key)
    here = _plain(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _below(annotation: Any, key: str | int) -> Any:
    annotation = _plain(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if key == (field.alias or name):
                return field.annotation
        return None
    members = get_args(annotation)
    return members[-1] if get_origin(annotation) is dict else members[0] if members else None


def _plain(annotation: Any) -> Any:
    if get_origin(annotation) is UnionType or isinstance(annotation, UnionType):
        return next((each for each in get_args(annotation) if each is not type(None)), None)
    return annotation


_OTHER_NAMES = {
    "file": "src url path image picture source href",
    "alt": "text description title caption alternative",
    "review_by": "review review_date reviewed",
    "valid_until": "expires expiry until ends end end_date",
    "valid_from": "starts start start_date from",
    "status": "state published",
    "when": "rule condition if",
    "kind": "type",
    "share": "percentage percent size",
}
_ELSEWHERE = {
    "body": "the body stands below the closing ---",
    "content": "the body stands below the closing ---",
    "id": "the id of a component is the name of its file",
    "type": "the type of a component is the name of its folder",
    "locale": "a translation is a file of its own, such as <id>.fr.md",
    "language": "a translation is a file of its own, such as <id>.fr.md",
    "lang": "a translation is a file of its own, such as <id>.fr.md",
}
_FOR_SOME = ("segments", "stages", "channels")
_EVERYONE = ("all", "any", "every", "everyone", "everybody", "none")
_WORDS = {
    "string_type": "expected text",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list, such as [one, two]",
    "dict_type": "expected keys and values",
    "model_type": "expected keys and values",
    "model_attributes_type": "expected keys and values",
    "date_type": "expected a date, such as 2027-02-01",
    "is_instance_of": "expected a date, such as 2027-02-01",
}


def too_long(text: str, most: int) -> tuple[str, str]:
    """Message and hint for a text that is longer than any may be."""
    return f"a text of {len(text):,} characters; at most {most:,} are allowed", "write less, or split it"


def _expected(detail: ErrorDetails) -> tuple[str, str | None]:
    """Message and hint for a value of the wrong kind."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "literal_error":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        meant = choice_meant(value, allowed)
        close = nearest(value, allowed) if isinstance(value, str) and meant is None else None
        hint = f"write {meant}" if meant else f"did you mean {close}?" if close else f"write {' or '.join(allowed)}"
        return f"expected one of {', '.join(allowed)}, got {_named(value)}", hint
    if kind == "string_too_long":
        return too_long(str(value), context["max_length"])
    if kind == "value_error":
        error = context.get("error")
        return str(error or detail["msg"]), getattr(error, "hint", None)
    if kind == "too_long":
        most = context["max_length"]
        return f"{context['actual_length']:,} of them; at most {most:,}", f"leave {most:,} of them"
    if kind == "too_short":
        return "there is none of them", f"write {context['min_length']:,} at least"
    expected = _WORDS.get(kind, detail["msg"][:1].lower() + detail["msg"][1:])
    return f"{expected}, got {_named(value)}", _mended(kind, value)


def _mended(kind: str, value: object) -> str | None:
    """How to write what was probably meant."""
    match kind, value:
        case "tuple_type", str() if value and "\n" not in value:
            return f"write [{value}]"
        case "tuple_type", bool() | int() | float():
            return f"write [{str(value).lower()}]"
        case "bool_type", _:
            return truth_meant(value)
        case "int_type" | "float_type", str() if number := re.match(r"\s*(-?\d+(?:\.\d+)?)\b", value):
            return f"write {number[1]}"
        case "int_type", float() if value == int(value):
            return f"write {int(value)}"
        case "date_type" | "is_instance_of", _:
            return day_meant(value)
        case "string_type", (str(one),) if re.fullmatch(r"[a-z0-9_/]+", one):
            return f"write {one}"
    return None


def _named(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, tuple | list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return f"the number {value}" if isinstance(value, int | float) else f"{str(value)[:60]!r}"
