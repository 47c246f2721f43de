"""`assembler build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.endings import Unusable
from assembler.cli.opening import Opened, folder_of, open_project, refuse
from assembler.cli.options import AsOf, as_of_option, format_option, jobs_option, output_option, project_option
from assembler.cli.output import put_json, shown, tell
from assembler.cli.progress import progress
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Selection

__all__ = ["build", "build_into", "said", "selected"]


@click.command()
@output_option("build")
@click.option(
    "--select",
    "select",
    metavar="KIND:NAME,...",
    multiple=True,
    help="Build a part: only what people of this segment or stage (or `none`) can get, or of this campaign, channel or "
    "locale. Of one kind any of the names, of several kinds all of them: segment:loyal,segment:new,channel:email. "
    "Default for --output is then `build-part`.",
)
@click.option("--watch", "watches", is_flag=True, help="Build again whenever something changes, until Ctrl-C.")
@jobs_option
@project_option
@as_of_option
@format_option("text", "json")
def build(
    output: Path | None,
    select: tuple[str, ...],
    watches: bool,
    jobs: int | None,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
) -> None:
    """Check a project, then write its library and every variant.

    Writes the library file, every distinct variant, the images and
    manifest.json. Where there are errors, nothing is written. A part does not
    take the place of a whole build.
    """
    selection = selected(select)
    target = output or folder_of(folder) / ("build-part" if select else "build")
    if watches:
        from assembler.cli.watching import Builder, watch

        root = folder_of(folder)
        watch(Builder(root=root, output=target, said=said, as_of=as_of, selection=selection, jobs=jobs))
        return
    built = build_into(target, open_project(folder, as_of), selection, jobs)
    if format_ == "json":
        paths = {"library": str(built.library), "manifest": str(built.manifest)}
        put_json({"variants": built.variants, "images": built.images, "bytes": built.bytes, **paths})
    else:
        tell(said(built))


def selected(written: tuple[str, ...]) -> Selection:
    """What `--select` selects; where it cannot be read, the command is refused."""
    from assembler.authoring.build.selection import Selection, SelectionError

    try:
        return Selection.parse(written)
    except SelectionError as error:
        raise Unusable(str(error)) from None


def build_into(output: Path, opened: Opened, selection: Selection | None = None, jobs: int | None = None) -> Built:
    """Build a project, or what is selected of it, into a folder; where it has errors, they are printed and the command
    ends."""
    from assembler.authoring.build.selection import EVERYTHING, SelectionError

    opened.compile_documents(jobs)
    try:
        opened.project.check(opened.moment, jobs=jobs)
        with progress("building") as report:
            return opened.project.build(output, opened.moment, report, selection or EVERYTHING)
    except ProjectError as error:
        refuse(error)
    except SelectionError as error:
        raise Unusable(str(error)) from None
    except FileExistsError as error:
        raise Unusable(f"{error}; name another folder with --output") from None


def said(built: Built) -> str:
    """What was built, in a few lines."""
    return (
        f"built {built.variants} variant{'s' * (built.variants != 1)}"
        f" and {built.images} image{'s' * (built.images != 1)}, {built.bytes / 1e6:.1f} MB in all\n"
        f"  library   {shown(built.library)}\n"
        f"  manifest  {shown(built.manifest)}"
    )
