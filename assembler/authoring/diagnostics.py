"""What is wrong with a project: where, why, and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "information"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a project: its file, relative to the project's root, and line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `severity` overrides that of the rule that found it.

    `about` is the name of the slot or signal that is to blame, where another finding may tell of it.
    """

    place: Place
    message: str
    hint: str | None = None
    severity: Severity | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding with the code and severity of its rule; `source` is the text of its line."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str | None = None
    source: str = ""

    @property
    def path(self) -> str:
        """The file, relative to the project's root."""
        return self.place.path

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.place.line

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.place.column

    def with_source(self, line: str) -> Diagnostic:
        """Return the same with the text of its line."""
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            place=self.place,
            message=self.message,
            hint=self.hint,
            source=line,
        )

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the diagnostic as `check --format json` prints it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


class Findings:
    """Findings by the code of their rule, collected while loading and compiling; equal ones count as one."""

    def __init__(self) -> None:
        self._found: dict[str, dict[Finding, None]] = defaultdict(dict)
        self.reports = 0
        """How many findings were added, those that were there before among them."""

    def add(self, code: str, place: Place, message: str, hint: str | None = None, *, about: str | None = None) -> None:
        """Add a finding of the rule `code`."""
        self._found[code][Finding(place, message, hint, about=about)] = None
        self.reports += 1

    def take(self, others: Findings) -> None:
        """Add the findings that were collected elsewhere."""
        for code, findings in others._found.items():
            self._found[code] |= findings
        self.reports += others.reports

    def of(self, code: str) -> Iterator[Finding]:
        """Yield the findings of one rule, in the order they were made."""
        return iter(self._found.get(code, ()))

    def codes(self) -> Iterable[str]:
        """Return the codes of the rules that found something."""
        return self._found.keys()
