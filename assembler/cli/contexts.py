"""What the caller knows about a person, from a file and from options."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, TypedDict

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.options import known, with_options
from assembler.cli.parameters import Assignment, Named, a_file

if TYPE_CHECKING:
    from assembler import Library

STDIN = "-"
_LONGEST_NUMBER = 4000
_integer = re.compile(r"-?(0|[1-9]\d*)", re.ASCII).fullmatch
_number = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII).fullmatch
_TOKENS = re.compile(r'"(?:\\.|[^"\\])*+"?|(-?Infinity|NaN)')


class ContextOptions(TypedDict):
    """The values of `context_options`."""

    context: str | None
    person: str | None
    locale: str | None
    consent: tuple[str, ...]
    signal: tuple[str, ...]
    field: tuple[str, ...]
    segment: str | None
    stage: str | None


_OPTIONS = (
    click.option(
        "--context", metavar="FILE", shell_complete=a_file, help="The context as a JSON file; `-` reads standard input."
    ),
    click.option("--id", "person", metavar="ID", help="Who it is: decides holdouts and tests."),
    click.option("--locale", metavar="LOCALE", type=Named("locale"), help="Their locale, such as fr-CA."),
    click.option(
        "--consent",
        metavar="PURPOSE",
        type=Named("purpose"),
        multiple=True,
        help="A purpose they consent to. Repeatable.",
    ),
    click.option(
        "--signal",
        metavar="NAME=VALUE",
        type=Assignment("signal"),
        multiple=True,
        help="A signal, observed now. Repeatable.",
    ),
    click.option(
        "--field", metavar="NAME=VALUE", type=Assignment("field"), multiple=True, help="A merge field. Repeatable."
    ),
    click.option(
        "--segment",
        metavar="SEGMENT",
        type=Named("segment", "none"),
        help="Their segment, whatever the signals say; `none` for none.",
    ),
    click.option(
        "--stage",
        metavar="STAGE",
        type=Named("stage", "none"),
        help="Their stage, whatever the signals say; `none` for none.",
    ),
)


context_options = with_options(*_OPTIONS)
"""The options that describe a person; those beside `--context` override the keys of its file."""


def read_context(library: Library, options: ContextOptions) -> object:
    """The context that the options describe. Refuses what is no JSON, and names that the library does not have."""
    path = options["context"]
    base = context_file(path) if path is not None else {}
    given = _given(library, options)
    if not given:
        return base
    if base is not None and not isinstance(base, dict):
        raise Unusable("the file's context is no JSON object, so that options cannot be added to it")
    context: dict[str, Any] = {**(base or {}), **given}
    for key in ("signals", "fields"):
        below = (base or {}).get(key)
        if key in given and isinstance(below, dict):
            context[key] = below | given[key]
    return context


def _given(library: Library, options: ContextOptions) -> dict[str, Any]:
    """The context that options other than `--context` describe."""
    content = library.content
    signals = dict(_pair("signal", text, content.signals) for text in options["signal"])
    fields = dict(_pair("field", text, content.fields) for text in options["field"])
    given: dict[str, Any] = {
        "id": options["person"],
        "locale": options["locale"],
        "consent": list(options["consent"]) or None,
        "signals": {name: _signal(name, text, content.signals[name].kind) for name, text in signals.items()} or None,
        "fields": fields or None,
    }
    context = {key: value for key, value in given.items() if value is not None}
    for kind, name, audiences in (
        ("segment", options["segment"], content.segments),
        ("stage", options["stage"], content.stages),
    ):
        names = [audience.id for audience in audiences]
        if name is not None:
            context[kind] = None if name == "none" else known(kind, name, names)
    return context


def _pair(kind: str, text: str, names: Mapping[str, object]) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Unusable(f"--{kind} {text[:80]!r} has no value; write --{kind} NAME=VALUE")
    return known(kind, name, names), value


def _signal(name: str, text: str, kind: str) -> object:
    """A signal's value; text that is not of its kind stays text, for the library to judge."""
    if text.lstrip().startswith("{"):
        return _read_json(text, f"--signal {name}")
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind not in ("integer", "number") or not _number(text):
        return text
    return _whole(text) if _integer(text) else float(text)


def _whole(text: str) -> int | float:
    return int(text) if len(text) <= _LONGEST_NUMBER else float("inf")


def read_input(path: str, noun: str) -> tuple[str, bytes]:
    """Return the name and content of a file, `-` for standard input. Raises `Unusable` where it cannot be read."""
    if path == STDIN:
        return "standard input", sys.stdin.buffer.read()
    try:
        return path, Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise Unusable(f"the {noun} {path!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def context_file(path: str) -> object:
    """The context in a JSON file, `-` for standard input. Refuses what is no JSON."""
    name, data = read_input(path, "context")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(data.decode("utf-8", "replace"), len(data[: error.start].decode("utf-8", "replace")), name, "not UTF-8")
    return _read_json(text, name)


def _read_json(text: str, name: str) -> object:
    try:
        return json.loads(text, parse_constant=_constant, parse_int=_whole)
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, name, f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}")
    except _Constant as error:
        position = next(match.start() for match in _TOKENS.finditer(text) if match[1])
        _refuse(text, position, name, f"not JSON: {error} is no number there")
    except RecursionError:
        _refuse(text, 0, name, "nested too deeply")


class _Constant(Exception):
    """NaN or Infinity, which JSON does not have."""


def _constant(name: str) -> Never:
    raise _Constant(name)


def _refuse(text: str, position: int, name: str, problem: str) -> Never:
    """Refuse a text for what stands at a position of it. The text itself is somebody's, and not shown."""
    before = text[:position].split("\n")
    raise Unusable(f"{name}:{len(before)}:{len(before[-1]) + 1}: {problem}")
