"""Options that several commands have, and values with a hint where they are not known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from assembler.cli.endings import Unusable
from assembler.errors import nearest

__all__ = ["AsOf", "OneOf", "as_of_option", "format_option", "known", "project_option"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
AsOf = date | datetime
"""A day, whose midnight in the project's time zone is meant, or an aware moment."""

_day = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_YEARS = range(1970, 9000)
"""Dates beyond these leave no room to reckon with ages and windows."""


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """The name, where it is among the names; else the command is refused, with the nearest of them."""
    found = tuple(names)
    if name in found:
        return name
    close = nearest(name, found)
    there = "there is " + ", ".join(found) if found else f"there is no {kind}"
    raise Unusable(f"no {kind} {name[:80]!r}; " + (f"did you mean {close}?" if close else there))


class OneOf(click.Choice[str]):
    """One of some words, with a hint where another is given."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, as it was given."""
        words = [str(each) for each in self.choices]
        if value in words:
            return str(value)
        close = nearest(str(value), words)
        hint = f"did you mean {close}?" if close else "it is one of " + ", ".join(words)
        self.fail(f"there is no {str(value)[:80]!r}; {hint}", param, ctx)


class _AsOf(click.ParamType):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AsOf:
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(value) if _day(value) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value[:80]!r} is no date such as 2026-11-22", param, ctx)
        if isinstance(found, datetime) and found.utcoffset() is None:
            self.fail(f"{value!r} has no offset; write 2026-11-22, or 2026-11-22T12:00:00+00:00", param, ctx)
        if found.year not in _YEARS:
            self.fail(f"{value!r} is out of range; years are {_YEARS[0]} to {_YEARS[-1]}", param, ctx)
        return found


project_option = click.option(
    "--project",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The project's folder. Default: that of the nearest assembler.yaml, from the working directory upward.",
)

as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    type=_AsOf(),
    help="The moment to go by: a date (its midnight in the project's time zone), or an ISO time with offset. Default: now.",
)


def format_option(*words: str) -> Decorator:
    """`--format`, which is one of some words; the first is the default."""
    return click.option("--format", "format_", type=OneOf(words), default=words[0], show_default=True, help="How to print.")
