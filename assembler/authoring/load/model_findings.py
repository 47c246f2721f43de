"""What pydantic says of a value that does not fit its model -> a finding, and how to write what was meant."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from assembler.authoring.diagnostics import Findings, Replacement, near_miss
from assembler.authoring.load.quoting import in_one_line, quoted
from assembler.authoring.project.rule_setting import SEVERITIES
from assembler.authoring.project.source import KeyPath, Source
from assembler.authoring.project.value_hints import asset_meant, choice_meant, day_meant, share_meant, truth_meant
from assembler.errors import listed, nearest, slip_of


def error_path(detail: ErrorDetails, value: Any) -> KeyPath:
    """Return the keys that lead to a fault in a value: pydantic's location less the names of union members."""
    path: list[str | int] = []
    for key in detail["loc"]:
        if holds(value, key):
            value = value[key]
        elif detail["type"] != "missing" or key != detail["loc"][-1]:
            continue
        path.append(key)
    return tuple(path)


def holds(value: Any, key: str | int) -> bool:
    """Whether a mapping has a key, or a list an item of that number."""
    if isinstance(value, dict):
        return key in value
    return isinstance(value, tuple) and isinstance(key, int) and key < len(value)


def report(
    model: type[BaseModel], detail: ErrorDetails, value: Any, source: Source, findings: Findings, known: tuple[str, ...]
) -> None:
    """Report one fault of a value that is no such model; `known` are keys that exist beside the model's own."""
    path = error_path(detail, value)
    if path in source.strays.values():
        return  # A comma cuts it off, and what follows is told of as a key.
    match detail["type"]:
        case "extra_forbidden":
            hint, mend = _cut_off(source, path) or _unknown_key(model, path, known if len(path) == 1 else (), source)
            findings.add("R02", source.key(*path), f"unknown key {str(path[-1])[:60]!r}", hint, mend=mend)
        case "missing":
            place = source.key(*path[:-1]) if len(path) > 1 else source.at()
            findings.add("R02", place, f"missing key {path[-1]!r}", _missing(model, path))
        case _:
            message, hint = _message_and_hint(model, detail, path)
            is_of_key = detail["loc"][-1:] == ("[key]",)
            place = source.key(*path) if is_of_key else source.value(*path)
            mend = None if is_of_key else _value_meant(model, detail, source, path)
            findings.add("R02", place, message, hint or _shown(model, detail, source, path), mend=mend)


def example_of(model: type[BaseModel], key: str) -> str:
    """Return a key of a model with a value that it may have, as YAML in one line: `share: 10%`."""
    info = next(info for name, info in model.model_fields.items() if key in (name, info.alias))
    return f"{key}: {in_one_line(next(iter([*(info.examples or ()), *_choices_of(info), '...'])))}"


def _choices_of(info: FieldInfo) -> tuple[str, ...]:
    """Return the words that a key may have, where there are only so many."""
    return get_args(info.annotation) if get_origin(info.annotation) is Literal else ()


def _missing(model: type[BaseModel], path: KeyPath) -> str:
    """Return how to write a key that is missing below a path."""
    inner = _model_at(model, path[:-1])
    if inner is None:
        return f"add `{path[-1]}: ...`"
    key = str(path[-1])
    info = next(info for name, info in inner.model_fields.items() if key in (name, info.alias))
    choices = _choices_of(info)
    among = f"; it is one of {listed(choices)}" if choices else ""
    if info.description:
        among = f": {info.description}"
    return f"add it, such as `{example_of(inner, key)}`{among}"


def _unknown_key(
    model: type[BaseModel], path: KeyPath, known: tuple[str, ...], source: Source
) -> tuple[str | None, Replacement | None]:
    return _unknown_key_hint(model, path, known), _key_meant(model, path, known, source)


def _key_meant(model: type[BaseModel], path: KeyPath, known: tuple[str, ...], source: Source) -> Replacement | None:
    """Return the key that an unknown one is a slip of, where it does not stand there, too."""
    inner = _model_at(model, path[:-1])
    keys = [*(_keys(inner) if inner else ()), *known]
    free = [key for key in keys if (*path[:-1], key) not in source.keys]
    mend = near_miss(str(path[-1]), keys)
    return mend if mend is not None and mend.new in free else None


def _value_meant(model: type[BaseModel], detail: ErrorDetails, source: Source, path: KeyPath) -> Replacement | None:
    """Return the value that is meant, where the one that is written is another notation, or a slip, of it alone."""
    value, kind = detail["input"], detail["type"]
    written = source.written(path, value)
    if written is None:
        return None
    meant: str | None
    match kind, value:
        case "literal_error", str():
            meant = slip_of(value, _choices(detail))
        case "value_error", _:
            meant = getattr(detail.get("ctx", {}).get("error"), "instead", None)
        case "tuple_type", _ if str(value).lower() not in _EVERYONE and _model_at(model, (*path, 0)) is None:
            meant = f"[{written}]"
        case _:
            meant = _in_our_notation(kind, value, written)
    return None if meant is None else Replacement(written, meant)


def _in_our_notation(kind: str, value: object, written: str) -> str | None:
    """Return a value of another type as the type has it, where it is the same value."""
    match kind, value:
        case "string_type", bool() | int() | float():
            return quoted(written)
        case "bool_type", _:
            return truth_meant(value).instead
        case "int_type" | "float_type", str() | float():
            whole = re.fullmatch(r"(-?\d{1,15})(?:\.0)?", str(value))
            return whole[1] if whole else None
        case "date_type" | "is_instance_of", _:
            return day_meant(value).instead
    return None


def _cut_off(source: Source, path: KeyPath) -> tuple[str, Replacement] | None:
    """Return what to write where a comma in a text without quotes makes a key of what follows it."""
    before = source.strays.get(path)
    if not before:
        return None
    whole = source.rest(*before)
    written = (share_meant(whole).instead if whole.endswith("%") else None) or quoted(whole)
    hint = f"a comma ends the value before it: write {before[-1]}: {written}"
    return hint, Replacement(whole, written, source.value(*before))


def _unknown_key_hint(model: type[BaseModel], path: KeyPath, known: tuple[str, ...]) -> str | None:
    """Return the key that was probably meant, or the keys that there are; `known` are some beside the model's own."""
    inner = _model_at(model, path[:-1])
    keys = [*(_keys(inner) if inner else ()), *known]
    name = str(path[-1]).lower()
    meant = next((key for key, names in _OTHER_NAMES.items() if key in keys and name in names.split()), None)
    close = meant or nearest(str(path[-1]), keys)
    if close:
        return f"did you mean {close}?"
    if known and name in _ELSEWHERE:
        return _ELSEWHERE[name]
    return "known keys: " + ", ".join(sorted(keys)) if keys else None


def _message_and_hint(model: type[BaseModel], detail: ErrorDetails, path: KeyPath) -> tuple[str, str | None]:
    message, hint = _of_records(model, detail, path) or _expected(detail)
    kind, given = detail["type"], detail["input"]
    if hint is None and kind in ("model_type", "model_attributes_type"):
        hint = _with_keys(_model_at(model, path), given)
    if kind == "tuple_type" and path[-1] in _FOR_SOME and str(given).lower() in _EVERYONE:
        hint = f"leave {path[-1]} out: without it, everyone gets it"
    return message, hint


def _with_keys(model: type[BaseModel] | None, given: object) -> str | None:
    keys = _keys(model) if model else []
    if "file" in keys and isinstance(given, str):
        return f"write {{file: {asset_meant(given, ()) or given}, alt: what it shows}}"
    if "because" in keys and isinstance(given, str | bool):
        return f"write {{severity: {choice_meant(given, SEVERITIES) or 'off'}, because: the reason}}"
    return _test_meant(keys, given) or (f"its keys: {', '.join(keys)}" if keys else None)


def _test_meant(keys: list[str], given: object) -> str | None:
    """Return a hint for a test that is written as its name, or its share, alone; None for anything else."""
    if not {"id", "share"} <= {*keys} or not isinstance(given, str | int | float):
        return None
    share = share_meant(given).instead
    return f"write {{id: {'tone' if share else given}, share: {share or '50%'}}}"


def _shown(model: type[BaseModel], detail: ErrorDetails, source: Source, path: KeyPath) -> str | None:
    """Return how to write a value where nothing is known of what was meant by it."""
    return _text_meant(detail["type"], detail["input"], source, path) or _for_example(model, path)


def _for_example(model: type[BaseModel], path: KeyPath) -> str | None:
    """Return how to write a key whose value is of another kind, where the model has an example."""
    inner = _model_at(model, path[:-1])
    for name, info in inner.model_fields.items() if inner else ():
        if path[-1] in (name, info.alias) and info.examples:
            return f"write it like `{example_of(inner, str(path[-1]))}`, or leave it out" if inner else None
    return None


def _text_meant(kind: str, given: object, source: Source, path: KeyPath) -> str | None:
    """Return how to write a text in whose place something else stands."""
    if kind != "string_type":
        return None
    if isinstance(given, dict) and None not in given.values():
        return "write one text; each language has a file of its own, such as <id>.fr.md"
    if isinstance(path[-1], int):
        if given is None:
            return "take it out"
        item = source.written(path, None)
        return f"write {quoted(item)}" if item else None
    written = source.rest(*path)
    return f"write {path[-1]}: {quoted(written)}" if written else None


def _of_records(model: type[BaseModel], detail: ErrorDetails, path: KeyPath) -> tuple[str, str] | None:
    """Return message and hint for something else in the place of a list of records, or of one of them."""
    is_list, given = detail["type"] == "tuple_type", detail["input"]
    record = _model_at(model, (*path, 0)) if is_list else _model_at(model, path) if isinstance(path[-1], int) else None
    if record is None or detail["type"] not in ("tuple_type", "model_type", "model_attributes_type"):
        return None
    key = next(iter(_keys(record)), "key")
    words = str(given) if isinstance(given, str) and given and "\n" not in given and key not in given else "..."
    expected = "a list of records" if is_list else "keys and values"
    return f"expected {expected}, got {named_value(given)}", f"begin each with a dash and a key: `- {key}: {words}`"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
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
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is UnionType or isinstance(annotation, UnionType):
        return next((member for member in get_args(annotation) if member is not type(None)), None)
    return annotation


_OTHER_NAMES: Final = {
    "file": "src url path image picture source href",
    "alt": "text description title caption alternative",
    "review_by": "review review_date reviewed",
    "valid_until": "expires expiry until ends end end_date",
    "valid_from": "starts start start_date from",
    "status": "state published",
    "when": "rule condition if",
    "kind": "type",
    "share": "percentage percent size",
    "max_messages": "max_segments segments max_sms max_parts",
}
_ELSEWHERE: Final = {
    "body": "the body stands below the closing ---",
    "content": "the body stands below the closing ---",
    "id": "the id of a component is the name of its file",
    "type": "the type of a component is the name of its folder",
    "locale": "a translation is a file of its own, such as <id>.fr.md",
    "language": "a translation is a file of its own, such as <id>.fr.md",
    "lang": "a translation is a file of its own, such as <id>.fr.md",
}
_FOR_SOME: Final = ("segments", "stages", "channels")
_EVERYONE: Final = ("all", "any", "every", "everyone", "everybody", "none")
_EXPECTED: Final = {
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
    """Return message and hint for a text that is longer than any may be."""
    return f"a text of {len(text):,} characters; at most {most:,} are allowed", "write less, or split it"


_BOUNDS: Final = {"greater_than": "above", "greater_than_equal": "of at least", "less_than_equal": "of at most"}


def _expected(detail: ErrorDetails) -> tuple[str, str | None]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in _BOUNDS:
        (bound,) = context.values()
        return f"expected a number {_BOUNDS[kind]} {bound:,}, got {named_value(value)}", None
    match kind:
        case "literal_error":
            return _expected_choice(value, str(context.get("expected", "")))
        case "string_too_long":
            return too_long(str(value), context["max_length"])
        case "value_error":
            error = context.get("error")
            return str(error or detail["msg"]), getattr(error, "hint", None)
        case "too_long":
            most = context["max_length"]
            return f"{len(value):,} of them; at most {most:,}", f"leave {most:,} of them"
        case "too_short":
            return "there is none of them", f"write {context['min_length']:,} at least"
    expected = _EXPECTED.get(kind, detail["msg"][:1].lower() + detail["msg"][1:])
    return f"{expected}, got {named_value(value)}", _mended(kind, value)


def _choices(detail: ErrorDetails) -> list[str]:
    return _words_of(str(detail.get("ctx", {}).get("expected", "")))


def _words_of(expected: str) -> list[str]:
    """Return words as pydantic lists them."""
    return expected.replace("'", "").replace(" or ", ", ").split(", ")


def _expected_choice(value: object, expected: str) -> tuple[str, str]:
    """Return message and hint for what is none of some words, given as pydantic lists them."""
    allowed = _words_of(expected)
    meant = choice_meant(value, allowed)
    close = nearest(value, allowed) if isinstance(value, str) and meant is None else None
    hint = f"write {meant}" if meant else f"did you mean {close}?" if close else f"write {' or '.join(allowed)}"
    return f"expected one of {', '.join(allowed)}, got {named_value(value)}", hint


def _mended(kind: str, value: object) -> str | None:
    match kind, value:
        case "tuple_type", str() if value and "\n" not in value:
            return f"write [{value}]"
        case "tuple_type", bool() | int() | float():
            return f"write [{str(value).lower()}]"
        case "bool_type", _:
            return truth_meant(value).hint
        case "int_type" | "float_type", str() if number := re.match(r"\s*(-?\d+(?:\.\d+)?)\b", value):
            return f"write {number[1]}"
        case "int_type", (int(number),):
            return f"write {number}"
        case "int_type", float() if value == int(value):
            return f"write {int(value)}"
        case "date_type" | "is_instance_of", _:
            return day_meant(value).hint
        case "string_type", (str(one),) if re.fullmatch(r"[a-z0-9_/]+", one):
            return f"write {one}"
    return None


def named_value(value: object) -> str:
    """Return what to call a value in a message: `nothing`, `a list`, `the number 3`, or a text in quotes."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, tuple | list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return f"the number {value}" if isinstance(value, int | float) else f"{str(value)[:60]!r}"
