"""`--select` and `--ignore`: which rules count, by their codes or what these begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.parameters import RuleCode
from assembler.errors import nearest

_ALL = "ALL"


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--select` and `--ignore`."""
    for name, verb, default in (("ignore", "leave out", "none"), ("select", "count", "all")):
        text = f"The rules to {verb}: codes, or what they begin with, by comma; may be repeated. Default: {default}."
        command = click.option(f"--{name}", metavar="CODES", type=RuleCode(("check",)), multiple=True, help=text)(
            command
        )
    return command


def selected_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """Return the codes that are selected: of two prefixes the longer decides, of one that is in both `ignore`. None
    where nothing is given: then every rule counts, and none need be loaded to say so.

    Raises `Unusable` where no code begins so.
    """
    if not select and not ignore:
        return None
    from assembler.authoring.check.rules import RULES

    known = tuple(rule.code for rule in RULES)
    chosen, left_out = _prefixes(select, known) or ("",), _prefixes(ignore, known)
    return frozenset(code for code in known if _fit(code, chosen) > _fit(code, left_out))


def _fit(code: str, prefixes: Iterable[str]) -> int:
    """Return the length of the longest prefix that a code has; -1 where it has none."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)


def _prefixes(options: Iterable[str], codes: tuple[str, ...]) -> tuple[str, ...]:
    given = list(options)
    names = (name.strip().upper() for option in given for name in option.split(","))
    prefixes = tuple(_prefix(name, codes) for name in names if name)
    if given and not prefixes:
        raise Unusable("no rule is named; write codes such as C,E14")
    return prefixes


def _prefix(name: str, codes: tuple[str, ...]) -> str:
    """Return what codes that are meant begin with. Raises `Unusable` where there is none."""
    if name == _ALL:
        return ""
    if not any(code.startswith(name) for code in codes):
        close = nearest(name, [_ALL, *codes, *dict.fromkeys(code[0] for code in codes)])
        hint = f"did you mean {close}?" if close else "`assembler rule` lists them"
        raise Unusable(f"no rule's code begins with {name[:80]!r}; {hint}")
    return name
