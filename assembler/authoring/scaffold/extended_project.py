"""A project that something is added to: proven to be read as it is meant, and written whole or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from yaml import YAMLError

from assembler.authoring.diagnostics import Diagnostic
from assembler.authoring.load.files import Folder
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project_facade import Project
from assembler.authoring.scaffold.file_changes import write_files
from assembler.authoring.scaffold.insertion import with_entry
from assembler.authoring.scaffold.refused import Refused
from assembler.errors import ProjectError

SETTINGS: Final = "assembler.yaml"

UNWRITTEN: Final = "TODO"
"""What stands where nobody has written anything yet; C03 finds it, should it be made ready so."""


@dataclass(frozen=True, slots=True)
class Addition:
    """New files by path, and the new texts of others that `ExtendedProject.text` gave."""

    new: Mapping[str, str | bytes] = field(default_factory=dict)
    edited: Mapping[str, str] = field(default_factory=dict)


class ExtendedProject:
    """A project that something is added to: its folder, what is in it, and the day on which it is added."""

    def __init__(self, folder: Path, loaded: LoadedProject, moment: datetime) -> None:
        self.loaded = loaded
        self.today = moment.astimezone(loaded.settings.zone).date()
        self._folder = folder
        self.edited: dict[str, str] = {}
        self._read: dict[str, bytes] = {}

    @property
    def owner(self) -> str:
        """Who is accountable for the programme."""
        return self.loaded.settings.owner or UNWRITTEN

    def text(self, path: str) -> str:
        """Return the text of one of its files, with the ends of lines that it has."""
        self._read[path] = data = (self._folder / path).read_bytes()
        return data.decode("utf-8-sig")

    def put(self, path: str, key: str, entry: Mapping[str, Any] | str, name: str | None = None) -> None:
        """Put an entry at the end of what stands at a key of one of its files of YAML; `edited` has the texts. Raises
        `Refused` where the file is not YAML."""
        text = self.edited.get(path) or self.text(path)
        try:
            self.edited[path] = with_entry(text, key, entry, name)
        except YAMLError:
            raise Refused(f"{path} cannot be read: `assembler check` says why; mend it first") from None

    def has(self, path: str) -> bool:
        """Return whether something is at a path."""
        return os.path.lexists(self._folder / path)

    def add(self, addition: Addition) -> list[str]:
        """Write what is added, and return the paths of its files.

        Raises `Refused` where a new file is there already, and `ProjectError`, holding what would be wrong, where a
        file could then not be read as it is meant. Nothing is written then.
        """
        new = {path: text.encode() if isinstance(text, str) else text for path, text in addition.new.items()}
        changes = {path: (self._read[path], self._bytes(path, text)) for path, text in addition.edited.items()}
        taken = [path for path in new if self.has(path)]
        if taken:
            raise Refused("\n".join(["nothing is overwritten, and there already is", *(f"  {path}" for path in taken)]))
        faults = list(self._faults(new | {path: after for path, (_, after) in changes.items()}))
        if faults:
            raise ProjectError("the files would not be read as they are meant", faults)
        write_files(self._folder, new, changes)
        return [*new, *changes]

    def _bytes(self, path: str, text: str) -> bytes:
        """Return the bytes of one of its files that is to hold a text; a mark of byte order stays."""
        return (BOM_UTF8 if self._read[path].startswith(BOM_UTF8) else b"") + text.encode()

    def _faults(self, files: Mapping[str, bytes]) -> Iterable[Diagnostic]:
        """Return the findings of reading that the project has with these files, and not without."""
        there = Folder(self._folder)
        extended = Project.from_files({**{path: there.read(path) for path in there.paths()}, **files}).loaded
        before = {(finding.code, finding.message) for finding in _of_reading(self.loaded)}
        return (finding for finding in _of_reading(extended) if (finding.code, finding.message) not in before)


def _of_reading(loaded: LoadedProject) -> Iterator[Diagnostic]:
    for code in loaded.findings.codes():
        for finding in loaded.findings.of(code):
            place = finding.place
            source = loaded.sources.get(place.path)
            yield Diagnostic(
                code=code,
                severity="error",
                place=place,
                message=finding.message,
                hint=finding.hint,
                source=source.line(place.line) if source else "",
            )
