"""`assembler build`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import Opened, folder_of, open_project, refuse
from assembler.cli.options import AsOf, as_of_option, format_option, jobs_option, one_of, output_option, project_option
from assembler.cli.output import colourful, put_json, tell
from assembler.cli.progress import progress
from assembler.cli.text.built import built_text
from assembler.cli.text.columns import wrapped
from assembler.cli.text.variants import variants_text
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Sample, Selection
    from assembler.authoring.outcomes.variants import CampaignVariants
    from assembler.review.sampling.digests import Slots


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
@click.option(
    "--sample",
    "shows",
    metavar="WHAT",
    callback=one_of("pairs"),
    help="Build a part: with `pairs`, the variants of the review plan, which are every default and as few others as "
    "show every pair of components together. Default for --output is then `build-sample`.",
)
@click.option("--watch", "watches", is_flag=True, help="Build again whenever something changes, until Ctrl-C.")
@jobs_option
@project_option
@as_of_option
@format_option("text", "json")
def build(
    output: Path | None,
    select: tuple[str, ...],
    shows: str | None,
    watches: bool,
    jobs: int | None,
    folder: Path | None,
    as_of: AsOf | None,
    format_: str,
) -> None:
    """Check a project, then write its library and every variant.

    Writes the library file, every distinct variant, the images and
    manifest.json. Where there are errors, nothing is written; so, too, where
    there are more variants than max_variants under `policy`: build a part then.
    A part does not take the place of a whole build.
    """
    selection = _selected(select)
    target = output or folder_of(folder) / ("build-sample" if shows else "build-part" if select else "build")
    if watches:
        from assembler.cli.watching import Builder, watch

        if shows:
            raise Unusable("--watch builds everything or what is selected, not a sample")
        root = folder_of(folder)
        watch(Builder(root=root, output=target, as_of=as_of, selection=selection, jobs=jobs))
        return
    built = build_into(target, open_project(folder, as_of), selection, jobs, shows)
    if format_ == "json":
        paths = {"library": str(built.library), "manifest": str(built.manifest)}
        put_json({"variants": built.variants, "images": built.images, "bytes": built.bytes, **paths})
    else:
        tell(built_text(built))


def _selected(written: tuple[str, ...]) -> Selection:
    """Return what `--select` selects. Raises `Unusable` where it cannot be read."""
    from assembler.authoring.build.selection import Selection, SelectionError

    try:
        return Selection.parse(written)
    except SelectionError as error:
        raise Unusable(str(error)) from None


def build_into(
    output: Path,
    opened: Opened,
    selection: Selection | None = None,
    jobs: int | None = None,
    shows: str | None = None,
) -> Built:
    """Build a project, or what is selected of it, or of that a sample that shows something, into a folder.

    At a terminal, and of a sample, it is said first how many variants that are. Where the project has errors, they are
    printed and the command ends. Raises `Unusable` where a name that is selected does not exist, or the folder holds
    something else.
    """
    from assembler.authoring.build.selection import EVERYTHING, SelectionError

    opened.compile_documents(jobs)
    wanted = selection or EVERYTHING
    try:
        opened.project.check(opened.moment, jobs=jobs)
        opened.project.compile(opened.moment, all_variants=not (wanted.names or shows))
        counts = opened.project.variants(opened.moment, wanted)
        sample = sample_of(opened, wanted, shows, counts) if shows else None
        of = f"a sample of {sample.count} of " if sample else ""
        if sample or colourful(err=True):
            tell(wrapped(f"building {of}{variants_text(counts)}", rest="  "))
        with progress("building") as told:
            return opened.project.build(output, opened.moment, told, wanted, sample)
    except ProjectError as error:
        refuse(error)
    except SelectionError as error:
        raise Unusable(str(error)) from None
    except FileExistsError as error:
        raise Unusable(f"{error}; name another folder with --output") from None


def sample_of(opened: Opened, selection: Selection, shows: str, counts: Sequence[CampaignVariants]) -> Sample:
    """Return the variants of the review plan of what is selected, whose variants are so many. Raises `ProjectError`
    where the project has errors."""
    from assembler.authoring.build.selection import Sample
    from assembler.review.sampling.planner import make_plan

    library = opened.project.compile(opened.moment, all_variants=False)
    slots: dict[tuple[str, str, str], list[Slots]] = {}
    for planned in make_plan(library, opened.moment, selection=selection).cards:
        slots.setdefault(planned.card.place, []).append(planned.card.slots)
    exact = all(campaign.exact for campaign in counts)
    return Sample(shows=shows, slots=slots, of=sum(campaign.variants for campaign in counts) if exact else None)
