"""How things may be named: R04."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from assembler.authoring.diagnostics import Findings, Place, near_miss
from assembler.authoring.project.authored import LONGEST_FILE_NAME
from assembler.authoring.project.locales import LOCALE, LONGEST_LOCALE, ancestry
from assembler.authoring.project.settings import Segment, Settings, Stage
from assembler.authoring.project.value_hints import locale_meant

COMPONENT_FILE = "components/<type>/<id>.md, or <id>.<locale>.md"
"""What the path of a component is like."""

SLUG = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)

_FORM = "small letters, digits and _, beginning with a letter"
_LOCALE = re.compile(LOCALE, re.ASCII)
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever suffix they have: learn.microsoft.com, "Naming Files"."""

_NO_SIGN = re.compile(r'[<>:"\\|?*\x00-\x1f]')

NO_FILE: Final = frozenset({"segment", "stage", "signal"})
"""Kinds by whose names no file or folder is called."""

_COMPONENT = re.compile(
    r"(?P<id>.+?)(?P<locale>(?:\.[a-z]{2,3}(?:-[a-z0-9]{2,8})*)??)\.(?:md|markdown|mdown|mkdn?|mdx|txt|md\.txt)",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
_CAMPAIGN = re.compile(r"(?P<id>.+?)\.(?:ya?ml|json|txt|ya?ml\.txt)", re.IGNORECASE | re.DOTALL)


def slug_of(text: str) -> str | None:
    """Return the slug that comes nearest to a text; None where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).lstrip("_0123456789").rstrip("_")[:LONGEST_FILE_NAME] or None


def slug_hint(text: str) -> str:
    """Return how to write as a slug what is none."""
    slug = slug_of(text)
    return f"write {slug}: {_FORM}" if slug else _FORM


def component_file_hint(name: str) -> str:
    """Return what to call a file below components/<type>/, so that it is that of a component."""
    match = _COMPONENT.fullmatch(name)
    slug = slug_of(match["id"]) if match else None
    if match is None or slug is None:
        return COMPONENT_FILE
    return f"rename it to {slug}{match['locale']}.md, or remove it: {COMPONENT_FILE}"


def campaign_file_hint(name: str) -> str:
    """Return what to call a file below campaigns/, so that it is a campaign's; its name may come without `.yaml`."""
    match = _CAMPAIGN.fullmatch(name)
    slug = slug_of(match["id"] if match else name)
    form = f"campaigns/<id>.yaml; an id has {_FORM}"
    return f"rename it to {slug}.yaml, or remove it: {form}" if slug and "/" not in name else form


_Named = list[tuple[str, Place]]
"""Names, and where each is written."""


def report_names(settings: Settings, findings: Findings) -> None:
    """Report every name in assembler.yaml that is none, or that stands twice."""
    named = _named(settings)
    for kind, names in named.items():
        _report_slugs(f"name for a {kind}", names, findings)
    for name in settings.fields.keys() & settings.signals.keys():
        message = f"{name!r} names a field and a signal"
        findings.add("R04", settings.key_place("fields", name), message, "give one of them another name")
    _report_audiences("segment", settings.segments, findings)
    _report_audiences("stage", settings.stages, findings)
    for name, signal in settings.signals.items():
        values = [(value, signal.place("values", index)) for index, value in enumerate(signal.values or ())]
        _report_twice(f"value of {name}", values, findings, "keep one; two forms of Unicode of one text are equal")
    locales = [(locale, settings.place("locales", index)) for index, locale in enumerate(settings.locales)]
    _report_locales(locales, findings)
    for kind, names in (("project", named["project"]), ("channel", named["channel"]), ("locale", locales)):
        for name, place in names:
            report_folder_name(kind, name, place, findings)


def _named(settings: Settings) -> dict[str, _Named]:
    """Return the names of the project, and of what stands in assembler.yaml by name, by their kind."""
    named = {"project": [(settings.name, settings.place("name"))]}
    for kind, key in (
        ("channel", "channels"),
        ("field", "fields"),
        ("signal", "signals"),
        ("provider", "providers"),
    ):
        named[kind] = [(name, settings.key_place(key, name)) for name in getattr(settings, key)]
    return named


def _report_audiences(kind: str, audiences: Iterable[Segment | Stage], findings: Findings) -> None:
    ids = [(audience.id, audience.place("id")) for audience in audiences]
    _report_slugs(kind, ids, findings)
    _report_twice(kind, ids, findings)


def _report_locales(locales: _Named, findings: Findings) -> None:
    for locale, place in locales:
        if not is_locale(locale):
            meant = proper_locale(locale)
            hint = f"write {meant}" if meant != locale else "write it like en, fr or fr-CA"
            mend = near_miss(locale, [meant]) if meant != locale else None
            findings.add("R04", place, f"{locale!r} is no locale", hint, mend=mend)
    _report_twice("locale", locales, findings)
    _report_equal(locales, findings)


def proper_locale(locale: str) -> str:
    """Return a locale as it is to be written; itself, where that cannot be told."""
    return locale if is_locale(locale) else locale_meant(locale) or locale


def is_locale(locale: str) -> bool:
    """Return whether a locale is written as it is to be."""
    return bool(_LOCALE.fullmatch(locale)) and len(locale) <= LONGEST_LOCALE


def report_folder_name(kind: str, name: str, place: Place, findings: Findings) -> None:
    """Report a slug that is too long for the name of a file or folder."""
    if kind in NO_FILE:
        return
    if len(name) > LONGEST_FILE_NAME and SLUG.fullmatch(name):
        message = f"a {kind} whose name has {len(name)} characters"
        findings.add("R04", place, message, f"files are named by it: at most {LONGEST_FILE_NAME} characters")


def windows_fault(name: str) -> str | None:
    """Return why Windows cannot have a file or folder of this name; None where it can."""
    stem = name.partition(".")[0].rstrip(" ")
    if _DEVICE.fullmatch(stem):
        return f"Windows keeps the name {stem!r} for a device"
    if name.endswith((".", " ")):
        return f"Windows has no name that ends as {name[-40:]!r} does"
    sign = _NO_SIGN.search(name)
    return None if sign is None else f"Windows has no name with {sign[0]!r} in it"


def _report_equal(locales: _Named, findings: Findings) -> None:
    """Report locales that are another one, written differently; those that differ in capitals only are T10."""
    seen: dict[str, str] = {}
    for locale, place in locales:
        first = seen.setdefault(ancestry(locale)[0], locale)
        if first.lower() != locale.lower():
            message = f"{locale!r} is the locale {first!r}, written differently"
            findings.add("R04", place, message, "keep one of the two")


def _report_slugs(kind: str, names: _Named, findings: Findings) -> None:
    for name, place in names:
        if not SLUG.fullmatch(name):
            findings.add("R04", place, f"{name[:80]!r} is no {kind}", slug_hint(name))


def _report_twice(kind: str, ids: _Named, findings: Findings, hint: str = "names are unique") -> None:
    seen: set[str] = set()
    for id_, place in ids:
        if id_ in seen:
            findings.add("R04", place, f"a second {kind} {id_!r}", hint)
        seen.add(id_)
