"""Files -> `LoadedProject`: everything that can be read is, and every fault is a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from assembler.authoring.diagnostics import Diagnostic, Findings, Place
from assembler.authoring.failures import Failure, attempt, guarded
from assembler.authoring.incremental.memo_cache import MemoCache
from assembler.authoring.load.components import load_components, load_types
from assembler.authoring.load.files import Files
from assembler.authoring.load.names import (
    SLUG,
    campaign_file_hint,
    proper_locale,
    report_folder_name,
    report_names,
    slug_hint,
)
from assembler.authoring.load.strict_yaml import MAX_BYTES, Value, YamlFault, read_yaml
from assembler.authoring.load.validate import too_long, validated
from assembler.authoring.project.authored import MAX_TEXT
from assembler.authoring.project.campaign import AuthoredCampaign
from assembler.authoring.project.project import PARTS, LoadedProject, Template
from assembler.authoring.project.settings import Settings
from assembler.authoring.project.source import Source
from assembler.errors import ProjectError, nearest
from assembler.library.values import in_nfc

__all__ = ["load_project"]

Result = TypeVar("Result")

_STRINGS = "templates/strings.yaml"
_SETTINGS = "assembler.yaml"


def load_project(files: Files, memo: MemoCache | None = None) -> LoadedProject:
    """Read a project; what the memo has of it is not read again.

    Raises `ProjectError` where assembler.yaml is missing or cannot be parsed.
    """
    memo = memo or MemoCache()
    findings = Findings()
    texts, assets = _read_all(files, findings)
    unread = {finding.place.path for code in ("R01", "R06") for finding in findings.of(code)}
    settings, raw = _readable(partial(_settings, texts))
    checked = _readable(partial(_settings_model, raw, settings, findings))
    campaigns, campaign_names = _campaigns(_below(texts, "campaigns/"), findings)
    type_files = {path: text for path, text in texts.items() if re.fullmatch(r"components/[^/]+/_type\.yaml", path)}
    component_files = {
        path: text for path, text in texts.items() if path.startswith("components/") and path not in type_files
    }
    types = load_types(type_files, memo, findings)
    campaign_names |= {path[10:-5] for path in unread if re.fullmatch(r"campaigns/[^/]+\.yaml", path)}
    types.names.update(path.split("/")[1] for path in unread if re.fullmatch(r"components/[^/]+/_type\.yaml", path))
    unread_addresses = {path[11:-3] for path in unread if re.fullmatch(r"components/[^/]+/[^/.]+\.md", path)}
    components, addresses = load_components(component_files, types, unread_addresses, checked, memo, findings)
    specs = types.specs
    words = guarded(findings, partial(_strings, texts, findings), Place(_STRINGS))
    strings, strings_source = words or ({}, Source(_STRINGS, texts.get(_STRINGS, "")))
    read = [checked.source, *(each.source for each in (*campaigns.values(), *specs.values())), strings_source]
    read += [words.source for component in components.values() for words in component.words.values()]
    return LoadedProject(
        settings=checked,
        campaigns=campaigns,
        types=specs,
        components=components,
        templates=_templates(_below(texts, "templates/"), findings),
        styles={
            path: Source(path, text)
            for path, text in texts.items()
            if path.startswith("templates/") and path.endswith(".css")
        },
        strings=strings,
        assets=assets,
        sources=_sources(texts, (source for source in read if source.path in texts)),
        declared={
            **_declared(raw),
            "campaign": frozenset(campaign_names),
            "component": frozenset(addresses),
            "type": frozenset(types.names),
        },
        findings=findings,
    )


def _readable(work: Callable[[], Result]) -> Result:
    """What some work makes of assembler.yaml. Raises `ProjectError` where it fails."""
    done = attempt(work, Place(_SETTINGS))
    if isinstance(done, Failure):
        raise _unreadable("R10", Place(_SETTINGS), done.message, done.hint)
    return done


def _below(texts: Mapping[str, str], folder: str) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path.startswith(folder)}


def _read_all(files: Files, findings: Findings) -> tuple[dict[str, str], dict[str, bytes]]:
    """Every text by path, with newlines as \\n, and the bytes of every asset by its path there; paths in NFC."""
    seen: set[str] = set()
    texts: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for path in files.links():
        findings.add("R06", Place(path), "a symbolic link", "put the file itself here")
    for path in files.paths():
        if ".." in path.split("/") or path.startswith("/"):
            findings.add(
                "R06", Place(path), "a path that leaves the project", "keep every file below the project's folder"
            )
            continue
        try:
            data = files.read(path)
        except OSError as error:
            findings.add("R01", Place(path), f"cannot be read: {error.strerror}", "mend the file's permissions")
            continue
        name = in_nfc(path)
        if name in seen:
            hint = "remove one of the two: their names differ in their form of Unicode only"
            findings.add("R04", Place(path), "another file has this name", hint)
            continue
        seen.add(name)
        if path.startswith("assets/"):
            assets[name.removeprefix("assets/")] = data
        elif path.endswith((".yaml", ".yml", ".md", ".j2", ".css")) or path.startswith(("campaigns/", "components/")):
            text = _decoded(name, data, findings)
            if text is not None:
                texts[name] = text
    return texts, assets


def _decoded(path: str, data: bytes, findings: Findings) -> str | None:
    if len(data) > MAX_BYTES:
        findings.add("R01", Place(path), f"the file is larger than {MAX_BYTES // 1024} kB", "split it")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        findings.add("R01", place, "not UTF-8", "save the file as UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _settings(texts: Mapping[str, str]) -> tuple[Source, Value]:
    text = texts.get(_SETTINGS)
    if text is None:
        raise _unreadable(
            "R01",
            Place(_SETTINGS),
            "there is no readable assembler.yaml",
            "run `assembler init`, or name the project's folder with --project",
        )
    try:
        raw, source = read_yaml(_SETTINGS, text)
    except YamlFault as problem:
        place = Place(_SETTINGS, problem.line, problem.column)
        raise _unreadable(
            "R01", place, problem.message, problem.hint, Source(_SETTINGS, text).line(problem.line)
        ) from None
    if not isinstance(raw, dict):
        raise _unreadable(
            "R01", Place(_SETTINGS), "assembler.yaml holds no keys and values", "begin with `name: ...`", source.line(1)
        )
    return source, raw


def _unreadable(code: str, place: Place, message: str, hint: str | None, line: str = "") -> ProjectError:
    found = Diagnostic(code=code, severity="error", place=place, message=message, hint=hint, source=line)
    return ProjectError(f"{place.path}:{place.line}:{place.column}: {message}", [found])


def _settings_model(raw: Value, source: Source, findings: Findings) -> Settings:
    settings = validated(Settings, raw, source, findings, otherwise={"name": "project", "locales": _locales(raw)})
    assert settings is not None, "every key of the settings has a stand-in"
    report_names(settings, findings)
    return settings.model_copy(update={"locales": tuple(dict.fromkeys(map(proper_locale, settings.locales)))})


def _locales(raw: Value) -> tuple[str, ...]:
    """The locales of settings that do not say them in a list."""
    written = raw.get("locales") if isinstance(raw, dict) else None
    found = re.findall(r"\b[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\b", written) if isinstance(written, str) else ()
    return tuple(dict.fromkeys(found)) or ("en",)


def _declared(raw: Value) -> dict[str, frozenset[str]]:
    """The names that assembler.yaml gives, whether or not what they name is in order."""

    def keys(name: str) -> frozenset[str]:
        value = raw.get(name) if isinstance(raw, dict) else None
        return frozenset(value) if isinstance(value, dict) else frozenset()

    def ids(name: str) -> frozenset[str]:
        value = raw.get(name) if isinstance(raw, dict) else None
        entries = value if isinstance(value, tuple) else ()
        return frozenset(str(each["id"]) for each in entries if isinstance(each, dict) and "id" in each)

    return {
        "channel": keys("channels"),
        "field": keys("fields"),
        "signal": keys("signals"),
        "segment": ids("segments"),
        "stage": ids("stages"),
    }


def _campaigns(texts: Mapping[str, str], findings: Findings) -> tuple[dict[str, AuthoredCampaign], set[str]]:
    found: dict[str, AuthoredCampaign] = {}
    names: set[str] = set()
    for path, text in sorted(texts.items()):
        place = Place(path)
        name = path.removeprefix("campaigns/").removesuffix(".yaml")
        names.add(name)
        if not path.endswith(".yaml") or not SLUG.fullmatch(name):
            findings.add("R04", place, "not the path of a campaign", campaign_file_hint(name))
            continue
        report_folder_name("campaign", name, place, findings)
        campaign = guarded(findings, partial(_campaign, path, text, findings), place)
        if campaign is not None:
            found[name] = campaign.named(name)
    return found, names


def _campaign(path: str, text: str, findings: Findings) -> AuthoredCampaign | None:
    try:
        value, source = read_yaml(path, text)
    except YamlFault as problem:
        findings.add("R01", Place(path, problem.line, problem.column), problem.message, problem.hint)
        return None
    campaign = validated(AuthoredCampaign, value, source, findings)
    if campaign is None:
        return None
    for key, hint in (("channels", "{email: promo}"), ("slots", "{subject: {type: subject, default: subject/plain}}")):
        if not getattr(campaign, key):
            findings.add("R02", source.value(key), f"a campaign without {key}", f"write {key}, such as {hint}")
    for slot in campaign.slots:
        if not SLUG.fullmatch(slot):
            findings.add("R04", source.key("slots", slot), f"{slot!r} is no name for a slot", slug_hint(slot))
    return campaign


def _templates(texts: Mapping[str, str], findings: Findings) -> dict[str, Template]:
    found: dict[str, Template] = {}
    for path, text in texts.items():
        folders = path.split("/")[1:]
        stem = folders[-1].removesuffix(".j2")
        if not path.endswith(".j2") or stem.startswith("_"):
            continue
        name, _, part = stem.rpartition(".")
        rendition = len(folders) == 3 and folders[1] == "components"
        if not (rendition or len(folders) == 2):
            findings.add("R04", Place(path), "not the path of a template", "templates/<channel>/<layout>.<part>.j2")
            continue
        if part not in PARTS:
            close = nearest(part, PARTS)
            hint = (
                f"did you mean {name}.{close}.j2?"
                if close
                else "templates/<channel>/<layout>.<part>.j2; parts: " + ", ".join(PARTS)
            )
            findings.add("R03", Place(path), f"no part {part!r}", hint)
            continue
        found[path] = Template(Source(path, text), folders[0], name, part, rendition)
    return found


def _strings(texts: Mapping[str, str], findings: Findings) -> tuple[dict[str, dict[str, str]], Source]:
    """The fixed words of templates: locale -> key -> words; and their file."""
    if _STRINGS not in texts:
        return {}, Source(_STRINGS, "")
    try:
        value, source = read_yaml(_STRINGS, texts[_STRINGS])
    except YamlFault as problem:
        findings.add("R01", Place(_STRINGS, problem.line, problem.column), problem.message, problem.hint)
        return {}, Source(_STRINGS, texts[_STRINGS])
    found: dict[str, dict[str, str]] = {}
    for locale, words in value.items() if isinstance(value, dict) else ():
        if not isinstance(words, dict):
            findings.add("R02", source.value(locale), "expected words by key", "locale, then `key: words`")
            continue
        found[locale] = {key: text for key, text in words.items() if isinstance(text, str) and len(text) <= MAX_TEXT}
        strays = {path[-1] for path in source.strays if path[0] == locale}
        for key in words.keys() - found[locale].keys() - strays:
            findings.add("R02", source.value(locale, key), *_no_words(words[key]))
    return found, source


def _no_words(value: Value) -> tuple[str, str]:
    """Message and hint for what stands where words should."""
    if isinstance(value, str):
        return too_long(value, MAX_TEXT)
    return "expected text", "put it in quotes"


def _sources(texts: Mapping[str, str], read: Iterable[Source]) -> dict[str, Source]:
    """Every text file; where it was read as YAML, with its places."""
    return {path: Source(path, text) for path, text in texts.items()} | {source.path: source for source in read}
