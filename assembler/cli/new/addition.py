"""What `assembler new` adds to a project: proven to be read as it is meant, and written whole or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import click

from assembler.cli.exit_codes import USAGE, Unusable
from assembler.cli.new_files import write_files
from assembler.cli.opening import Opened
from assembler.cli.output import colourful, put, tell

UNWRITTEN: Final = "TODO"
"""What stands where nobody has written anything yet; C03 finds it, should it be made ready so."""


class ExtendedProject:
    """A project that something is added to: its folder, what is in it, and the day on which it is added."""

    def __init__(self, opened: Opened) -> None:
        self.folder = opened.folder
        self.loaded = opened.project.loaded
        self._read: dict[str, bytes] = {}
        self.today: date = opened.moment.astimezone(self.loaded.settings.zone).date()

    @property
    def owner(self) -> str:
        """Who is accountable for the programme."""
        return self.loaded.settings.owner or UNWRITTEN

    def text(self, path: str) -> str:
        """Return the text of one of its files, with the ends of lines that it has."""
        self._read[path] = data = (self.folder / path).read_bytes()
        return data.decode("utf-8-sig")

    def add(self, new: Mapping[str, str], edited: Mapping[str, str] | None = None) -> None:
        """Write new files, and others, of which `text` gave the text, anew; and print their paths.

        Ends the command, and writes nothing, where a new file is there already, or where a file could then not be read
        as it is meant.
        """
        files = {path: text.encode() for path, text in new.items()}
        changes = {path: (self._read[path], self._bytes(path, text)) for path, text in (edited or {}).items()}
        self._refuse_taken(files)
        self._prove(files | {path: after for path, (_, after) in changes.items()})
        write_files(self.folder, files, changes)
        for path in (*files, *changes):
            put(path)

    def _bytes(self, path: str, text: str) -> bytes:
        """Return the bytes of one of its files that is to hold a text; a mark of byte order stays."""
        return (BOM_UTF8 if self._read[path].startswith(BOM_UTF8) else b"") + text.encode()

    def _refuse_taken(self, files: Iterable[str]) -> None:
        taken = [path for path in files if os.path.lexists(self.folder / path)]
        if taken:
            raise Unusable(
                "\n".join(["nothing is overwritten, and there already is", *(f"  {path}" for path in taken)])
            )

    def _prove(self, files: Mapping[str, bytes]) -> None:
        """End the command where the project, with these files, has findings of reading that it has not without."""
        from assembler.authoring import Diagnostic, Project
        from assembler.authoring.load.files import Folder
        from assembler.authoring.project.project import LoadedProject
        from assembler.cli.text.findings import render

        def found(loaded: LoadedProject) -> Iterator[Diagnostic]:
            for code in loaded.findings.codes():
                for finding in loaded.findings.of(code):
                    source = loaded.sources.get(finding.place.path)
                    line = source.line(finding.place.line) if source else ""
                    yield Diagnostic(
                        code=code,
                        severity="error",
                        place=finding.place,
                        message=finding.message,
                        hint=finding.hint,
                        source=line,
                    )

        there = Folder(self.folder)
        extended = Project.from_files({**{path: there.read(path) for path in there.paths()}, **files}).loaded
        before = {(finding.code, finding.message) for finding in found(self.loaded)}
        faults = [finding for finding in found(extended) if (finding.code, finding.message) not in before]
        if faults:
            tell(render(faults, colour=colourful(err=True)), styled=True)
            tell("Nothing is written: the files would not be read as they are meant.")
            raise click.exceptions.Exit(USAGE)
