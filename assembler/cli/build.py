"""`assembler build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.endings import Unusable
from assembler.cli.opening import Opened, open_project, refuse
from assembler.cli.options import AsOf, as_of_option, format_option, project_option
from assembler.cli.output import put_json, shown, tell
from assembler.cli.progress import progress
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built

__all__ = ["build", "build_into"]


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to build. Default: `build` in the project's folder.",
)
@project_option
@as_of_option
@format_option("text", "json")
def build(output: Path | None, folder: Path | None, as_of: AsOf | None, format_: str) -> None:
    """Check a project, then write its library and every variant.

    Writes the library file, every distinct variant, the images and
    manifest.json. Where there are errors, nothing is written.
    """
    opened = open_project(folder, as_of)
    built = build_into(output or opened.folder / "build", opened)
    if format_ == "json":
        paths = {"library": str(built.library), "manifest": str(built.manifest)}
        put_json({"variants": built.variants, "images": built.images, "bytes": built.bytes, **paths})
    else:
        tell(said(built))


def build_into(output: Path, opened: Opened) -> Built:
    """Build a project into a folder; where it has errors, they are printed and the command ends."""
    try:
        with progress("building") as report:
            return opened.project.build(output, at=opened.moment, progress=report)
    except ProjectError as error:
        refuse(error)
    except FileExistsError as error:
        raise Unusable(f"{error}; name another folder with --output") from None


def said(built: Built) -> str:
    """What was built, in a few lines."""
    return (
        f"built {built.variants} variants and {built.images} images, {built.bytes / 1e6:.1f} MB in all\n"
        f"  library   {shown(built.library)}\n"
        f"  manifest  {shown(built.manifest)}"
    )
