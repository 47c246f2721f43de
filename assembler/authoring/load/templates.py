"""templates/ -> layouts, renditions, style sheets, and the fixed words of strings.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.failures import guarded
from assembler.authoring.load.model_findings import too_long
from assembler.authoring.load.project_files import ProjectFiles
from assembler.authoring.load.strict_yaml import Value, read_yaml_file
from assembler.authoring.project.authored import MAX_TEXT
from assembler.authoring.project.project import Template
from assembler.authoring.project.source import Source
from assembler.errors import nearest
from assembler.library.parts import PARTS

_STRINGS: Final = "templates/strings.yaml"
_LAYOUT: Final = "templates/<channel>/<layout>.<part>.j2"

Strings = dict[str, dict[str, str]]
"""The fixed words of templates: locale -> key -> words."""


def load_templates(read: ProjectFiles, findings: Findings) -> dict[str, Template]:
    """Return the layouts and renditions by path, but for what others include."""
    templates = {
        path: _template(path, text, findings)
        for path, text in read.texts_below("templates/").items()
        if path.endswith(".j2") and not path.rpartition("/")[2].startswith("_")
    }
    return {path: template for path, template in templates.items() if template is not None}


def _template(path: str, text: str, findings: Findings) -> Template | None:
    _, *folders, file = path.split("/")
    name, _, part = file.removesuffix(".j2").rpartition(".")
    rendition = len(folders) == 2 and folders[1] == "components"
    if not (rendition or len(folders) == 1):
        findings.add("R04", Place(path), "not the path of a template", _LAYOUT)
        return None
    if part not in PARTS:
        close = nearest(part, PARTS)
        hint = f"did you mean {name}.{close}.j2?" if close else f"{_LAYOUT}; parts: {', '.join(PARTS)}"
        findings.add("R03", Place(path), f"no part {part!r}", hint)
        return None
    return Template(Source(path, text), folders[0], name, part, rendition)


def load_styles(read: ProjectFiles) -> dict[str, Source]:
    """Return the style sheets by path."""
    texts = read.texts_below("templates/")
    return {path: Source(path, text) for path, text in texts.items() if path.endswith(".css")}


def load_strings(texts: Mapping[str, str], findings: Findings) -> tuple[Strings, dict[str, Source]]:
    """Return the fixed words of templates; and, by its path, the file that they are read from."""
    if _STRINGS not in texts:
        return {}, {}
    read = guarded(findings, partial(_read_strings, texts[_STRINGS], findings), Place(_STRINGS))
    return ({}, {}) if read is None else (read[0], {_STRINGS: read[1]})


def _read_strings(text: str, findings: Findings) -> tuple[Strings, Source] | None:
    read = read_yaml_file(_STRINGS, text, findings)
    if read is None:
        return None
    value, source = read
    if value is not None and not isinstance(value, dict):
        findings.add("R02", source.value(), "expected words by locale", "write `en:`, and below it `key: words`")
        return {}, source
    strings: Strings = {}
    for locale, words in (value or {}).items():
        if isinstance(words, dict):
            strings[locale] = dict(_texts(locale, words, source, findings))
        else:
            findings.add("R02", source.value(locale), "expected words by key", "locale, then `key: words`")
    return strings, source


def _texts(locale: str, words: Mapping[str, Value], source: Source, findings: Findings) -> Iterator[tuple[str, str]]:
    """Yield the texts of a locale by their keys; other values are reported, but where a comma cut them off: those are
    reported elsewhere."""
    for key, value in words.items():
        if isinstance(value, str) and len(value) <= MAX_TEXT:
            yield key, value
        elif (locale, key) not in source.strays:
            fault = too_long(value, MAX_TEXT) if isinstance(value, str) else ("expected text", "put it in quotes")
            findings.add("R02", source.value(locale, key), *fault)
