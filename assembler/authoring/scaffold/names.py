"""Names of what is added to a project, and the days by which it is looked at again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from assembler.authoring.diagnostics import Findings, Place
from assembler.authoring.load.names import NO_FILE, SLUG, report_folder_name, slug_hint, windows_fault
from assembler.authoring.scaffold.refused import Refused

_RESERVED: Final = {"campaign": "all", "segment": "none", "stage": "none"}
"""The word that stands for any of a kind, or for none, in options."""

_REVIEWED: Final = timedelta(days=150)
_DECIDED: Final = timedelta(days=180)


def new_name(kind: str, name: str, taken: Iterable[str]) -> str:
    """Return a name that something new may have. Raises `Refused` where it is none, or stands for another."""
    if not SLUG.fullmatch(name):
        raise Refused(f"{name[:80]!r} is no name for a {kind}; {slug_hint(name)}")
    fault = None if kind in NO_FILE else windows_fault(name)
    if fault is not None:
        raise Refused(f"{fault}; give the {kind} another name")
    findings = Findings()
    report_folder_name(kind, name, Place(name), findings)
    for finding in findings.of("R04"):
        raise Refused(f"{finding.message}; {finding.hint}")
    if name == _RESERVED.get(kind):
        raise Refused(f"a {kind} cannot be called {name}: that word stands for every or no {kind} elsewhere")
    if name in taken:
        raise Refused(f"there is a {kind} {name} already")
    return name


def said(name: str) -> str:
    """Return a name as words."""
    return re.sub(r"_+", " ", name).strip()


def reviewed(day: date) -> date:
    """Return the day by which what begins on a day is looked at again."""
    return day + _REVIEWED


def decided(day: date) -> date:
    """Return the day by which a campaign that begins on a day is kept, changed or ended."""
    return day + _DECIDED
