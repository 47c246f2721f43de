"""`assembler demo`."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.cli.build import build_into
from assembler.cli.exit_codes import FINDINGS
from assembler.cli.gallery import gallery_of, write_gallery
from assembler.cli.init import today
from assembler.cli.opening import open_project
from assembler.cli.options import AsOf, as_of_option
from assembler.cli.output import colourful, tell
from assembler.cli.text.findings import render, summary
from assembler.cli.text.variants import built_text
from assembler.cli.text.words import path_text


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default="assembler-demo")
@as_of_option
def demo(folder: Path, as_of: AsOf | None) -> None:
    """Make a project from the starter, check it, build it, and show it.

    DIR is `assembler-demo`, if omitted; a project that is already there is
    used as it is. Ends by saying what to open.

    For anybody who wants to see what comes out.
    """
    from assembler.authoring.scaffold.new_project import copy_starter

    is_there = (folder / "assembler.yaml").is_file()
    if is_there:
        tell(f"init: there is a project in {path_text(folder)}")
    else:
        tell(f"init: copied the starter, {copy_starter(folder, today(as_of))} files, to {path_text(folder)}")
    opened = open_project(folder, as_of)
    report = opened.project.check(opened.moment)
    tell(f"check: {summary(report.diagnostics)}")
    if report.errors:
        tell(render(report.errors, colour=colourful(err=True)), styled=True)
        if is_there:
            tell(f"To begin again, name another folder than {path_text(folder)}, or remove it.")
        raise click.exceptions.Exit(FINDINGS)
    output = folder / "build"
    tell(f"build: {built_text(build_into(output, opened))}")
    page = write_gallery(gallery_of(opened), folder / "gallery")
    tell(f"gallery: every variant to look at\nopen {path_text(page)} in a browser")
