"""A path leaves the project, or is a symbolic link."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.authoring.check.copy import files_of, leaves_assets
from assembler.authoring.check.rule import PROJECT, CheckedProject
from assembler.authoring.diagnostics import Finding
from assembler.authoring.project.value_hints import asset_meant


@PROJECT.rule("R06", "error", __doc__, "Put the file itself below the project's folder and name it by its path there.")
def path_outside(checked: CheckedProject) -> Iterator[Finding]:
    yield from checked.reported("R06")
    for component in checked.project.components.values():
        for file in files_of(component):
            if leaves_assets(file.text):
                meant = asset_meant(file.text, checked.project.assets)
                hint = f"write {meant}: a path below assets/" if meant else "write a path below assets/, such as x.jpg"
                yield Finding(file.place, f"the path {file.text!r} leaves assets/", hint)
