"""Findings as people read them, and as GitHub does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from assembler.cli.text.columns import WIDTH, cells, printable, wrapped
from assembler.cli.text.words import counted

if TYPE_CHECKING:
    from assembler.authoring import Diagnostic

_CUT = "…"
_COLOURS = {"error": "red", "warning": "yellow", "information": "cyan"}
_LEVELS = {"error": "error", "warning": "warning", "information": "notice"}


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False, of: Iterable[Diagnostic] | None = None) -> str:
    """Return the findings, each with its line, a caret and its hint, and how many there are; "" where there are none.

    Where they are some of more, the number is that `of` all. Everything fits 80 columns (but a path that is longer).
    What is no error says so beside its caret.
    """
    findings = list(diagnostics)
    if not findings:
        return ""
    texts = (_finding(finding, colour) for finding in findings)
    return "\n\n".join([*texts, summary(findings if of is None else of)])


def report_json(diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    """Return the findings as JSON has them, and how many are errors and warnings."""
    severities = Counter(finding.severity for finding in diagnostics)
    return {
        "errors": severities["error"],
        "warnings": severities["warning"],
        "diagnostics": [finding.to_dict() for finding in diagnostics],
    }


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many findings there are: `2 errors, 1 warning`; `no findings` where there are none."""
    severities: Counter[str] = Counter(finding.severity for finding in diagnostics)
    errors, warnings, others = (severities[severity] for severity in _COLOURS)
    counts = (
        counted(errors, "error") if errors else "",
        counted(warnings, "warning") if warnings else "",
        f"{others} for information" if others else "",
    )
    return ", ".join(filter(None, counts)) or "no findings"


def for_github(diagnostics: Iterable[Diagnostic], *, folder: str = "") -> str:
    """Return the findings as workflow commands of GitHub. `folder` is the project's below the repository's."""
    return "\n".join(_annotation(finding, folder) for finding in diagnostics)


def concise(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the findings, each on a line; what is no error says so at its end."""
    return "\n".join(
        printable(
            f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}"
            + ("" if finding.severity == "error" else f" [{finding.severity}]")
        )
        for finding in diagnostics
    )


def excerpt(source: str, line: int, column: int, *, label: str = "", colour: bool = False) -> str:
    """Return a line with its number, and below it a caret under a column, counted from 1 in characters.

    A line that does not fit is cut to what stands around the caret. `label` is written beside the caret.
    """
    gutter = f"{line:>4} | "
    shown, caret = _window(source, column - 1, WIDTH - len(gutter))
    fits = len(gutter) + caret + 2 + len(label) <= WIDTH
    beside = f"{' ' * caret}^ {label}" if fits else f"{label} ^".rjust(caret + 1)
    blank = " " * (len(gutter) - 2) + "| "
    return "\n".join(
        [
            _styled(gutter, colour, dim=True) + shown.rstrip(),
            _styled(blank, colour, dim=True) + _styled(beside.rstrip(), colour, bold=True),
        ]
    )


def _finding(finding: Diagnostic, colour: bool) -> str:
    place = f"{printable(finding.path)}:{finding.line}:{finding.column}:"
    lines = [wrapped(f"{finding.code} {finding.message}", first=f"{place} ", rest="    ")]
    if colour:
        painted = click.style(finding.code, fg=_COLOURS[finding.severity], bold=True)
        lines[0] = click.style(place, bold=True) + lines[0].removeprefix(place).replace(finding.code, painted, 1)
    label = "" if finding.severity == "error" else finding.severity
    if finding.source.strip():
        lines.append(excerpt(finding.source, finding.line, finding.column, label=label, colour=colour))
    elif label:
        lines.append(f"     = {label}")
    if finding.hint:
        lines.append(wrapped(finding.hint, first="     = hint: ", rest="       "))
    return "\n".join(lines)


def _window(source: str, offset: int, columns: int) -> tuple[str, int]:
    """Return what is printed of a line, and the column (from 0) of the character at `offset`."""
    shown = list(cells(source))
    offset = min(max(offset, 0), len(shown))
    while offset < len(shown) and offset and shown[offset][1] == 0:
        offset -= 1
    caret = sum(count for _, count in shown[:offset])
    total = sum(count for _, count in shown)
    if max(total, caret + 1) <= columns:
        return "".join(text for text, _ in shown), caret
    start = max(0, min(caret - columns // 2, total + 1 - columns))
    return _cut(shown, start, start + columns, caret)


def _cut(shown: list[tuple[str, int]], start: int, end: int, caret: int) -> tuple[str, int]:
    """Return the columns from `start` to before `end`, with a sign where something is cut off."""
    kept, column, total = "", 0, sum(count for _, count in shown)
    first = start + 1 if start else 0
    last = end - 1 if end < total else end
    lead = 0
    for text, count in shown:
        if column >= first and column + count <= last:
            kept += text
        elif column < first < column + count:
            lead = column + count - first
        column += count
    kept = " " * lead + kept
    return (_CUT if start else "") + kept + (_CUT if end < total else ""), caret - start


def _styled(text: str, colour: bool, *, bold: bool | None = None, dim: bool | None = None) -> str:
    return click.style(text, bold=bold, dim=dim) if colour else text


def _annotation(finding: Diagnostic, folder: str) -> str:
    path = finding.path_from(folder)
    message = finding.message + (f"\n{finding.hint}" if finding.hint else "")
    properties = f"file={_property(path)},line={finding.line},col={finding.column},title={_property(finding.code)}"
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """Return text as a workflow command holds it: github.com/actions/toolkit, packages/core/src/command.ts."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
