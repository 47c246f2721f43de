"""Names on the command line of `assembler new`: those that are to be, and those that must be there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from typing import Any, Final

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.new.addition import ExtendedProject
from assembler.cli.opening import Opened, with_project
from assembler.cli.options import known
from assembler.cli.parameters import Named

_REVIEWED: Final = timedelta(days=150)
_DECIDED: Final = timedelta(days=180)


def extending(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--project` and `--as-of`, and the project that they name as `extended`."""

    @with_project
    @wraps(command)
    def extends(*, opened: Opened, **options: Any) -> Any:
        return command(extended=ExtendedProject(opened), **options)

    return extends


def several(flag: str, help_: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return an option that names something of the project, and may be given several times."""
    kind = flag.strip("-")
    return click.option(flag, f"{kind}s", metavar="NAME", multiple=True, type=Named(kind), help=help_)


def new_name(kind: str, name: str, taken: Iterable[str]) -> str:
    """Return a name that something new may have. Raises `Unusable` where it is none, or stands for another."""
    from assembler.authoring.diagnostics import Findings, Place
    from assembler.authoring.load.names import SLUG, report_folder_name, slug_hint

    if not SLUG.fullmatch(name):
        raise Unusable(f"{name[:80]!r} is no name for a {kind}; {slug_hint(name)}")
    findings = Findings()
    report_folder_name(kind, name, Place(name), findings)
    for finding in findings.of("R04"):
        raise Unusable(f"{finding.message}; {finding.hint}")
    if name in taken:
        raise Unusable(f"there is a {kind} {name} already")
    return name


def all_known(kind: str, names: Iterable[str], there: Iterable[str]) -> list[str]:
    """Return names without repetition. Raises `Unusable` where one is not there, with the nearest that is."""
    choices = list(there)
    return [known(kind, name, choices) for name in dict.fromkeys(names)]


def said(name: str) -> str:
    """Return a name as words."""
    return re.sub(r"_+", " ", name).strip()


def reviewed(day: date) -> date:
    """Return the day by which what begins on a day is looked at again."""
    return day + _REVIEWED


def decided(day: date) -> date:
    """Return the day by which a campaign that begins on a day is kept, changed or ended."""
    return day + _DECIDED
