"""assembler.yaml -> `Settings`, and the names that it declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar

from assembler.authoring.diagnostics import Diagnostic, Edit, Findings, Place
from assembler.authoring.failures import Failure, attempt
from assembler.authoring.load.names import is_locale, proper_locale, report_names, slug_of
from assembler.authoring.load.strict_yaml import Value, read_yaml
from assembler.authoring.load.validate import validated
from assembler.authoring.load.yaml_fault import YamlFault
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.errors import ProjectError

Result = TypeVar("Result")

_SETTINGS: Final = "assembler.yaml"
_KEYED: Final = {"channel": "channels", "field": "fields", "signal": "signals"}
_LISTED: Final = {"segment": "segments", "stage": "stages"}


def load_settings(texts: Mapping[str, str], findings: Findings) -> tuple[Settings, dict[str, frozenset[str]]]:
    """Return the settings of a project, and by kind the names that assembler.yaml declares, in order or not.

    Raises `ProjectError` where the file is missing, is not YAML, or holds no keys and values.
    """
    unread = next((finding for finding in findings.of("R01") if finding.place.path == _SETTINGS), None)
    if unread is not None:
        raise _unreadable("R01", unread.place, unread.message, unread.hint)
    source, written = _or_project_error(partial(_read, texts))
    settings = _or_project_error(partial(_settings, written, source, findings))
    return settings, _declared(written)


def _or_project_error(work: Callable[[], Result]) -> Result:
    """Return what some work makes of assembler.yaml. Raises `ProjectError` where it fails."""
    done = attempt(work, Place(_SETTINGS))
    if isinstance(done, Failure):
        raise _unreadable("R10", Place(_SETTINGS), done.message, done.hint)
    return done


def _read(texts: Mapping[str, str]) -> tuple[Source, dict[str, Value]]:
    text = texts.get(_SETTINGS)
    if text is None:
        hint = "run `assembler init`, or name the project's folder with --project"
        raise _unreadable("R01", Place(_SETTINGS), "there is no readable assembler.yaml", hint)
    try:
        written, source = read_yaml(_SETTINGS, text)
    except YamlFault as fault:
        place, mend = Place(_SETTINGS, fault.line, fault.column), fault.replacement(_SETTINGS)
        source = Source(_SETTINGS, text)
        edit = None if mend is None else source.edit(mend, place)
        raise _unreadable("R01", place, fault.message, fault.hint, source.line(fault.line), edit) from None
    if not isinstance(written, dict):
        message = "assembler.yaml holds no keys and values"
        raise _unreadable(
            "R01",
            Place(_SETTINGS),
            message,
            "begin with `name: harbour_pine`, the name of your project",
            source.line(1),
        )
    return source, written


def _unreadable(
    code: str, place: Place, message: str, hint: str | None, line: str = "", edit: Edit | None = None
) -> ProjectError:
    diagnostic = Diagnostic(
        code=code, severity="error", place=place, message=message, hint=hint, source=line, edit=edit
    )
    return ProjectError(f"{place.path}:{place.line}:{place.column}: {message}", [diagnostic])


def _settings(written: dict[str, Value], source: Source, findings: Findings) -> Settings:
    stand_ins: dict[str, Value] = {"name": "project", "locales": _locales(written.get("locales"))}
    settings = validated(Settings, written, source, findings, otherwise=stand_ins)
    assert settings is not None, "every key of the settings has a stand-in"
    report_names(settings, findings)
    locales = dict.fromkeys(filter(is_locale, map(proper_locale, settings.locales)))
    return settings.model_copy(update={"locales": tuple(locales) or _locales(None)})


def _locales(written: Value) -> tuple[str, ...]:
    """Return the locales of settings that do not say them in a list; English where they say none."""
    locales = re.findall(r"\b[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\b", written) if isinstance(written, str) else ()
    return tuple(dict.fromkeys(locales)) or ("en",)


def _declared(written: Mapping[str, Value]) -> dict[str, frozenset[str]]:
    keyed = {kind: _keys(written.get(key)) for kind, key in _KEYED.items()}
    return keyed | {kind: _ids(written.get(key)) for kind, key in _LISTED.items()}


def _keys(value: Value) -> frozenset[str]:
    return frozenset(value) if isinstance(value, dict) else frozenset()


def _ids(value: Value) -> frozenset[str]:
    """Return the ids in a list, and beside one that is none (R04) the one that is meant."""
    entries = value if isinstance(value, tuple) else ()
    ids = {str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry}
    return frozenset(ids.union(meant for meant in map(slug_of, ids) if meant is not None))
