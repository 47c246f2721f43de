"""`assembler gallery`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.opening import Opened, with_project
from assembler.cli.options import output_option
from assembler.cli.output import tell
from assembler.cli.progress import progress
from assembler.cli.text.columns import wrapped
from assembler.cli.text.variants import many_variants
from assembler.cli.text.words import path_text

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
@with_project
def gallery(opened: Opened, output: Path | None, against: Path | None, pictures: bool, single: bool) -> None:
    """Write a page to look at every variant, without a server.

    The page opens from disk and asks for nothing on the network. Decisions made
    in it are kept in the browser; download them there, and take them in with
    `assembler review import`.

    Chromium is the one that ASSEMBLER_CHROMIUM names, else Playwright's own,
    else that of the path.
    """
    pages = gallery_of(opened, against)
    path = write_gallery(pages, output or opened.folder / "gallery", pictures=pictures, single=single)
    tell(f"open {path_text(path)} in a browser")


def gallery_of(opened: Opened, against: Path | None = None) -> Gallery:
    """Return the gallery of an opened project, beside an older build of it. Raises as `Opened.review` does."""
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

    Raises `LibraryError` where the manifest is none of this project.
    """
    from assembler.review.gallery.gallery import older_library

    return older_library(manifest, opened.project.loaded.settings.name) if manifest else None


def write_gallery(pages: Gallery, output: Path, *, pictures: bool = False, single: bool = False) -> Path:
    """Write a gallery, and return the path of its page. Raises as `Gallery.write` does."""
    with progress("taking pictures") as report:
        return pages.write(output, pictures=pictures, single=single, progress=report)
