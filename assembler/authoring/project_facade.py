"""The facade of authoring: a project that is loaded, checked and compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assembler.authoring.diagnostics import Diagnostic, Place
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.incremental.project_memory import Days, ProjectMemory
from assembler.authoring.load.files import Files, Folder, InMemory
from assembler.authoring.load.project import ReadProject, read_project
from assembler.authoring.project.library_background import LibraryBackground
from assembler.authoring.project.project import LoadedProject
from assembler.authoring.project.settings import Settings
from assembler.errors import ProjectError
from assembler.library import format as library_file
from assembler.library.validate.content import validate
from assembler.library.validate.invalid_library import InvalidLibrary
from assembler.runtime.library import Library
from assembler.runtime.moment import EPOCH, Moment

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Sample, Selection
    from assembler.authoring.check.report import Report
    from assembler.authoring.check.rule import CheckedProject
    from assembler.authoring.compile.content import Compiled
    from assembler.authoring.compile.images import Images
    from assembler.authoring.compile.jobs import Progress
    from assembler.authoring.outcomes.variants import CampaignVariants

_FIRST: Final = datetime.min.replace(tzinfo=UTC) + timedelta(days=1) - EPOCH
_TOO_MANY: Final = "D09"
"""A build would write more variants than policy.max_variants."""

_PASSING: Final = frozenset({"A01", "R10"})
"""What want of memory alone may have caused is not remembered: it need not be there the next time."""

_LAST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=1) - EPOCH


class Project:
    """A project as it was when its files were read.

    `at`, where it is asked for, is a datetime whose offset can be told, else that is a `TypeError`; omitted, it is now.
    """

    def __init__(self, read: ReadProject, cache: BuildCache) -> None:
        self._read = read
        self._cache = cache
        self._memory = ProjectMemory(cache, read.fingerprint)
        self._compiled: Compiled | None = None
        self._digest: str | None = None
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
        return cls.read(Folder(root, cache.memo), cache=cache)

    @classmethod
    def from_files(cls, files: Mapping[str, str | bytes], *, cache: BuildCache | None = None) -> Project:
        """Read a project from its files' contents by path; text, or bytes for images. `cache` and raises as `load`."""
        return cls.read(InMemory(files), cache=cache or BuildCache())

    @classmethod
    def read(cls, files: Files, *, cache: BuildCache) -> Project:
        """Read a project from wherever its files come from. Raises as `load` does."""
        return cls(read_project(files, cache.memo), cache)

    @property
    def settings(self) -> Settings:
        """What assembler.yaml says."""
        return self._read.settings

    @property
    def loaded(self) -> LoadedProject:
        """The nouns of the project, each with its place."""
        return self._read.loaded

    @property
    def compiled(self) -> Compiled:
        """What compiling gives, whether or not there are errors."""
        return self.render()

    def render(self, *, jobs: int | None = 1, progress: Progress | None = None) -> Compiled:
        """Compile the project, whether or not there are errors, in at most `jobs` processes, as far as there is enough
        work (None: one for each processor). `progress` is told how many documents are done."""
        from assembler.authoring.compile.content import compile_project

        if self._compiled is None:
            self._compiled = compile_project(self.loaded, self._cache, jobs, progress)
        return self._compiled

    @property
    def images(self) -> Images:
        """The images that the library shows. Nothing is compiled for them where they are remembered."""
        from assembler.authoring.compile.images import images_of

        pictures = self.background.pictures
        if self._compiled is not None:
            return self._compiled.images
        return images_of(self._read.files.assets, self.settings.assets, self._cache, pictures)

    @cached_property
    def background(self) -> LibraryBackground:
        """What the library leaves out. Nothing is loaded or compiled for that where it is remembered."""
        from assembler.authoring.check.inheritance import component_facts

        remembered = None if self._compiled is not None else self._memory.background(LibraryBackground)
        return remembered or LibraryBackground(
            pictures=self.compiled.images.used, components=component_facts(self.loaded)
        )

    def check(self, at: datetime | None = None, *, jobs: int | None = 1, progress: Progress | None = None) -> Report:
        """Return every finding of every rule at a moment. `jobs` and `progress` as for `render`."""
        from assembler.authoring.check.report import ReportOnDisk

        moment = _moment(at)
        if moment not in self._reports:
            stored = self._memory.report(self._days(moment), ReportOnDisk)
            self._reports[moment] = stored.whole() if stored else self._judged(moment, jobs, progress)
        return self._reports[moment]

    def known_errors(self, at: datetime | None = None) -> int | None:
        """Return how many errors `check` found in the project as it is; None where nobody has checked it so."""
        return self._memory.errors(self._days(_moment(at)))

    def _judged(self, moment: datetime, jobs: int | None, progress: Progress | None) -> Report:
        from assembler.authoring.check.report import ReportOnDisk
        from assembler.authoring.check.run import check

        self.render(jobs=jobs, progress=progress)
        report = check(self._checked_project(moment), jobs)
        if _PASSING.isdisjoint(diagnostic.code for diagnostic in report.diagnostics):
            self._memory.keep_report(self._days(moment), ReportOnDisk.of(report))
            if not report.errors:
                self._keep_library()  # for whoever only asks next, and judges nothing
        return report

    def _days(self, moment: datetime) -> Days:
        return moment.astimezone(self.settings.zone).date(), Moment.of(moment).day

    def compile(self, at: datetime | None = None, *, all_variants: bool = True) -> Library:
        """Return the library of this project. Raises `ProjectError`, holding every diagnostic, where there are errors.

        That all variants are too many to be written (D09) is none for who does not want `all_variants`.
        """
        report = self.check(at)
        _refuse(report, [error for error in report.errors if all_variants or error.code != _TOO_MANY])
        return self._library

    def compile_unchecked(self, at: datetime | None = None) -> Library:
        """Return the library of this project, whatever rules have against it.

        Raises `ProjectError`, holding every diagnostic, where it cannot be compiled: where loading or compiling finds
        an error, or what they give is nothing that a library may hold.
        """
        if self._remembered_library is None and not self._can_be_compiled:
            report = self.check(at)
            codes = {*self.loaded.findings.codes(), *self.compiled.findings.codes()}
            _refuse(report, [error for error in report.errors if error.code in codes])
            if not self._is_valid:
                _refuse(report, report.errors)
        return self._library

    @property
    def _can_be_compiled(self) -> bool:
        """Whether loading and compiling find nothing, and give what a library may hold."""
        codes = [*self.loaded.findings.codes(), *self.compiled.findings.codes()]
        return not codes and self._is_valid

    @cached_property
    def _is_valid(self) -> bool:
        try:
            validate(self.compiled.content, self.compiled.texts)
        except InvalidLibrary:
            return False
        return True

    @cached_property
    def _remembered_library(self) -> Library | None:
        archive = None if self._compiled is not None else self._memory.library()
        return None if archive is None else Library(archive.content, archive.texts, digest=archive.digest)

    @cached_property
    def _library(self) -> Library:
        if self._remembered_library is not None:
            return self._remembered_library
        digest = self._keep_library()
        return Library(self.compiled.content, self.compiled.texts, digest=digest)

    def _keep_library(self) -> str:
        """Remember the library, unless that was done, and return its digest."""
        if self._digest is None:
            data = library_file.encode(self.compiled.content, self.compiled.texts)
            self._memory.keep_library(data)
            self._memory.keep_background(self.background)
            self._digest = library_file.digest(data)
        return self._digest

    def variants(self, at: datetime | None = None, selection: Selection | None = None) -> tuple[CampaignVariants, ...]:
        """Return how many variants of each campaign are selected: of everything, if omitted.

        Raises `ProjectError` where there are errors, but not because of how many they are; and `SelectionError` where a
        name that is selected does not exist.
        """
        library = self.compile(at, all_variants=False)
        if selection is None or not selection.names:
            return self.check(at).variants
        selection.check(library.content)
        return selection.counts(library, _moment(at))

    def has_too_many(self, at: datetime | None = None) -> bool:
        """Return whether there are more variants than a build may write, or than can be counted."""
        return any(error.code == _TOO_MANY for error in self.check(at).errors)

    def build(
        self,
        output: str | Path,
        at: datetime | None = None,
        progress: Progress | None = None,
        selection: Selection | None = None,
        sample: Sample | None = None,
    ) -> Built:
        """Write the library, the images, the manifest, and every variant that is selected (of a `sample`, those that it
        names), to a folder, in one step.

        Raises as `compile` does, also where the variants that are selected are too many; `FileExistsError` where the
        folder holds something else than a build, or a whole one while a part is written; `SelectionError` where a name
        that is selected does not exist.
        """
        from assembler.authoring.build.output import write_build
        from assembler.authoring.build.selection import EVERYTHING, BuildPart

        moment = _moment(at).astimezone(self.settings.zone)
        wanted = selection or EVERYTHING
        part = BuildPart(wanted, sample)
        library = self.compile(moment, all_variants=part.whole)
        counts = self.variants(moment, wanted)
        if sample is None:
            self._refuse_too_many(counts, moment)
        total = sum(campaign.variants for campaign in counts) if sample is None else sample.count
        images = self.images.delivered()
        return write_build(library, images, Path(output), moment, _by_hundreds(progress, total), part)

    def _refuse_too_many(self, counts: Sequence[CampaignVariants], moment: datetime) -> None:
        from assembler.authoring.check.rules.too_many_variants import too_many_variants
        from assembler.authoring.check.run import diagnose
        from assembler.authoring.check.variants import too_many

        findings = list(too_many(counts, self.loaded))
        if findings:
            checked = self._checked_project(moment)
            diagnostics = [diagnose(too_many_variants, finding, checked) for finding in findings]
            raise ProjectError("more variants are selected than a build may write", diagnostics)

    def _checked_project(self, moment: datetime) -> CheckedProject:
        from assembler.authoring.check.rule import CheckedProject

        if moment not in self._checked_projects:
            self._checked_projects[moment] = CheckedProject(
                project=self.loaded, compiled=self.compiled, moment=moment, cache=self._cache
            )
        return self._checked_projects[moment]


def _refuse(report: Report, errors: Sequence[Diagnostic]) -> None:
    """Raise `ProjectError`, which holds the whole report, where there are errors."""
    if errors:
        count = len(errors)
        raise ProjectError(f"the project has {count} error{'s' if count > 1 else ''}", report.diagnostics)


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
