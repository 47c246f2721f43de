"""components/ -> component types and components with all their translations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import Field as Constraint, create_model

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.names import SLUG, SLUG_HINT
from assembler.authoring.load.strict_yaml import Problem, Value, read_yaml
from assembler.authoring.load.validate import validated
from assembler.authoring.memory import Memory
from assembler.authoring.project.authored import Authored, Day
from assembler.authoring.project.component import AssetAlt, AssetRef, Component, ComponentType, FieldSpec, Tags, Words
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.errors import nearest

__all__ = ["Types", "load_components", "load_types"]

_FENCE = re.compile(r"---[ \t]*(?:\r?\n|$)")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_TAGS = frozenset(Tags.model_fields)
_RESERVED = _TAGS | {"body", "brand", "campaign", "channel", "locale", "strings", "address", "field", "asset", "slot"}


@dataclass(frozen=True, slots=True, eq=False)
class _Models:
    """A component type, and the models of its own fields in an original and in a translation."""

    spec: ComponentType
    original: type[Authored]
    translation: type[Authored]


@dataclass(frozen=True, slots=True)
class Types:
    """The component types that can be read, by name, and the `names` of all that are there."""

    models: Mapping[str, _Models]
    names: set[str]

    @property
    def specs(self) -> dict[str, ComponentType]:
        """What each type has."""
        return {name: each.spec for name, each in self.models.items()}


@dataclass(slots=True)
class _Files:
    """The files of one component by locale."""

    type: str
    id: str
    by_locale: dict[str, tuple[str, str]] = field(default_factory=dict)


def load_types(texts: Mapping[str, str], memory: Memory, findings: Findings) -> Types:
    """The component types that can be read, and the names of all that are there."""
    models: dict[str, _Models] = {}
    for path, text in texts.items():
        read, found = memory.recall(("type", path, text), partial(_read_type, path, text))
        findings.take(found)
        if read is not None:
            models[read.spec.name] = read
    return Types(models, {path.split("/")[1] for path in texts})


def _read_type(path: str, text: str) -> tuple[_Models | None, Findings]:
    findings = Findings()
    return _type(path, text, findings), findings


def _type(path: str, text: str, findings: Findings) -> _Models | None:
    name = path.split("/")[1]
    if not SLUG.fullmatch(name):
        findings.add("R04", Source(path, text).at(), f"{name!r} is no name for a component type", SLUG_HINT)
        return None
    try:
        value, source = read_yaml(path, text)
    except Problem as problem:
        findings.add("R01", Source(path, text).at(problem.line, problem.column), problem.message, problem.hint)
        return None
    found = validated(ComponentType, value if value is not None else {}, source, findings)
    if found is None:
        return None
    spec = found.named(name)
    for each in spec.fields:
        if each in _RESERVED or not SLUG.fullmatch(each):
            hint = "the name is taken" if each in _RESERVED else SLUG_HINT
            findings.add("R04", spec.key_place("fields", each), f"{each!r} is no name for a field", hint)
    return _Models(spec, _original_model(spec), _translation_model(spec))


def load_components(
    texts: Mapping[str, str],
    types: Types,
    unread: set[str],
    settings: Settings,
    memory: Memory,
    findings: Findings,
) -> tuple[dict[str, Component], set[str]]:
    """The components by address, sorted, and the addresses of all that are there, readable or not.

    `unread` are the addresses of those whose own file is no text at all.
    """
    files = _grouped(texts, settings, findings)
    found: dict[str, Component] = {}
    missing_types: set[str] = set()
    for address, each in sorted(files.items()):
        models = types.models.get(each.type)
        if models is None:
            if each.type not in types.names and each.type not in missing_types:
                _report_missing_type(each, types.models, findings)
                missing_types.add(each.type)
        elif address not in unread:
            key = ("component", *sorted(each.by_locale.items()), settings.default_locale, models)
            component, faults = memory.recall(key, partial(_read_component, each, models, settings.default_locale))
            findings.take(faults)
            if component is not None:
                found[address] = component
    return found, set(files) | unread


def _read_component(files: _Files, models: _Models, default_locale: str) -> tuple[Component | None, Findings]:
    findings = Findings()
    return _component(files, models, default_locale, findings), findings


def _report_missing_type(files: _Files, types: Iterable[str], findings: Findings) -> None:
    path, text = next(iter(files.by_locale.values()))
    close = nearest(files.type, types)
    hint = f"did you mean the type {close}?" if close else f"write components/{files.type}/_type.yaml"
    findings.add("R03", Source(path, text).at(), f"no component type {files.type!r}", hint)


def _grouped(texts: Mapping[str, str], settings: Settings, findings: Findings) -> dict[str, _Files]:
    """The component files by address; names that fit nothing are reported."""
    found: dict[str, _Files] = {}
    for path, text in texts.items():
        place = Place(path)
        parts = path.split("/")
        id_, dot, locale = parts[-1].removesuffix(".md").partition(".")
        if len(parts) != 3 or not path.endswith(".md"):
            findings.add("R04", place, "not the path of a component", "components/<type>/<id>.md, or <id>.<locale>.md")
        elif not SLUG.fullmatch(id_):
            findings.add("R04", place, f"{id_!r} is no id", SLUG_HINT)
        elif dot and locale not in settings.locales:
            close = nearest(locale, settings.locales)
            hint = f"did you mean {close}?" if close else "the project's locales: " + ", ".join(settings.locales)
            findings.add("R03", place, f"no locale {locale!r}", hint)
        elif dot and locale == settings.default_locale:
            findings.add("R04", place, f"{locale} is the default locale", f"its words stand in {id_}.md")
        else:
            files = found.setdefault(f"{parts[1]}/{id_}", _Files(parts[1], id_))
            files.by_locale[locale or settings.default_locale] = (path, text)
    return found


def _component(files: _Files, models: _Models, default_locale: str, findings: Findings) -> Component | None:
    if default_locale not in files.by_locale:
        for path, text in files.by_locale.values():
            findings.add(
                "R03",
                Source(path, text).at(),
                f"a translation of {files.id}, which does not exist",
                f"write {files.id}.md first",
            )
        return None
    path, text = files.by_locale[default_locale]
    read = _front_matter(path, text, findings)
    if read is None:
        return None
    front, source, body = read
    if front is None:
        findings.add(
            "R01",
            source.at(),
            "a component begins with front matter",
            "its first line is ---, then at least `campaigns: [...]`, then ---",
        )
        return None
    tags = validated(Tags, {key: value for key, value in front.items() if key in _TAGS}, source, findings)
    words = _words(
        models.original, {key: value for key, value in front.items() if key not in _TAGS}, source, body, findings
    )
    if tags is None or words is None:
        return None
    translations: dict[str, Words] = {default_locale: words}
    for locale, (path, text) in sorted(files.by_locale.items()):
        if locale != default_locale:
            translation = _translation(path, text, models, findings)
            if translation is not None:
                translations[locale] = translation
    for each in translations.values():
        _refuse_second_line(each, models.spec, findings)
    return Component(files.type, files.id, tags, translations, default_locale)


def _translation(path: str, text: str, models: _Models, findings: Findings) -> Words | None:
    read = _front_matter(path, text, findings)
    if read is None:
        return None
    front, source, body = read
    allowed: dict[str, Value] = {}
    for key, value in (front or {}).items():
        spec = models.spec.fields.get(key)
        if key in _TAGS or (spec is not None and spec.kind != "asset" and not spec.translates):
            what = "a tag" if key in _TAGS else f"a field of kind {spec.kind if spec else ''}"
            findings.add("L01", source.key(key), f"a translation sets {key!r}, {what}", "remove it: it is inherited")
        elif (
            spec is not None
            and spec.kind == "asset"
            and isinstance(value, dict)
            and "file" in value
            and not spec.translates
        ):
            findings.add(
                "L01",
                source.key(key, "file"),
                f"a translation sets the file of {key!r}",
                "remove it: only `alt` is translated",
            )
            allowed[key] = {each: below for each, below in value.items() if each != "file"}
        else:
            allowed[key] = value
    return _words(models.translation, allowed, source, body, findings)


def _front_matter(
    path: str, text: str, findings: Findings
) -> tuple[dict[str, Value] | None, Source, tuple[int, str]] | None:
    """Front matter (None where there is none), the file, and the body with the number of its first line."""
    opening = _FENCE.match(text)
    if opening is None:
        return None, Source(path, text), (1, text)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        findings.add("R01", Source(path, text).at(), "front matter that never ends", "close it with a line ---")
        return None
    try:
        front, source = read_yaml(path, text[opening.end() : closing.start()], first_line=2, whole=text)
    except Problem as problem:
        findings.add("R01", Source(path, text).at(problem.line, problem.column), problem.message, problem.hint)
        return None
    if front is not None and not isinstance(front, dict):
        findings.add("R02", source.at(2), "front matter is keys and values", "write `key: value`")
        front = None
    body_line = text.count("\n", 0, closing.end()) + 1
    return front or {}, source, (body_line, text[closing.end() :])


def _words(
    model: type[Authored], value: dict[str, Value], source: Source, body: tuple[int, str], findings: Findings
) -> Words | None:
    fields = validated(model, value, source, findings, known=tuple(sorted(_TAGS)))
    if fields is None:
        return None
    first_line, text = body
    lead = len(text) - len(text.lstrip())
    line_start = text.rfind("\n", 0, lead) + 1
    place = source.at(first_line + text.count("\n", 0, lead), lead - line_start + 1)
    given = {str(field.alias): getattr(fields, name) for name, field in type(fields).model_fields.items()}
    return Words(source, {name: _asset(each) for name, each in given.items() if each is not None}, text.strip(), place)


def _refuse_second_line(words: Words, type_: ComponentType, findings: Findings) -> None:
    one_line = [name for name, spec in type_.fields.items() if spec.kind in ("text", "url")]
    texts: dict[str, object] = {
        **{name: words.fields.get(name) for name in one_line},
        **({"body": words.body} if type_.body != "markdown" else {}),
    }
    for name, text in texts.items():
        if isinstance(text, str) and "\n" in text.strip("\n"):
            findings.add(
                "R02",
                words.inside(name, text.find("\n") + 1),
                f"{name} is more than one line",
                "text is one line; a type may say `markdown`",
            )
    if type_.body is None and words.body:
        findings.add(
            "R02",
            words.body_place,
            f"the type {type_.name} has no body",
            "give its _type.yaml `body: text` or `body: markdown`",
        )


_KINDS: dict[str, Any] = {"text": str, "markdown": str, "url": str, "asset": AssetRef, "date": Day}


def _asset(value: Any) -> Any:
    return AssetRef(file="", alt=value.alt, overlay=value.overlay) if type(value) is AssetAlt else value


def _original_model(type_: ComponentType) -> type[Authored]:
    """The model of a type's own fields in the default locale."""
    fields = {name: (_KINDS[spec.kind], spec.required and not _judged(type_, name)) for name, spec in _usable(type_)}
    return _model(f"{type_.name} fields", fields)


def _judged(type_: ComponentType, name: str) -> bool:
    """Whether a rule of its own (G05) says that a field is missing."""
    return (type_.name, name) == ("offer", "terms")


def _translation_model(type_: ComponentType) -> type[Authored]:
    """The model of what a translation may set: every field optional; of an asset `alt`, unless it is translatable."""
    kinds = {
        name: AssetAlt if spec.kind == "asset" and not spec.translates else _KINDS[spec.kind]
        for name, spec in _usable(type_)
    }
    return _model(f"{type_.name} translation", {name: (kind, False) for name, kind in kinds.items()})


def _model(title: str, fields: dict[str, tuple[Any, bool]]) -> type[Authored]:
    """A model with these keys: kind, and whether it is required. Attributes are numbered: a field may have any name."""
    definitions: dict[str, Any] = {
        f"field_{index}": (kind, Constraint(alias=name))
        if required
        else (kind | None, Constraint(default=None, alias=name))
        for index, (name, (kind, required)) in enumerate(fields.items())
    }
    return create_model(title, __base__=Authored, **definitions)


def _usable(type_: ComponentType) -> list[tuple[str, FieldSpec]]:
    return [(name, spec) for name, spec in type_.fields.items() if name not in _RESERVED and SLUG.fullmatch(name)]
