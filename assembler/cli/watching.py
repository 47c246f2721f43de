"""`assembler build --watch`: built again whenever something in the project changes."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from assembler.cli.exit_codes import Unusable
from assembler.cli.opening import cache_for, moment_of, tell_errors
from assembler.cli.options import AsOf
from assembler.cli.output import tell
from assembler.errors import ProjectError

if TYPE_CHECKING:
    from assembler.authoring.build.output import Built
    from assembler.authoring.build.selection import Selection
    from assembler.authoring.incremental.build_cache import BuildCache

__all__ = ["Builder", "watch"]


@dataclass(eq=False, kw_only=True)
class Builder:
    """Builds one project as often as it is told to, each time no more of it than what has changed: see `BuildCache`.

    `said` puts the first build into words.
    """

    root: Path
    output: Path
    said: Callable[[Built], str]
    as_of: AsOf | None = None
    selection: Selection
    jobs: int | None = None
    _variants: dict[str, str] | None = field(default=None, init=False)

    def build(self) -> None:
        """Build the project and say what has changed; where it has errors, print them and leave the last build."""
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
        self._cache.memo.forget()
        return built

    def _changes(self, built: Built) -> str:
        from assembler.authoring.build.manifest import variant_fingerprints

        before, self._variants = self._variants, variant_fingerprints(built.manifest)
        if before is None:
            return self.said(built)
        changed = sum(before.get(key) != fingerprint for key, fingerprint in self._variants.items())
        gone = len(before.keys() - self._variants.keys())
        return f"{changed} of {len(self._variants)} variants changed" + (f", {gone} are gone" if gone else "")

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
