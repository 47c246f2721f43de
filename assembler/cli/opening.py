"""The project that a command is about, loaded, and the moment that it goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Never

import click

from assembler.cli.exit_codes import FINDINGS, USAGE
from assembler.cli.options import AsOf
from assembler.cli.output import colourful, tell
from assembler.cli.progress import progress
from assembler.cli.text.findings import FindingLike, render
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler import Library
    from assembler.authoring import Project
    from assembler.authoring.incremental.build_cache import BuildCache
    from assembler.review.round import ReviewRound

_CACHE = ".assembler-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project, its folder, and the moment at which it is looked at."""

    folder: Path
    project: Project
    moment: datetime

    def compile_documents(self, jobs: int | None) -> None:
        """Make the fragments of all documents, in so many processes, and show how far it is."""
        with progress("compiling") as report:
            self.project.render(jobs=jobs, progress=report)

    def compile(self) -> Library:
        """Return the project's library, for what writes no variants; where there are errors, they are printed and the
        command ends."""
        try:
            return self.project.compile(self.moment, all_variants=False)
        except ProjectError as error:
            refuse(error)

    def review(self) -> ReviewRound:
        """Return the review of the project; where there are errors, they are printed and the command ends."""
        from assembler.review.round import ReviewRound

        try:
            return ReviewRound.begin(self.project, self.folder, self.moment)
        except ProjectError as error:
            refuse(error)


def open_project(folder: Path | None, as_of: AsOf | None) -> Opened:
    """Load the project in a folder (the nearest one upward, if omitted).

    Where it cannot be read, that is printed and the command ends.
    """
    from assembler.authoring import Project

    root = folder_of(folder)
    try:
        project = Project.load(root, cache=cache_for(root))
    except ProjectError as error:
        _tell(error.diagnostics)
        raise click.exceptions.Exit(USAGE) from None
    return Opened(folder=root, project=project, moment=moment_of(as_of, project))


def folder_of(folder: Path | None) -> Path:
    """Return the folder that is meant: where none is named, that of the nearest project upward."""
    return folder or _nearest(Path.cwd())


def cache_for(root: Path) -> BuildCache:
    """Return the cache of the project in a folder, which is in a folder beside its files."""
    from assembler.authoring.incremental.build_cache import BuildCache
    from assembler.authoring.incremental.disk_cache import FolderCache

    return BuildCache(disk=FolderCache(root / _CACHE))


def tell_errors(error: ProjectError) -> None:
    """Print the errors of a project that cannot be read or compiled."""
    _tell(diagnostic for diagnostic in error.diagnostics if getattr(diagnostic, "severity", "") == "error")


def refuse(error: ProjectError) -> Never:
    """Print the errors of a project that cannot be compiled, and end the command."""
    tell_errors(error)
    raise click.exceptions.Exit(FINDINGS)


def _tell(diagnostics: Iterable[object]) -> None:
    findings = (diagnostic for diagnostic in diagnostics if isinstance(diagnostic, FindingLike))
    tell(render(findings, colour=colourful(err=True)), styled=True)


def _nearest(here: Path) -> Path:
    return next((folder for folder in (here, *here.parents) if (folder / "assembler.yaml").is_file()), here)


def moment_of(as_of: AsOf | None, project: Project) -> datetime:
    """Return the moment that `--as-of` names for a project: now, where it names none."""
    if as_of is None:
        return datetime.now(UTC)
    if isinstance(as_of, datetime):
        return as_of.astimezone(UTC)
    return datetime.combine(as_of, time(), tzinfo=project.loaded.settings.zone).astimezone(UTC)
