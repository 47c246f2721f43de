"""`assembler gallery`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.opening import Opened, with_project
from assembler.cli.options import known, output_option
from assembler.cli.output import tell
from assembler.cli.parameters import Named
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
@click.option("--campaign", metavar="NAME", type=Named("campaign"), help="Show one campaign alone.")
@click.option(
    "--pictures",
    is_flag=True,
    help="Take pictures of every variant of the review plan, by day and by night. Needs assembler[shots] and Chromium.",
)
@click.option(
    "--pdf",
    is_flag=True,
    help="Print every variant of the review plan, with captions, as contact-sheet.pdf. Needs the same.",
)
@click.option(
    "--single",
    is_flag=True,
    help="Write the page alone, one file to send: every variant is shown live in it. Pictures would make it some forty "
    "times as large, so this goes with neither --pictures nor --pdf.",
)
@with_project
def gallery(
    opened: Opened,
    output: Path | None,
    against: Path | None,
    campaign: str | None,
    pictures: bool,
    pdf: bool,
    single: bool,
) -> None:
    """Write a page to look at every variant, without a server.

    The page opens from disk and asks for nothing on the network. Decisions made
    in it are kept in the browser; download them there, and take them in with
    `assembler review import`.

    Chromium is the one that ASSEMBLER_CHROMIUM names, else Playwright's own,
    else that of the path.

    For creative teams, on their own machine.
    """
    if single and (pictures or pdf):
        others = "--pictures" if pictures else "--pdf"
        raise click.UsageError(f"--single writes one file, and {others} puts others beside it; leave one of them out")
    pages = gallery_of(opened, against, campaign)
    path = write_gallery(pages, output or opened.folder / "gallery", pictures=pictures, pdf=pdf)
    tell(f"open {path_text(path)} in a browser")


def gallery_of(opened: Opened, against: Path | None = None, campaign: str | None = None) -> Gallery:
    """Return the gallery of an opened project or one of its campaigns, beside an older build of it.

    Raises as `Opened.review` does, and as `known` does where there is no such campaign.
    """
    from assembler import __version__
    from assembler.review.gallery.gallery import Gallery

    older = older_of(against, opened)
    review = opened.review()
    if campaign is not None:
        known("campaign", campaign, review.library.campaigns)
    pages = Gallery.of(review, tool=f"assembler {__version__}", older=older, campaign=campaign)
    if not pages.whole:
        variants = many_variants(opened.project.check(opened.moment).variants)
        tell(wrapped(f"{variants} are too many to show (D09): these are those of the review plan"))
    return pages


def older_of(manifest: Path | None, opened: Opened) -> tuple[Library, datetime] | None:
    """Return the library of an older build of an opened project, and its moment; None where no manifest is named.

    Raises `LibraryError` where the manifest is none of this project.
    """
    from assembler.review.gallery.gallery import older_library

    return older_library(manifest, opened.project.settings.name) if manifest else None


def write_gallery(pages: Gallery, output: Path, *, pictures: bool = False, pdf: bool = False) -> Path:
    """Write a gallery, and return the path of its page. Raises as `Gallery.write` does."""
    with progress("taking pictures") as report:
        return pages.write(output, pictures=pictures, pdf=pdf, progress=report)
