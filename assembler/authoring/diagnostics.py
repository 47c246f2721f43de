"""What is wrong with a project: where, why, and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from assembler.errors import slip_of

Severity = Literal["error", "warning", "information"]

THEME: Final = "theme:"
"""What the path of a template or style sheet of the theme begins with, instead of templates/, where it is shown."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a project: its file, relative to the project's root, and line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Text of one file to be replaced: from `start` to before `end`."""

    start: Place
    end: Place
    replacement: str

    @property
    def path(self) -> str:
        """The file, relative to the project's root."""
        return self.start.path

    def to_dict(self) -> dict[str, str | int]:
        """Return the edit as `check --format json` prints it."""
        return {
            "path": self.path,
            "line": self.start.line,
            "column": self.start.column,
            "end_line": self.end.line,
            "end_column": self.end.column,
            "replacement": self.replacement,
        }


@dataclass(frozen=True, slots=True)
class Replacement:
    """The one right answer to a finding: `new` for `old`, which stands at `place` (omitted: where the finding is).

    Where a quote stands there, `old` may stand behind it. An empty `old` has `new` inserted.
    """

    old: str
    new: str
    place: Place | None = None


def near_miss(name: str, known: Iterable[str], place: Place | None = None) -> Replacement | None:
    """Return the known name in the place of one that is a slip of it, and of no other."""
    close = slip_of(name, known)
    return None if close is None else Replacement(name, close, place)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `severity` overrides that of the rule that found it.

    `about` is the name of the slot or signal that is to blame, where another finding may tell of it. `mend` is what
    `check --fix` writes, where there is one right answer.
    """

    place: Place
    message: str
    hint: str | None = None
    severity: Severity | None = None
    about: str | None = None
    mend: Replacement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A finding with the code and severity of its rule; `source` is the text of its line, `edit` what mends it."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str | None = None
    source: str = ""
    edit: Edit | None = None
    count: int = 1
    """How many findings it stands for: more than one where the rest of many are told together."""

    @property
    def path(self) -> str:
        """The file, relative to the project's root."""
        return self.place.path

    @property
    def is_of_theme(self) -> bool:
        """Whether the file is one of the theme, and so none of the project."""
        return self.path.startswith(THEME)

    def path_from(self, folder: str) -> str:
        """Return the path from where the way to the project, which may be blank, begins; of the theme's as it is."""
        return f"{folder}/{self.path}" if folder and not self.is_of_theme else self.path

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
            edit=self.edit,
            count=self.count,
        )

    def to_dict(self) -> dict[str, object]:
        """Return the diagnostic as `check --format json` prints it; it has a `fix` where an edit mends it."""
        fix = {} if self.edit is None else {"fix": self.edit.to_dict()}
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
            **fix,
        }


class Findings:
    """Findings by the code of their rule, collected while loading and compiling; equal ones count as one."""

    def __init__(self) -> None:
        self._found: dict[str, dict[Finding, None]] = defaultdict(dict)
        self.reports = 0
        """How many findings were added, those that were there before among them."""

    def add(
        self,
        code: str,
        place: Place,
        message: str,
        hint: str | None = None,
        *,
        about: str | None = None,
        mend: Replacement | None = None,
    ) -> None:
        """Add a finding of the rule `code`."""
        self._found[code][Finding(place, message, hint, about=about, mend=mend)] = None
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
