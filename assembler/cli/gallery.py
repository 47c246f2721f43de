"""`assembler gallery`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import Opened, open_project
from assembler.cli.options import AsOf, as_of_option, output_option, project_option
from assembler.cli.output import tell
from assembler.cli.progress import progress
from assembler.cli.text.columns import wrapped
from assembler.cli.text.paths import path_text
from assembler.cli.text.variants import many_variants
from assembler.errors import LibraryError

if TYPE_CHECKING:
    from datetime import datetime

    from assembler import Library
    from assembler.review.gallery.gallery import Gallery

against_option = click.option(
    "--against",
    metavar="MANIFEST",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The manifest.json of an older build: also show what changed since, and why.",
)


@click.command()
@output_option("gallery")
@against_option
@click.option(
    "--pictures",
    is_flag=True,
    help="Take pictures of the plan's cards, and contact sheets for slides. Needs assembler[shots] and Chromium.",
)
@click.option("--single", is_flag=True, help="Put the pictures into the page, too: one file holds all.")
@project_option
@as_of_option
def gallery(
    output: Path | None, against: Path | None, pictures: bool, single: bool, folder: Path | None, as_of: AsOf | None
) -> None:
    """Write a page to look at every variant, without a server.

    The page opens from disk and asks for nothing on the network. Decisions made
    in it are kept in the browser; download them there, and take them in with
    `assembler review import`.

    Chromium is the one that ASSEMBLER_CHROMIUM names, else Playwright's own,
    else that of the path.
    """
    opened = open_project(folder, as_of)
    pages = gallery_of(opened, against)
    path = write_gallery(pages, output or opened.folder / "gallery", pictures=pictures, single=single)
    tell(f"open {path_text(path)} in a browser")


def gallery_of(opened: Opened, against: Path | None = None) -> Gallery:
    """Return the gallery of an opened project; where it has errors, they are printed and the command ends."""
    from assembler import __version__
    from assembler.review.gallery.gallery import Gallery

    older = older_of(against, opened)
    pages = Gallery.of(opened.review(), tool=f"assembler {__version__}", older=older)
    if not pages.whole:
        variants = many_variants(opened.project.check(opened.moment).variants)
        tell(wrapped(f"{variants} are too many to show (D09): these are the cards of the review plan"))
    return pages


def older_of(manifest: Path | None, opened: Opened) -> tuple[Library, datetime] | None:
    """Return the library of an older build of an opened project, and its moment; None where no manifest is named.

    Raises `Unusable` where the manifest is none of this project.
    """
    from assembler.review.gallery.gallery import older_library

    try:
        return older_library(manifest, opened.project.loaded.settings.name) if manifest else None
    except LibraryError as error:
        raise Unusable(str(error)) from None


def write_gallery(pages: Gallery, output: Path, *, pictures: bool = False, single: bool = False) -> Path:
    """Write a gallery, and return the path of its page.

    Raises `Unusable` where something else is in the folder.
    """
    try:
        with progress("taking pictures") as report:
            return pages.write(output, pictures=pictures, single=single, progress=report)
    except FileExistsError as error:
        raise Unusable(f"{error}; name another folder with --output") from None
