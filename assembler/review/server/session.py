"""A review that goes on while the project changes, and takes decisions about it as it is on disk now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Condition, Event, Lock

import msgspec

from assembler.authoring import Project
from assembler.authoring.incremental.build_cache import BuildCache
from assembler.authoring.load.changes import changes
from assembler.authoring.load.files import Folder
from assembler.errors import AssemblerError, ProjectError
from assembler.review.approvals.decision import ReviewDecision
from assembler.review.approvals.decision_files import FOLDER, decisions_fingerprint
from assembler.review.approvals.inbox import Received, receive
from assembler.review.gallery.gallery import Gallery
from assembler.review.round import ReviewRound
from assembler.review.server.revision import Revision
from assembler.runtime.library import Library


class ProjectBroken(AssemblerError):
    """The project cannot be compiled as it is on disk now."""


class Session:
    """A review of the project in a folder, for as long as it is served.

    One thread at a time has the turn: it alone compiles, reads decisions and writes them. What is then there to see
    is published whole, and everybody may look at it without waiting for a turn.
    """

    def __init__(
        self,
        folder: Path,
        *,
        moment: Callable[[Project], datetime],
        reviewer: str,
        role: str | None = None,
        tool: str,
        older: tuple[Library, datetime] | None = None,
        cache: BuildCache | None = None,
    ) -> None:
        """Compile the project. `moment` is that by which it is reviewed; what the `cache` has is not worked out again.
        Decisions that come in are those of `reviewer`, in `role` where they name none.

        Raises `ProjectError` where the project cannot be read or has errors, and as `ReviewRound.begin` does.
        """
        self._folder = folder
        self._moment = moment
        self.reviewer = reviewer
        self._role = role
        self._tool = tool
        self._older = older
        self._cache = cache or BuildCache()
        self._turn = Lock()
        self._published = Condition()
        self._project_fingerprint = _project_fingerprint(folder)
        self._decisions_fingerprint = decisions_fingerprint(folder)
        self._revision = self._compiled(1)

    @property
    def revision(self) -> Revision:
        """What there is to see now."""
        return self._revision

    def wait(self, number: int, seconds: float) -> Revision:
        """Return what there is to see once it is another revision than that of a number, or the time is over."""
        with self._published:
            self._published.wait_for(lambda: self._revision.number != number, seconds)
            return self._revision

    def refresh(self) -> None:
        """Look at the project's folder, and publish what has changed in it."""
        with self._turn:
            self._look()

    def follow(self, stop: Event | None = None, every: int = 2000) -> None:
        """Refresh whenever something in the folder may have changed, until told to stop, or `KeyboardInterrupt`.

        It is looked at after `every` so many milliseconds at the latest.
        """
        for _ in changes(self._folder, besides=[FOLDER], stop=stop, every=every):
            self.refresh()

    def receive(self, decisions: Iterable[ReviewDecision]) -> Received:
        """Write down decisions about the project as it is on disk now, and return what became of them.

        Raises `ProjectBroken` where it cannot be compiled: nothing is taken then. Raises `OSError` where a decision
        cannot be written.
        """
        with self._turn:
            self._look()
            if self._revision.problem:
                raise ProjectBroken(self._revision.problem)
            library, signed = self._revision.review.library, map(self._signed, decisions)
            try:
                return receive(library, self._folder, signed, now=datetime.now(UTC))
            finally:
                self._look()

    def _signed(self, decision: ReviewDecision) -> ReviewDecision:
        return msgspec.structs.replace(decision, reviewer=self.reviewer, role=decision.role or self._role)

    def _look(self) -> None:
        # Taken before anything is read: what changes meanwhile is seen the next time.
        project, decisions = _project_fingerprint(self._folder), decisions_fingerprint(self._folder)
        if (project, decisions) == (self._project_fingerprint, self._decisions_fingerprint):
            return
        number = self._revision.number + 1
        try:
            if project != self._project_fingerprint:
                revision = self._compiled(number)
            else:
                review = self._revision.review.reread(self._folder)
                revision = replace(self._revision, number=number, review=review)
        except (AssemblerError, OSError) as error:
            revision = replace(self._revision, number=number, problem=_problem_of(error))
            if isinstance(error, OSError):
                project = None
        self._project_fingerprint, self._decisions_fingerprint = project, decisions
        with self._published:
            self._revision = revision
            self._published.notify_all()

    def _compiled(self, number: int) -> Revision:
        project = Project.load(self._folder, cache=self._cache)
        review = ReviewRound.begin(project, self._folder, self._moment(project))
        self._cache.memo.forget_unused()
        gallery = Gallery.of(review, tool=self._tool, older=self._older)
        return Revision(number=number, compiled=number, review=review, gallery=gallery)


def _project_fingerprint(folder: Path) -> bytes | None:
    """A digest of all that a project is compiled from; None where a folder of it cannot be listed."""
    try:
        files = Folder(folder)
    except OSError:
        return None
    digest = sha256()
    for path in files.links():
        digest.update(f"{path}\0link\0".encode("utf-8", "surrogateescape"))
    for path in files.paths():
        data = b""
        # What cannot be read is for the project's findings to say.
        with suppress(OSError):
            data = files.read(path)
        digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.digest()


def _problem_of(error: Exception) -> str:
    """Why a project cannot be compiled, in a line: its first error."""
    diagnostics = error.diagnostics if isinstance(error, ProjectError) else ()
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if not errors:
        return f"The project cannot be compiled: {error}"
    first, more = errors[0], f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"The project cannot be compiled: {first.path}:{first.line}: {first.code} {first.message}{more}"
