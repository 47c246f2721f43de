"""`assembler build --watch`: built again whenever something in the project changes."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import cache_for, moment_of, tell_errors
from assembler.cli.options import AsOf
from assembler.cli.output import tell
from assembler.cli.text.built import built_text, changes_text
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Selection
    from assembler.authoring.incremental.build_cache import BuildCache


@dataclass(eq=False, kw_only=True)
class Builder:
    """Builds one project as often as it is told to, each time no more of it than what has changed: see `BuildCache`."""

    root: Path
    output: Path
    as_of: AsOf | None = None
    selection: Selection
    jobs: int | None = None
    _variants: dict[str, str] | None = field(default=None, init=False)

    def build(self) -> None:
        """Build the project and say what has changed; where it has errors, print them and leave the last build.

        Raises `Unusable` where a name that is selected does not exist, or the folder holds something else than a build.
        """
        from assembler.authoring.build.selection import SelectionError

        start = perf_counter()
        try:
            built = self._built()
        except ProjectError as error:
            tell_errors(error)
            tell("nothing is built; the next change is tried again")
        except (FileExistsError, SelectionError) as error:
            raise Unusable(str(error)) from None
        else:
            tell(f"{self._changes(built)} ({perf_counter() - start:.1f} s)")
        finally:
            # What is cached is large, and need not be searched for garbage during the next build.
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def _built(self) -> Built:
        from assembler.authoring import Project

        project = Project.load(self.root, cache=self._cache)
        moment = moment_of(self.as_of, project)
        project.check(moment, jobs=self.jobs)
        built = project.build(self.output, moment, selection=self.selection)
        self._cache.memo.forget_unused()
        return built

    def _changes(self, built: Built) -> str:
        """What was built for the first time, or what has changed since the last time."""
        from assembler.authoring.build.manifest import variant_fingerprints

        before, self._variants = self._variants, variant_fingerprints(built.manifest)
        if before is None:
            return built_text(built)
        return changes_text(before, self._variants)

    @cached_property
    def _cache(self) -> BuildCache:
        return cache_for(self.root)


def watch(builder: Builder) -> None:
    """Build, and build again after every change, until Ctrl-C."""
    from assembler.authoring.load.changes import changes
    from assembler.authoring.load.files import Folder

    with contextlib.suppress(KeyboardInterrupt):
        fingerprints = Folder(builder.root).fingerprints
        builder.build()
        tell("Watching for changes. Ctrl-C ends.")
        for _ in changes(builder.root):
            before, fingerprints = fingerprints, Folder(builder.root).fingerprints
            if fingerprints != before:
                builder.build()
