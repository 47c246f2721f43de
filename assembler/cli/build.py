"""`assembler build`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.cli.exit_codes import Unusable
from assembler.cli.folder import folder_of
from assembler.cli.opening import Opened, open_project
from assembler.cli.options import AsOf, as_of_option, format_option, jobs_option, output_option, project_option
from assembler.cli.output import colourful, put_json, tell
from assembler.cli.parameters import AnyOf, Selected
from assembler.cli.progress import progress
from assembler.cli.text.columns import wrapped
from assembler.cli.text.variants import built_text, variants_text

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
    type=Selected("campaign", "channel", "locale", "segment", "stage", none=("segment", "stage")),
    multiple=True,
    help="Build a part: only what people of this segment or stage (or `none`) can get, or of this campaign, channel or "
    "locale. Of one kind any of the names, of several kinds all of them: segment:loyal,segment:new,channel:email. "
    "Default for --output is then `build-part`.",
)
@click.option(
    "--sample",
    metavar="WHAT",
    type=AnyOf("pairs"),
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
    sample: str | None,
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

    For whoever releases, and for CI.
    """
    from assembler.authoring.build.selection import Selection

    selection = Selection.parse(select)
    root = folder_of(folder)
    target = output or root / ("build-sample" if sample else "build-part" if select else "build")
    if watches:
        from assembler.cli.watching import watch

        if sample:
            raise Unusable("--watch builds everything or what is selected, not a sample")
        if format_ != "text":
            raise Unusable(f"--watch says in words what it builds, without an end; leave out --format {format_}")
        watch(root, target, as_of, selection, jobs)
        return
    built = build_into(target, open_project(root, as_of), selection, jobs, sample)
    if format_ == "json":
        paths = {"library": str(built.library), "manifest": str(built.manifest)}
        put_json({"variants": built.variants, "images": built.images, "bytes": built.bytes, **paths})
    else:
        tell(built_text(built))


def build_into(
    output: Path,
    opened: Opened,
    selection: Selection | None = None,
    jobs: int | None = None,
    shown: str | None = None,
) -> Built:
    """Build a project, or what is selected of it, or of that a sample in which something is shown, into a folder.

    At a terminal, and of a sample, it is said first how many variants that are. Raises as `Project.build` does.
    """
    from assembler.authoring.build.selection import EVERYTHING

    project, moment = opened.project, opened.moment
    wanted = selection or EVERYTHING
    opened.check(jobs)
    project.compile(moment, all_variants=not (wanted.names or shown))
    counts = project.variants(moment, wanted)
    sample = _sample(opened, wanted, shown, counts) if shown else None
    of = f"a sample of {sample.count} of " if sample else ""
    if sample or colourful(err=True):
        tell(wrapped(f"building {of}{variants_text(counts)}", rest="  "))
    with progress("building") as told:
        return project.build(output, moment, told, wanted, sample)


def _sample(opened: Opened, selection: Selection, shown: str, counts: Sequence[CampaignVariants]) -> Sample:
    """Return the variants of the review plan of what is selected, whose variants are so many."""
    from assembler.authoring.build.selection import Sample
    from assembler.review.sampling.planner import make_plan

    slots: dict[tuple[str, str, str], list[Slots]] = {}
    for planned in make_plan(opened.compile(), opened.moment, selection=selection).cards:
        slots.setdefault(planned.card.place, []).append(planned.card.slots)
    exact = all(campaign.exact for campaign in counts)
    return Sample(shows=shown, slots=slots, of=sum(campaign.variants for campaign in counts) if exact else None)
