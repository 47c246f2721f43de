"""How things may be named: R04."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.project.settings import Settings

__all__ = ["SLUG", "SLUG_HINT", "report_names"]

SLUG = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
SLUG_HINT = "small letters, digits and _, beginning with a letter"
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def report_names(settings: Settings, findings: Findings) -> None:
    """Report every name in assembler.yaml that is none, or that stands twice."""
    for kind, names in (("channel", settings.channels), ("field", settings.fields), ("signal", settings.signals)):
        for name in names:
            if not SLUG.fullmatch(name):
                place = settings.key_place(f"{kind}s", name)
                findings.add("R04", place, f"{name!r} is no name for a {kind}", SLUG_HINT)
    for name in settings.fields.keys() & settings.signals.keys():
        message = f"{name!r} names a field and a signal"
        findings.add("R04", settings.key_place("fields", name), message, "give one of them another name")
    for kind, entries in (("segment", settings.segments), ("stage", settings.stages)):
        _report_ids(kind, ((each.id, each.place("id")) for each in entries), SLUG, SLUG_HINT, findings)
    locales = ((locale, settings.place("locales", index)) for index, locale in enumerate(settings.locales))
    _report_ids("locale", locales, _LOCALE, "write it like en, fr or fr-CA", findings)


def _report_ids(
    kind: str, ids: Iterable[tuple[str, Place]], form: re.Pattern[str], hint: str, findings: Findings
) -> None:
    seen: set[str] = set()
    for id_, place in ids:
        if not form.fullmatch(id_):
            findings.add("R04", place, f"{id_!r} is no {kind}", hint)
        elif id_ in seen:
            findings.add("R04", place, f"a second {kind} {id_!r}", "names are unique")
        seen.add(id_)
