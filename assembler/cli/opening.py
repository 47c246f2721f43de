"""The project that a command is about, loaded, and the moment that it goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assembler.cli.exit_codes import UnreadableProject
from assembler.cli.folder import folder_of
from assembler.cli.measurements import ProjectMeasurements
from assembler.cli.options import AsOf, as_of_option, project_option
from assembler.cli.output import tell
from assembler.cli.progress import progress
from assembler.cli.text.columns import wrapped
from assembler.cli.text.words import counted
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler import Library
    from assembler.authoring import Project
    from assembler.authoring.check.report import Report
    from assembler.authoring.incremental.build_cache import BuildCache
    from assembler.review.round import ReviewRound

_CACHE = ".assembler-cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project, its folder, and the moment at which it is looked at.

    What needs a project without errors raises `ProjectError`, for which a command ends by printing them.
    """

    folder: Path
    project: Project
    moment: datetime

    def check(self, jobs: int | None) -> Report:
        """Return what is wrong with the project, found in so many processes, and show how far that is."""
        with progress("compiling") as told:
            return self.project.check(self.moment, jobs=jobs, progress=told)

    def compile(self) -> Library:
        """Return the project's library, for what writes no variants."""
        return self.project.compile(self.moment, all_variants=False)

    def compile_unchecked(self) -> Library:
        """Return the project's library, whatever rules have against it; and say so, unless it is known to have no
        errors."""
        library = self.project.compile_unchecked(self.moment)
        errors = self.project.known_errors(self.moment)
        if errors is None:
            tell(wrapped("not checked since the last change: `assembler check` says what is wrong"))
        elif errors:
            tell(wrapped(f"not checked here: `assembler check` found {counted(errors, 'error')}"))
        return library

    def measurements(self) -> ProjectMeasurements:
        """Return what was measured of the project."""
        components = self.project.loaded.components
        return ProjectMeasurements.of(self.folder, {address: one.digest for address, one in components.items()})

    def review(self) -> ReviewRound:
        """Return the review of the project."""
        from assembler.review.round import ReviewRound

        return ReviewRound.begin(self.project, self.folder, self.moment)


def with_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--project` and `--as-of`, and the project that they name as `opened`."""

    @project_option
    @as_of_option
    @wraps(command)
    def opening(*, folder: Path | None, as_of: AsOf | None, **options: Any) -> Any:
        return command(opened=open_project(folder, as_of), **options)

    return opening


def open_project(folder: Path | None, as_of: AsOf | None) -> Opened:
    """Load the project in a folder (the nearest one upward, if omitted).

    Raises `UnreadableProject` where it cannot be read.
    """
    from assembler.authoring import Project

    root = folder_of(folder)
    try:
        project = Project.load(root, cache=cache_for(root))
    except ProjectError as error:
        raise UnreadableProject(error.message, error.diagnostics) from None
    return Opened(folder=root, project=project, moment=moment_of(as_of, project))


def cache_for(root: Path) -> BuildCache:
    """Return the cache of the project in a folder, which is in a folder beside its files."""
    from assembler.authoring.incremental.build_cache import BuildCache
    from assembler.authoring.incremental.disk_cache import FolderCache

    return BuildCache(disk=FolderCache(root / _CACHE))


def moment_of(as_of: AsOf | None, project: Project) -> datetime:
    """Return the moment that `--as-of` names for a project: now, where it names none."""
    if as_of is None:
        return datetime.now(UTC)
    if isinstance(as_of, datetime):
        return as_of.astimezone(UTC)
    return datetime.combine(as_of, time(), tzinfo=project.settings.zone).astimezone(UTC)
