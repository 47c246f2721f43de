"""Jinja, tamed: every template checked as a syntax tree, then rendered in a sandbox with escaping always on."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from jinja2 import (
    ChainableUndefined,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    Undefined,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from assembler.authoring.compile import words
from assembler.authoring.compile.records import PART_BY_PART, Record, Records
from assembler.authoring.compile.syntax import TESTS, Fault, TemplateSyntax, read_syntax
from assembler.authoring.compile.tokens import FIELD
from assembler.authoring.guard import Failure, attempt
from assembler.authoring.project.source import Source

__all__ = ["Absent", "Templates", "is_template", "unescaped"]

# What Jinja says of an unknown name.
_UNDEFINED = re.compile(r"'(?:.* object' has no attribute ')?(?P<name>\w+)'(?: is undefined)?")
_MAX_TEXT = 1_000_000
_COMPUTATION = (
    TemplateError,
    ArithmeticError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)


class Absent(ChainableUndefined):
    """An optional field that a component does not set: false, and empty where it is written."""


class _Missing(StrictUndefined):
    """A name that nothing knows: an error where it is written, false in a condition."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class _Refused(TemplateError):
    """A filter that would harm what it is given."""


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "%", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if not all(isinstance(each, int | float) for each in (left, right)) or operator == "**":
            raise SecurityError(f"{operator} is for numbers")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping | Record):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Records) and isinstance(argument, int) and not -len(obj) <= argument < len(obj):
            return Absent(name=str(argument))
        return super().getitem(obj, argument)


def is_template(path: str) -> bool:
    """Whether the file at a path is a template."""
    return path.startswith("templates/") and path.endswith(".j2")


class Templates:
    """The templates of a project: their syntax, and their rendering."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.path: source for source in sources}
        self._environment = _Sandbox(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=_Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalized,
        )
        self._environment.globals.clear()
        self._environment.filters = {
            "plain": words.plain,
            "upper": _whole(str.upper, "upper"),
            "lower": _whole(str.lower, "lower"),
            "join": _joined,
            "default": _default,
            "tojson": _json,
        }
        self._environment.tests = {name: test for name, test in self._environment.tests.items() if name in TESTS}
        self.syntax = {path: self._read(source) for path, source in self._sources.items()}
        self._check_references()

    def _read(self, source: Source) -> TemplateSyntax:
        done = attempt(partial(read_syntax, self._environment, source), source.at())
        if not isinstance(done, Failure):
            return done
        return TemplateSyntax(source, faults=[Fault("R10", source.at(), done.message, done.hint)])

    def usable(self, path: str) -> bool:
        """Whether a template and all that it includes may be rendered."""
        seen: set[str] = set()
        open_ = [path]
        while open_:
            here = open_.pop()
            if here not in self.syntax or not self.syntax[here].usable:
                return False
            seen.add(here)
            open_ += [each for name, _ in self.syntax[here].templates if (each := f"templates/{name}") not in seen]
        return True

    def strings_used(self) -> set[str]:
        """The keys of strings.yaml that some template uses."""
        return {key for syntax in self.syntax.values() for key, _ in syntax.strings}

    def render(self, path: str, context: Mapping[str, object]) -> str | Fault:
        """The text that a template writes in a context, or why it cannot."""
        try:
            return self._environment.get_template(path.removeprefix("templates/")).render(context)
        except _COMPUTATION as error:
            return self._explained(path, error)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = f"templates/{name}"
        if path not in self._sources or not self.syntax[path].usable:
            return None
        return self._sources[path].text, path, lambda: True

    def _check_references(self) -> None:
        for syntax in self.syntax.values():
            for name, place in syntax.templates:
                if f"templates/{name}" not in self._sources:
                    hint = "the path is relative to templates/, such as email/_footer.j2"
                    syntax.faults.append(Fault("S03", place, f"no template {name!r} below templates/", hint))

    def _explained(self, path: str, error: BaseException) -> Fault:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in self._sources]
        source = self._sources[frames[-1].filename if frames else path]
        place = source.at(frames[-1].lineno or 1 if frames else 1)
        lead = len(source.line(place.line)) - len(source.line(place.line).lstrip())
        place = source.at(place.line, lead + 1)
        if isinstance(error, UndefinedError):
            return Fault(
                "R03",
                place,
                _UNDEFINED.sub(r"nothing has the name '\g<name>' here", str(error.message)),
                "templates see brand, strings, their fields and little else",
            )
        if isinstance(error, SecurityError | _Refused | TemplateNotFound):
            plain = "only plain" in str(error.message or error)
            hint = "use `| plain`, or CSS (text-transform) for capitals" if plain else "write it out, without computing"
            return Fault("S03", place, str(error.message or error), hint)
        return Fault("R02", place, f"the template cannot be computed: {type(error).__name__}: {str(error)[:200]}")


def unescaped(text: str) -> str:
    """The text that Jinja escaped as a whole, for parts that are not HTML."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _finalized(value: Any) -> Any:
    if value is None:
        return ""
    if not (isinstance(value, str | int | float | Undefined) or hasattr(value, "__html__")):
        raise TypeError(PART_BY_PART)
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise _Refused("a text of more than a million characters")
    return value


def _guarded(value: object, name: str) -> None:
    if FIELD.search(str(value)):
        raise _Refused(f"the filter {name} on text that holds a merge field; only plain is possible there")


def _whole(change: Callable[[str], str], name: str) -> Callable[[object], object]:
    def apply(value: object) -> object:
        if isinstance(value, Undefined):
            return value
        _guarded(value, name)
        return change(words.plain(value))

    return apply


def _joined(values: Iterable[object], separator: str = "") -> str:
    each = [str(value) for value in values]
    _guarded(" ".join(each), "join")
    return separator.join(each)


def _default(value: object, otherwise: object = "", boolean: bool = False) -> object:
    absent = value is None or isinstance(value, Undefined) or (boolean and not value)
    return otherwise if absent else value


def _plainly(value: object) -> object:
    """A value as JSON holds it: without markup, and without the fields that a record does not set."""
    if isinstance(value, Undefined):
        return None
    if isinstance(value, str):
        return words.plain(value)
    if isinstance(value, list | tuple):
        return [_plainly(each) for each in value]
    if isinstance(value, Record | Mapping):
        return {name: _plainly(each) for name, each in value.items() if not isinstance(each, Undefined)}
    return value


def _json(value: object) -> Markup:
    text = json.dumps(_plainly(value), ensure_ascii=False)
    _guarded(text, "tojson")
    for character in "<>&'\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
