"""components/ -> component types and components with all their translations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.fields import TAGS, ComponentFile, TypeFields
from assembler.authoring.load.names import COMPONENT_FILE, SLUG, component_file_hint, slug_hint
from assembler.authoring.load.strict_yaml import Value, YamlFault, read_yaml
from assembler.authoring.load.validate import validated
from assembler.authoring.project.component import AuthoredComponent, Tags, Words
from assembler.authoring.project.component_type import ComponentType
from assembler.authoring.project.locales import same_locale
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.errors import listed, nearest

__all__ = ["Types", "load_components", "load_types"]

_FENCE = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|$)")
_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
# Dashes as a word processor or another system writes them.
_LIKE_A_FENCE = re.compile(r"^[ \t]*(?:[-–—−]{1,8}|\+{3}|\.{3})[ \t]*$", re.MULTILINE)
_FIRST_KEY = re.compile(r"\s*(?P<fence>[-–—−+]{1,8})[ \t]*\n[A-Za-z_]\w*[ \t]*[:=]")


@dataclass(frozen=True, slots=True)
class Types:
    """The component types that can be read, by name, and the `names` of all that are there."""

    fields: Mapping[str, TypeFields]
    names: set[str]

    @property
    def specs(self) -> dict[str, ComponentType]:
        """What each type has."""
        return {name: each.component_type for name, each in self.fields.items()}


@dataclass(slots=True)
class _Files:
    """The files of one component by locale."""

    type: str
    id: str
    by_locale: dict[str, tuple[str, str]] = field(default_factory=dict)


def load_types(texts: Mapping[str, str], memo: MemoCache, findings: Findings) -> Types:
    """The component types that can be read, and the names of all that are there."""
    fields: dict[str, TypeFields] = {}
    for path, text in texts.items():
        read, found = memo.recall(("type", path, text), partial(_read_type, path, text))
        findings.take(found)
        if read is not None:
            fields[read.component_type.name] = read
    return Types(fields, {path.split("/")[1] for path in texts})


def _read_type(path: str, text: str) -> tuple[TypeFields | None, Findings]:
    findings = Findings()
    return guarded(findings, partial(_type, path, text, findings), Place(path)), findings


def _type(path: str, text: str, findings: Findings) -> TypeFields | None:
    name = path.split("/")[1]
    if not SLUG.fullmatch(name):
        findings.add("R04", Source(path, text).at(), f"{name!r} is no name for a component type", slug_hint(name))
        return None
    try:
        value, source = read_yaml(path, text)
    except YamlFault as problem:
        findings.add("R01", Source(path, text).at(problem.line, problem.column), problem.message, problem.hint)
        return None
    found = validated(ComponentType, value if value is not None else {}, source, findings)
    return TypeFields.of(found.named(name), findings) if found is not None else None


def load_components(
    texts: Mapping[str, str],
    types: Types,
    unread: set[str],
    settings: Settings,
    memo: MemoCache,
    findings: Findings,
) -> tuple[dict[str, AuthoredComponent], set[str]]:
    """The components by address, sorted, and the addresses of all that are there, readable or not.

    `unread` are the addresses of those whose own file is no text at all.
    """
    files = _grouped(texts, settings, findings)
    found: dict[str, AuthoredComponent] = {}
    missing_types: set[str] = set()
    for address, each in sorted(files.items()):
        fields = types.fields.get(each.type)
        if fields is None:
            if each.type not in types.names and each.type not in missing_types:
                _report_missing_type(each, types.fields, findings)
                missing_types.add(each.type)
        elif address not in unread:
            key = ("component", *sorted(each.by_locale.items()), settings.default_locale, fields)
            component, faults = memo.recall(key, partial(_read_component, each, fields, settings.default_locale))
            findings.take(faults)
            if component is not None:
                found[address] = component
    return found, set(files) | unread


def _read_component(
    files: _Files, fields: TypeFields, default_locale: str
) -> tuple[AuthoredComponent | None, Findings]:
    findings = Findings()
    return _component(files, fields, default_locale, findings), findings


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
        if len(parts) != 3:
            findings.add("R04", place, "not the path of a component", COMPONENT_FILE)
        elif not path.endswith(".md"):
            findings.add("R04", place, "not the path of a component", component_file_hint(parts[-1]))
        elif not SLUG.fullmatch(id_):
            findings.add("R04", place, f"{id_!r} is no id", component_file_hint(parts[-1]))
        elif dot and locale not in settings.locales:
            close = same_locale(locale, settings.locales) or nearest(locale, settings.locales)
            hint = f"did you mean {close}?" if close else f"the project's locales: {listed(settings.locales)}"
            findings.add("R03", place, f"no locale {locale!r}", hint)
        elif dot and locale == settings.default_locale:
            findings.add("R04", place, f"{locale} is the default locale", f"its words stand in {id_}.md")
        else:
            files = found.setdefault(f"{parts[1]}/{id_}", _Files(parts[1], id_))
            files.by_locale[locale or settings.default_locale] = (path, text)
    return found


def _component(files: _Files, fields: TypeFields, default_locale: str, findings: Findings) -> AuthoredComponent | None:
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
    original = guarded(findings, partial(_original, path, text, fields, findings), Place(path))
    if original is None:
        return None
    file, tags, words = original
    translations: dict[str, Words] = {default_locale: words}
    for locale, (path, text) in sorted(files.by_locale.items()):
        if locale != default_locale:
            translation = guarded(findings, partial(_translation, path, text, file, fields, findings), Place(path))
            if translation is not None:
                translations[locale] = translation
    return AuthoredComponent(files.type, files.id, tags, translations, default_locale)


def _original(path: str, text: str, fields: TypeFields, findings: Findings) -> tuple[ComponentFile, Tags, Words] | None:
    """A component's own file, with its tags and words."""
    file = _file(path, text, findings)
    if file is None:
        return None
    if file.front is None:
        findings.add(
            "R01",
            file.source.at(),
            "a component begins with front matter",
            "its first line is ---, then at least `campaigns: [...]`, then ---",
        )
        return None
    tags = validated(Tags, {key: value for key, value in file.front.items() if key in TAGS}, file.source, findings)
    words = fields.words(file, findings)
    return None if tags is None or words is None else (file, tags, words)


def _translation(path: str, text: str, original: ComponentFile, fields: TypeFields, findings: Findings) -> Words | None:
    file = _file(path, text, findings)
    return fields.translated_words(file, original, findings) if file is not None else None


def _file(path: str, text: str, findings: Findings) -> ComponentFile | None:
    """A file of a component, taken apart; None where that cannot be."""
    opening = _FENCE.match(text)
    if opening is None and (like := _FIRST_KEY.match(text)):
        place = Source(path, text).inside(like.start("fence"))
        findings.add(
            "R01", place, "front matter stands between two lines of ---", "write --- here, three plain hyphens"
        )
        return None
    if opening is None:
        return _taken_apart(Source(path, text), None, 0)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        like = _LIKE_A_FENCE.search(text, opening.end())
        hint = f"write --- on line {text.count(chr(10), 0, like.start()) + 1}" if like else "close it with a line ---"
        findings.add("R01", Source(path, text).at(), "front matter that never ends", hint)
        return None
    try:
        first_line = opening[0].count("\n") + 1
        front, source = read_yaml(path, text[opening.end() : closing.start()], first_line=first_line, whole=text)
    except YamlFault as problem:
        findings.add("R01", Source(path, text).at(problem.line, problem.column), problem.message, problem.hint)
        return None
    if front is not None and not isinstance(front, dict):
        findings.add("R02", source.at(2), "front matter is keys and values", "write `key: value`")
        front = None
    return _taken_apart(source, front or {}, closing.end())


def _taken_apart(source: Source, front: dict[str, Value] | None, end: int) -> ComponentFile:
    """A file whose body begins after `end` characters."""
    body = source.text[end:]
    return ComponentFile(source=source, front=front, body=body, body_line=source.text.count("\n", 0, end) + 1)
