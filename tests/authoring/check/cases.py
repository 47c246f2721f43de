"""Edits of the sample project -> what `check` finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assembler.authoring import Project
from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.kept import Kept
from tests.authoring.sample import MOMENT, files

__all__ = ["Edit", "diagnostics", "edited", "found", "judged"]

# What stands there and what is put in its place (wherever it stands), a new file, or None: the file is taken away.
Edit = tuple[str, str] | list[tuple[str, str]] | str | bytes | None


_KEPT = Kept()
"""What need not be compiled for each test: nothing differs, as tests/authoring/compile/test_fragments.py shows."""


def edited(edits: Mapping[str, Edit]) -> dict[str, str | bytes]:
    """The sample's files after some edits. What an edit replaces must stand there."""
    all_files = files()
    for path, edit in edits.items():
        if edit is None:
            del all_files[path]
        elif isinstance(edit, str | bytes):
            all_files[path] = edit
        else:
            for old, new in [edit] if isinstance(edit, tuple) else edit:
                text = all_files[path]
                assert isinstance(text, str)
                assert old in text, f"{path} does not hold {old!r}"
                all_files[path] = text.replace(old, new)
    return all_files


def diagnostics(edits: Mapping[str, Edit], at: datetime = MOMENT) -> tuple[Diagnostic, ...]:
    """What `check` finds in the edited sample."""
    return Project.from_files(edited(edits), kept=_KEPT).check(at).diagnostics


def found(edits: Mapping[str, Edit], code: str | None = None, at: datetime = MOMENT) -> list[str]:
    """What `check` finds in the edited sample, as `path:line:column CODE message`; of one code, where one is named."""
    return [
        f"{each.path}:{each.line}:{each.column} {each.code} {each.message}"
        for each in diagnostics(edits, at)
        if code is None or each.code == code
    ]


def judged(edits: Mapping[str, Edit], code: str) -> tuple[list[str], set[str]]:
    """What `check` finds of one code, as `found` says it, and the codes of all errors."""
    all_found = diagnostics(edits)
    own = [
        f"{each.path}:{each.line}:{each.column} {each.code} {each.message}" for each in all_found if each.code == code
    ]
    return own, {each.code for each in all_found if each.severity == "error"}
