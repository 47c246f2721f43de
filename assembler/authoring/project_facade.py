"""The facade of authoring: a project that is loaded, checked and compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from assembler.authoring.build.output import Built, write_build
from assembler.authoring.build.selection import EVERYTHING, BuildPart, Sample, Selection
from assembler.authoring.check.rule import CheckedProject
from assembler.authoring.check.rules.too_many_variants import too_many_variants
from assembler.authoring.check.run import Report, check, diagnose
from assembler.authoring.check.variants import too_many
from assembler.authoring.compile.content import Compiled, compile_project
from assembler.authoring.compile.jobs import Progress
from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.load.files import Folder, InMemory
from assembler.authoring.load.project import load_project
from assembler.authoring.outcomes.variants import CampaignVariants
from assembler.authoring.project.project import LoadedProject
from assembler.errors import ProjectError
from assembler.runtime.library import Library
from assembler.runtime.moment import EPOCH, Moment

_FIRST: Final = datetime.min.replace(tzinfo=UTC) + timedelta(days=1) - EPOCH
_LAST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=1) - EPOCH


class Project:
    """A project as it was when it was loaded.

    `at`, where it is asked for, is a datetime whose offset can be told, else that is a `TypeError`; omitted, it is now.
    """

    def __init__(self, loaded: LoadedProject, cache: BuildCache) -> None:
        self._loaded = loaded
        self._cache = cache
        self._compiled: Compiled | None = None
        self._checked_projects: dict[datetime, CheckedProject] = {}
        self._reports: dict[datetime, Report] = {}

    @classmethod
    def load(cls, path: str | Path, *, cache: BuildCache | None = None) -> Project:
        """Read the project in a folder. Raises `ProjectError` where assembler.yaml is missing or cannot be parsed.

        What the `cache` has from an earlier look at the project, and still fits, is not worked out again.
        """
        root = Path(path)
        if not root.is_dir():
            problem = Diagnostic(
                code="R01", severity="error", place=Place(str(path)), message="there is no such folder"
            )
            raise ProjectError(f"{path}: there is no such folder", [problem])
        cache = cache or BuildCache()
        return cls(load_project(Folder(root, cache.memo), cache.memo), cache)

    @classmethod
    def from_files(cls, files: Mapping[str, str | bytes], *, cache: BuildCache | None = None) -> Project:
        """Read a project from its files' contents by path; text, or bytes for images. `cache` and raises as `load`."""
        cache = cache or BuildCache()
        return cls(load_project(InMemory(files), cache.memo), cache)

    @property
    def loaded(self) -> LoadedProject:
        """The nouns of the project, each with its place."""
        return self._loaded

    @property
    def compiled(self) -> Compiled:
        """What compiling gives, whether or not there are errors."""
        return self.render()

    def render(self, *, jobs: int | None = 1, progress: Progress | None = None) -> Compiled:
        """Compile the project, whether or not there are errors, in `jobs` processes (None: as many as there is work
        for). `progress` is told how many documents are done."""
        if self._compiled is None:
            self._compiled = compile_project(self._loaded, self._cache, jobs, progress)
        return self._compiled

    def check(self, at: datetime | None = None, *, jobs: int | None = 1) -> Report:
        """Return every finding of every rule at a moment. `jobs` as for `render`."""
        moment = _moment(at)
        if moment not in self._reports:
            self.render(jobs=jobs)
            self._reports[moment] = check(self._checked_project(moment), jobs)
        return self._reports[moment]

    def compile(self, at: datetime | None = None, *, all_variants: bool = True) -> Library:
        """Return the library of this project. Raises `ProjectError`, holding every diagnostic, where there are errors.

        That all variants are too many to be written (D09) is none for who does not want `all_variants`.
        """
        report = self.check(at)
        errors = [error for error in report.errors if all_variants or error.code != too_many_variants.code]
        if errors:
            count = len(errors)
            raise ProjectError(f"the project has {count} error{'s' if count > 1 else ''}", report.diagnostics)
        return self._library

    @cached_property
    def _library(self) -> Library:
        return Library(self.compiled.content, self.compiled.texts)

    def variants(self, at: datetime | None = None, selection: Selection = EVERYTHING) -> tuple[CampaignVariants, ...]:
        """Return how many variants of each campaign are selected.

        Raises `ProjectError` where there are errors, but not because of how many they are; and `SelectionError` where a
        name that is selected does not exist.
        """
        library = self.compile(at, all_variants=False)
        selection.check(library.content)
        return selection.counts(library, _moment(at)) if selection.names else self.check(at).variants

    def has_too_many(self, at: datetime | None = None) -> bool:
        """Return whether there are more variants than a build may write, or than can be counted."""
        return any(error.code == too_many_variants.code for error in self.check(at).errors)

    def build(
        self,
        output: str | Path,
        at: datetime | None = None,
        progress: Progress | None = None,
        selection: Selection = EVERYTHING,
        sample: Sample | None = None,
    ) -> Built:
        """Write the library, the images, the manifest, and every variant that is selected (of a `sample`, those that it
        names), to a folder, in one step.

        Raises as `compile` does, also where the variants that are selected are too many; `FileExistsError` where the
        folder holds something else than a build, or a whole one while a part is written; `SelectionError` where a name
        that is selected does not exist.
        """
        moment = _moment(at).astimezone(self._loaded.settings.zone)
        part = BuildPart(selection, sample)
        library = self.compile(moment, all_variants=part.whole)
        counts = self.variants(moment, selection)
        if sample is None:
            self._refuse_too_many(counts, moment)
        total = sum(campaign.variants for campaign in counts) if sample is None else sample.count
        images = self.compiled.images.delivered()
        return write_build(library, images, Path(output), moment, _by_hundreds(progress, total), part)

    def _refuse_too_many(self, counts: Sequence[CampaignVariants], moment: datetime) -> None:
        checked = self._checked_project(moment)
        findings = too_many(counts, self._loaded)
        diagnostics = [diagnose(too_many_variants, finding, checked) for finding in findings]
        if diagnostics:
            raise ProjectError("more variants are selected than a build may write", diagnostics)

    def _checked_project(self, moment: datetime) -> CheckedProject:
        if moment not in self._checked_projects:
            self._checked_projects[moment] = CheckedProject(
                project=self._loaded, compiled=self.compiled, moment=moment, cache=self._cache
            )
        return self._checked_projects[moment]


def _by_hundreds(progress: Progress | None, total: int) -> Callable[[], None]:
    """Return what is told of each variant that is done; to pass each of them on would take longer than they do."""
    done = 0

    def advance() -> None:
        nonlocal done
        done = min(done + 1, total)
        if progress is not None and (done == total or done % 100 == 0):
            progress(done, total)

    return advance


def _moment(at: datetime | None) -> datetime:
    """The moment in UTC; one within a day of the ends of the calendar is moved to where every clock on earth has it."""
    moment = Moment.of(datetime.now(UTC) if at is None else at)
    return EPOCH + min(max(moment.since, _FIRST), _LAST)
