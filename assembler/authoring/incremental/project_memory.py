"""What was worked out of a project as a whole: it is the same while every file of it is, and as long as it is that day.

It stands beside what is remembered of each part of a project. Whoever asks for a library, or for what is wrong with a
project, need not go through the parts where nothing has changed.
"""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TypeVar

import msgspec

from assembler.authoring.diagnostics import Severity
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.errors import LibraryError
from assembler.library import format as library_file
from assembler.library.format import Archive

Stored = TypeVar("Stored")

Days = tuple[date, int]
"""A day of the project, and the day in UTC, counted from 1970, at the same moment: rules go by both."""


class _Judged(msgspec.Struct):
    severity: Severity


class _Judgements(msgspec.Struct):
    diagnostics: tuple[_Judged, ...]


class _StoredJudgements(msgspec.Struct):
    """A stored report, as far as it says how bad things are."""

    report: _Judgements


class ProjectMemory:
    """What is remembered of the project with a fingerprint: its library and its background, and a report for each
    day.
    """

    def __init__(self, cache: BuildCache, project: str) -> None:
        self._cache = cache
        self._project = project

    def library(self) -> Archive | None:
        """Return the library; None where it is not there, or cannot be read."""
        data = self._cache.disk.get(self._cache.key("library", self._project))
        try:
            return library_file.decode(data) if data is not None else None
        except LibraryError:
            return None

    def keep_library(self, data: bytes) -> None:
        """Remember the library, as its file has it."""
        self._cache.disk.put(self._cache.key("library", self._project), data)

    def background(self, type_: type[Stored]) -> Stored | None:
        """Return what the library leaves out, which is of the type. None as `library`."""
        return self._read(self._cache.key("background", self._project), type_)

    def keep_background(self, background: object) -> None:
        """Remember what the library leaves out."""
        self._write(self._cache.key("background", self._project), background)

    def report(self, days: Days, type_: type[Stored]) -> Stored | None:
        """Return the report of some days, which is of the type; None where it is not there, or cannot be read."""
        return self._read(self._report_key(days), type_)

    def errors(self, days: Days) -> int | None:
        """Return how many errors the report of some days has; None where there is none."""
        stored = self.report(days, _StoredJudgements)
        return None if stored is None else sum(judged.severity == "error" for judged in stored.report.diagnostics)

    def keep_report(self, days: Days, report: object) -> None:
        """Remember the report of some days."""
        self._write(self._report_key(days), report)

    def _read(self, key: str, type_: type[Stored]) -> Stored | None:
        data = self._cache.disk.get(key)
        try:
            return msgspec.json.decode(data, type=type_) if data is not None else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _write(self, key: str, value: object) -> None:
        with contextlib.suppress(UnicodeEncodeError):  # it may name a file whose name is no UTF-8
            self._cache.disk.put(key, msgspec.json.encode(value))

    def _report_key(self, days: Days) -> str:
        return self._cache.key("report", self._project, days)
