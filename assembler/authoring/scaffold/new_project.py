"""A project that begins: the starter or other files, their dates set so that they lie ahead."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from assembler.authoring.load.starter import starter_files
from assembler.authoring.project_facade import Project
from assembler.authoring.scaffold.file_changes import write_files
from assembler.errors import ProjectError

STARTER_DATE = date(2026, 11, 22)
"""The day for which the starter's dates are written."""

IGNORED: Final = "/build/\n/export/\n/gallery/\n/.assembler-cache/\n"
"""What a project's .gitignore says: all that commands write, but for the approvals."""

_IGNORES: Final = ".gitignore"
_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_DATE = re.compile(
    r"""(\b(?:review_by|decide_by|until|valid_from|valid_until)["']?[ ]*:[ ]+["']?)(\d{4}-\d{2}-\d{2})\b""", re.ASCII
)


def copy_starter(folder: Path, today: date) -> int:
    """Copy the starter into a folder, its dates moved as if it had been written today; return how many files it has.

    Raises `Refused` where a file of it is already there, and writes nothing. Where writing fails, what was written is
    removed again.
    """
    return write_project(folder, dict(starter_files()), today)


def write_proven(folder: Path, files: Mapping[str, bytes], today: date) -> int:
    """Write a project's files as `write_project` does. Raises `ProjectError`, holding them, where it would have errors,
    and writes nothing."""
    dated = {path: moved(path, data, today - STARTER_DATE) for path, data in files.items()}
    report = Project.from_files(dated).check(datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    if report.errors:
        raise ProjectError("the project would have errors", report.errors)
    return write_project(folder, files, today)


def write_project(folder: Path, files: Mapping[str, bytes], today: date) -> int:
    """Write a project's files, and .gitignore where there is none, as `copy_starter` does; the dates of the files are
    written for `STARTER_DATE`."""
    written = {path: moved(path, data, today - STARTER_DATE) for path, data in files.items()}
    if not os.path.lexists(folder / _IGNORES):
        written[_IGNORES] = IGNORED.encode()
    write_files(folder, written)
    return len(written)


def moved(path: str, data: bytes, days: timedelta) -> bytes:
    """Return a file with the dates of its date keys moved; words are left alone."""
    if not days or not path.endswith((".yaml", ".md")):
        return data
    text = data.decode()
    end = len(text)
    if path.endswith(".md"):
        front = _FRONT_MATTER.match(text)
        end = front.end() if front else 0

    def later(match: re.Match[str]) -> str:
        return match[1] + (date.fromisoformat(match[2]) + days).isoformat()

    return (_DATE.sub(later, text[:end]) + text[end:]).encode()
