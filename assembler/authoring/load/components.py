"""components/ -> the components that can be read, with all their translations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.component_types import TYPE_FILE, Types
from assembler.authoring.load.fields import TAGS, TypeFields
from assembler.authoring.load.front_matter import ComponentFile, read_component_file
from assembler.authoring.load.names import COMPONENT_FILE, SLUG, component_file_hint, is_locale, proper_locale
from assembler.authoring.load.project_files import ProjectFiles
from assembler.authoring.load.validate import validated
from assembler.authoring.project.component import AuthoredComponent, Tags, Words
from assembler.authoring.project.locales import lineage, same_locale
from assembler.authoring.project.settings import Settings
from assembler.errors import listed, nearest

_COMPONENT_FILE: Final = re.compile(r"components/([^/]+/[^/.]+)\.md")


@dataclass(frozen=True, slots=True)
class _Files:
    """The path and text of each file of one component, by locale."""

    type: str
    id: str
    by_locale: dict[str, tuple[str, str]] = field(default_factory=dict)


def load_components(
    read: ProjectFiles, types: Types, settings: Settings, memo: MemoCache, findings: Findings
) -> tuple[dict[str, AuthoredComponent], frozenset[str]]:
    """Return the components that can be read, by address and sorted, and the addresses of all that are there."""
    grouped = _grouped(read, settings, findings)
    unread = read.unread_names(_COMPONENT_FILE)
    components: dict[str, AuthoredComponent] = {}
    missing_types: dict[str, _Files] = {}
    for address, files in sorted(grouped.items()):
        fields = types.fields.get(files.type)
        if fields is not None and address not in unread:
            key = ("component", *sorted(files.by_locale.items()), settings.default_locale, fields)
            work = partial(_read_component, files, fields, settings.default_locale)
            component, component_findings = memo.get_or_make(key, work)
            findings.take(component_findings)
            if component is not None:
                components[address] = component
        elif files.type not in types.names:
            missing_types.setdefault(files.type, files)
    for files in missing_types.values():
        _report_missing_type(files, types.fields, findings)
    return components, frozenset({*grouped, *unread})


def _report_missing_type(files: _Files, types: Iterable[str], findings: Findings) -> None:
    path, _ = next(iter(files.by_locale.values()))
    close = nearest(files.type, types)
    hint = f"did you mean the type {close}?" if close else f"write components/{files.type}/_type.yaml"
    findings.add("R03", Place(path), f"no component type {files.type!r}", hint)


def _grouped(read: ProjectFiles, settings: Settings, findings: Findings) -> dict[str, _Files]:
    """Return the files of components by address; paths that are no component's are reported."""
    grouped: dict[str, _Files] = {}
    strange: dict[str, list[tuple[str, str]]] = {}
    for path, text in read.texts_below("components/").items():
        if TYPE_FILE.fullmatch(path):
            continue
        wrong = _wrong_path(path, settings)
        if wrong is not None:
            code, message, hint = wrong
            if code == "R03":
                strange.setdefault(message, []).append((path, hint))
            else:
                findings.add(code, Place(path), message, hint)
            continue
        _, type_, file = path.split("/")
        id_, _, locale = file.removesuffix(".md").partition(".")
        files = grouped.setdefault(f"{type_}/{id_}", _Files(type_, id_))
        files.by_locale[locale or settings.default_locale] = (path, text)
    for message, named in strange.items():
        path, hint = named[0]
        more = f", and {len(named) - 1:,} more {'file is' if len(named) == 2 else 'files are'} for it"
        findings.add("R03", Place(path), message + more if named[1:] else message, hint)
    return grouped


def _wrong_path(path: str, settings: Settings) -> tuple[str, str, str] | None:
    """Return the code of a rule, message and hint for a path that is no component's; None for one that is."""
    *folders, file = path.split("/")
    id_, dot, locale = file.removesuffix(".md").partition(".")
    if len(folders) != 2:
        return "R04", "not the path of a component", COMPONENT_FILE
    if not path.endswith(".md"):
        return "R04", "not the path of a component", component_file_hint(file)
    if not SLUG.fullmatch(id_):
        return "R04", f"{id_!r} is no id", component_file_hint(file)
    if dot and locale == settings.default_locale:
        return "R04", f"{locale} is the default locale", f"its words stand in {id_}.md"
    if dot and locale not in settings.locales:
        return "R03", f"no locale {locale!r}", _locale_hint(id_, locale, settings)
    return None


def _locale_hint(id_: str, locale: str, settings: Settings) -> str:
    """Return what to call the file of a translation into what is no locale of the project."""
    meant = proper_locale(locale)
    close = same_locale(meant, settings.locales) or nearest(locale, settings.locales)
    parents = lineage(meant, settings.locales) if is_locale(meant) else ()
    if close is None and parents:
        file = id_ if parents[0] == settings.default_locale else f"{id_}.{parents[0]}"
        return f"rename it to {file}.md, or to {id_}.{meant}.md and add {meant} to the project's locales"
    return f"did you mean {close}?" if close else f"the project's locales: {listed(settings.locales)}"


def _read_component(
    files: _Files, fields: TypeFields, default_locale: str
) -> tuple[AuthoredComponent | None, Findings]:
    findings = Findings()
    return _component(files, fields, default_locale, findings), findings


def _component(files: _Files, fields: TypeFields, default_locale: str, findings: Findings) -> AuthoredComponent | None:
    if default_locale not in files.by_locale:
        message, hint = f"a translation of {files.id}, which does not exist", f"write {files.id}.md first"
        for path, _ in files.by_locale.values():
            findings.add("R03", Place(path), message, hint)
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
    """Return a component's own file, with its tags and words; None where too little of it can be read."""
    file = read_component_file(path, text, findings)
    if file is None:
        return None
    if file.front is None:
        hint = "its first line is ---, then at least `campaigns: all`, then ---"
        findings.add("R01", file.source.at(), "a component begins with front matter", hint)
        return None
    tags = validated(Tags, {key: value for key, value in file.front.items() if key in TAGS}, file.source, findings)
    words = fields.words(file, findings)
    return None if tags is None or words is None else (file, tags, words)


def _translation(path: str, text: str, original: ComponentFile, fields: TypeFields, findings: Findings) -> Words | None:
    file = read_component_file(path, text, findings)
    return fields.translated_words(file, original, findings) if file is not None else None
